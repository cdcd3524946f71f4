// benchmarks-page.mjs REPORT.json ROOT: writes docs/benchmarks.md, and the short table of README.md, from a report of `hindsight bench --json`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../dist/bench/catalogue.js';
import { valueText } from '../../dist/cli/bench-text.js';

const [, , reportFile, root] = process.argv;
const page = join(root, 'docs/benchmarks.md');
const readme = join(root, 'README.md');

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

const isWhole = ({ measurements }) =>
  [...catalogue.keys()].every((name) =>
    measurements.some((one) => one.name === name && (one.state !== 'measured' || Array.isArray(one.figures))),
  );

const reportOf = (file) => {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    if (isWhole(report)) return report;
  } catch {
    // Said below.
  }
  return fail(
    `${file}: no report of \`hindsight bench --json\` with all its measurements; make one with: node dist/main.js bench --json >REPORT.json`,
  );
};

const report = reportOf(reportFile);

/** Written by hand or by other scripts: it stays. */
const othersHead = '## Beside other loopers\n';
const noOthers = `${othersHead}\nNone has been measured beside this one yet. What is not measured on the same machine, in the same run, with a command that anyone can repeat, has no place here.\n`;
/** Between these lines the README's table is written anew. */
const [begin, end] = ['<!-- figures: ./scripts/benchmarks -->\n', '<!-- end of figures -->\n'];

const commandOf = (name) => `hindsight bench --only ${name}`;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const figureRow = ({ name, median, least, p99, most, unit, repetitions, means }) => [
  ...[name, ...[median, least, p99, most].map(valueText), unit, repetitions, means],
];

const section = (outcome) => {
  const { name, state, title, how, figures, reason } = outcome;
  if (state !== 'measured') return `## ${name}\n\n    ${commandOf(name)}\n\n${state}: ${reason}\n`;
  const head = ['figure', 'median', 'least', 'p99', 'most', 'unit', 'of', 'what it means'];
  const text = `${title[0].toUpperCase()}${title.slice(1)}`;
  return `## ${text}\n\n    ${commandOf(name)}\n\nHow: ${how}.\n\n${table(head, figures.map(figureRow))}\n`;
};

const kept = () => {
  try {
    const text = readFileSync(page, 'utf8');
    const at = text.indexOf(othersHead);
    return at < 0 ? noOthers : text.slice(at);
  } catch {
    return noOthers;
  }
};

const { version, node, machine, load, date, seconds, quick } = report;
const on = `${machine}; load ${load.toFixed(1)} in the minute before`;
const all = quick ? 'hindsight bench --quick' : 'hindsight bench';

const text = `# Figures that anyone can check

    ${all}                   # all of it, within two minutes, on any machine
    hindsight bench --help            # some of it, as JSON, on another disk
    ./scripts/benchmarks              # in the sources: measures, and writes this page

From the sources \`hindsight\` is \`node dist/main.js\`. All figures of this page but those of other loopers come from one run:

${table(
  ['', ''],
  [
    ['machine', on],
    ['date', date.slice(0, 10)],
    ['versions', `hindsight ${version}, node ${node}`],
    ['command', `\`${all}\`, ${seconds.toFixed(0)} s`],
  ],
)}

**What they are not.** No sound card, no controller and no network takes part: the device is simulated, or there is none and the engine is driven as fast as it goes. A figure says what this program costs on this machine, not what is heard at the end of a cable;
\`hindsight calibrate\` measures that, and \`hindsight status\` tells how a show went. Times by the wall clock have in them what else the machine did: a load of 1 and more says that other programs ran beside it. \`least\`, \`p99\` and \`most\` are of as many repetitions as stand under \`of\`; of few, \`p99\` is the greatest.

CI runs the short form (\`--quick\`) and judges ratios and counts only: [test/bench/limits.ts](../test/bench/limits.ts).

${report.measurements.map(section).join('\n')}
${kept()}`;

const figureOf = (measurement, figure) =>
  report.measurements.find(({ name }) => name === measurement)?.figures?.find(({ name }) => name === figure);
const toldOf = (measurement, figure, tell) => {
  const found = figureOf(measurement, figure);
  return found === undefined ? 'not measured' : tell(found);
};
const median = ({ median: value, unit }) => `${valueText(value)} ${unit}`;
const late = ({ median: value, p99, most, unit }) =>
  `${valueText(value)}, p99 ${valueText(p99)}, at most ${valueText(most)} ${unit}`;

const short = [
  [
    'loops with which the longest block of 256 frames, undisturbed, takes half of its time; 1024 is where the search ends',
    ...['capacity', 'loops at 256', median],
  ],
  ['a loop in a block of 256 frames, 64 loops playing', 'blocks', 'loop 64x256', median],
  [
    '256 loops are made faster than they sound, on one core',
    ...[
      'blocks',
      'speed 256x256',
      ({ median: value, least, most }) => `${valueText(value)} times, ${valueText(least)} to ${valueText(most)}`,
    ],
  ],
  [
    'a pass against its beat, the worst of 10,000',
    'alignment',
    'error',
    ({ most, unit }) => `${valueText(most)} ${unit}`,
  ],
  ['from the foot to the bytes of its lamp', 'stomp-idle', 'to lamp', late],
  ['the same with all cores busy', 'stomp-busy', 'to lamp', late],
  ['start to READY', 'start', 'ready', median],
  ['memory at rest, with a tape of 10 s', 'memory', 'at rest', median],
  ['a set of 500 MB is saved', 'sets', 'save', median],
];
const shortTable = `${table(
  ['what', 'figure', 'command'],
  short.map(([what, measurement, figure, tell]) => [
    ...[what, toldOf(measurement, figure, tell), `\`${commandOf(measurement)}\``],
  ]),
)}

On ${on}; ${date.slice(0, 10)}, simulated device. A load of 1 and more says that other programs ran beside it.
`;

const readmeText = readFileSync(readme, 'utf8');
const [from, to] = [readmeText.indexOf(begin), readmeText.indexOf(end)];
if (from < 0 || to < from) fail(`${readme}: the lines ${begin.trim()} and ${end.trim()} are not there; put them back`);
writeFileSync(page, text);
writeFileSync(readme, `${readmeText.slice(0, from)}${begin}${shortTable}${readmeText.slice(to)}`);
