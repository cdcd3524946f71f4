// What a report is in words and tables: parts of docs/benchmarks.md and of README.md. Nothing here reads or writes.
import { median, spread } from './sound.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const rounded = (value) => `${Number(value.toPrecision(3))}`;

const sum = (values) => values.reduce((all, value) => all + value, 0);

const isPlural = (count) => (count === 1 ? '' : 's');

const about = ({ machine, loadBefore, date }, versions, { command, seconds }) =>
  table(
    ['', ''],
    [
      ['machine', `${machine}; load ${loadBefore.toFixed(1)} in the minute before`],
      ['date', date.slice(0, 10)],
      ['versions', versions],
      ['command', `\`${command}\`, ${seconds} s`],
    ],
  );

const names = ['hindsight', 'sooperLooper'];

/** Of each looper one figure a pair. */
const figuresOf = (pairs, pick) => names.map((name) => pairs.map((pair) => pick(pair[name])));

/** Who has less of it. */
const ahead = ([ours, theirs]) => {
  if (ours === theirs) return 'equal';
  return ours < theirs ? 'Hindsight' : 'SooperLooper';
};

/** Who has less by the ratios of all pairs; neither where they disagree. */
const aheadBy = ({ least, most }) => {
  if (most < 1) return 'Hindsight';
  return least > 1 ? 'SooperLooper' : 'neither';
};

/** A figure of which each pair has one ratio. */
const ratioRow = (pairs, name, unit, pick, means) => {
  const [ours, theirs] = figuresOf(pairs, pick);
  const ratios = spread(ours.map((value, index) => value / theirs[index]));
  const [mine, other] = [median(ours), median(theirs)];
  const range = pairs.length > 1 ? ` (${rounded(ratios.least)} to ${rounded(ratios.most)})` : '';
  return [name, rounded(mine), rounded(other), unit, `${rounded(ratios.median)}${range}`, aheadBy(ratios), means];
};

/** A figure that is the worst of all that were taken, which is no matter of ratios. */
const worstRow = (pairs, name, unit, pick, means) => {
  const worst = figuresOf(pairs, pick).map((lists) => Math.max(...lists.flat()));
  return [name, ...worst.map(rounded), unit, '', ahead(worst), means];
};

/** Blocks that were dropped cost nothing. */
const xrunsText = (pairs, index) => {
  const [ours, theirs] = figuresOf(pairs, ({ loads }) => loads[index].xruns ?? 0).map(sum);
  return ours + theirs === 0 ? '' : `; xruns meanwhile: ${ours} and ${theirs}`;
};

const errorsOf = ({ errors }) => errors.map(Math.abs);

const lateRows = (pairs) => {
  const late = figuresOf(pairs, ({ stomps }) => stomps.times).map((lists) => spread(lists.flat()));
  const rowOf = (name, key, means) => {
    const [ours, theirs] = late.map((figures) => figures[key]);
    return [name, rounded(ours), rounded(theirs), 'ms', rounded(ours / theirs), ahead([ours, theirs]), means];
  };
  const counts = late.map(({ count }) => count).join(' and ');
  const countsOf = (key) =>
    figuresOf(pairs, ({ stomps }) => stomps[key])
      .map(sum)
      .join(' and ');
  return [
    rowOf(
      'stomp, median',
      'median',
      `from a note into the sequencer to sound at the output, ${counts} stomps; ${countsOf('gapped')} more came into a gap of JACK's, ${countsOf('silent')} to nothing`,
    ),
    rowOf('stomp, p99', 'p99', ''),
    rowOf('stomp, most', 'most', ''),
  ];
};

const rowsOf = ({ pairs, loops }) => {
  const kinds = [
    [
      ...['processor', '% of a core', ({ cpu }) => cpu],
      (index) => `the process with all its threads over 10 s, sound coming in all the time${xrunsText(pairs, index)}`,
    ],
    [
      ...['memory', 'MB', ({ memoryMb }) => memoryMb],
      () => 'what of it is in RAM, with all loops, without what JACK shares with its clients',
    ],
    ['start', 'ms', ({ startMs }) => startMs, () => 'until it answers and its ports are in JACK'],
  ];
  const passes = figuresOf(pairs, ({ errors }) => errors.length).flat();
  const seams = figuresOf(pairs, ({ steps }) => steps.length).flat();
  const least = (counts) => Math.min(...counts) * pairs.length;
  return [
    ...kinds.flatMap(([name, unit, pick, means]) =>
      loops.map((count, index) =>
        ratioRow(pairs, `${name}, ${count} loops`, unit, ({ loads }) => pick(loads[index]), means(index)),
      ),
    ),
    worstRow(
      pairs,
      'length',
      'frames',
      errorsOf,
      `the worst distance of a pass from a bar of 96000 frames, of at least ${least(passes)} passes`,
    ),
    worstRow(
      pairs,
      'seam',
      'x',
      ({ steps }) => steps,
      `the largest step of a wrap against that of the tone, of ${least(seams)} tones that do not fit`,
    ),
    ...(pairs.every(({ hindsight }) => hindsight.stomps) ? lateRows(pairs) : []),
  ];
};

const byHandText = (pairs) => {
  const worst = Math.max(...pairs.flatMap(({ sooperLooper }) => sooperLooper.byHand.map(Math.abs)));
  return `Two hits by the clock, a bar apart and without its sync, make a loop of SooperLooper's that is as long as the hits are apart: up to ${rounded(worst)} frames off a bar here, which is what a foot would do, not its fault; "length" is of its sync.`;
};

const enginesText = (loads) =>
  `An engine of SooperLooper's takes commands for its first 15 loops only: ${loads.map(({ loops, processes }) => `${loops} loops are ${processes}`).join(', ')}, whose processor time and memory are added up.`;

const stompText = `"stomp" is a note on a raw MIDI port that the kernel hands to the sequencer, against JACK's frame in which the output first sounds; both are asked for what they do at once: Hindsight captures the last bar, SooperLooper lets a loop be heard that was mute, which is less work. Two blocks of Hindsight's time are those that it writes ahead (audio.queueBlocks); it goes to JACK through PortAudio.`;

const title = {
  here: 'SooperLooper, on this machine',
  emulated: 'SooperLooper, in the test machine',
  seed: 'The mixing callback of the seed',
};

const noCard = `No sound card: JACK's dummy driver is a timer. Captures and passes in which it told of an xrun, or its frames had a gap, do not count under "length" and "seam".`;
const emulated = `Emulated: its one processor does 1 instruction a nanosecond, whatever it is, so that "processor" is a count of instructions and the same on a busy host; milliseconds are those of that processor, not of any that is sold.`;

const loopersText = (where, report, run) => {
  const { period, pairs, isRealTime, hasSequencer } = report;
  const [{ sooperLooper }] = pairs;
  const versions = `hindsight ${report.hindsight}, node ${report.node}; SooperLooper ${report.sooperLooper} of Debian 12, its engine alone; jackd ${report.jack}`;
  const how = [
    `How: both are clients of one JACK at 48 kHz in blocks of ${period} frames, ${isRealTime ? 'in real time' : 'without real time'}, synchronous, one after the other and started anew for each line; ${pairs.length} pair${isPlural(pairs.length)}, whose order alternates.`,
    'A third client (scripts/comparison/probe.c) plays a bar of stereo noise at 120 BPM into each and hears whether all loops sound. SooperLooper has 10 s of memory a loop and its common inputs and outputs, Hindsight a tape of 10 s and a front end that is connected.',
    `Loops of both are cut by their own tempo: SooperLooper by its internal sync, quantized to a cycle. Its crossfade is as shipped, ${sooperLooper.fadeFrames} frames; that of Hindsight 1200.`,
    noCard,
    ...(where === 'emulated' ? [emulated] : []),
    ...(hasSequencer
      ? [stompText]
      : [
          'There is no sequencer here, without which SooperLooper aborts: it got one in which nothing happens (scripts/comparison/shim.c), which its audio thread has no part in.',
        ]),
    ...(sooperLooper.loads.some(({ processes }) => processes > 1) ? [enginesText(sooperLooper.loads)] : []),
    byHandText(pairs),
  ].join(' ');
  const head = ['figure', 'Hindsight', 'SooperLooper', 'unit', 'ratio', 'less has', 'what it means'];
  return `${about(report, versions, run)}\n\n${how}\n\n${table(head, rowsOf(report))}\n\n"ratio" is Hindsight's figure by SooperLooper's: the median of the pairs${pairs.length > 1 ? ', the least and the greatest' : ''}. Less is better in each line.\n`;
};

const seedText = (report, run) => {
  const { pairs, frames, tracks, hasSoundDevice } = report;
  const all = ['hindsight', 'seed'].map((name) => pairs.map((pair) => pair[name]));
  const rowOf = (name, key) => {
    const [ours, theirs] = all.map((figures) => figures.map((figure) => figure[key]));
    const ratio = median(ours.map((value, index) => value / theirs[index]));
    return [name, rounded(median(ours)), rounded(median(theirs)), 'us', rounded(ratio)];
  };
  const how = [
    `How: the callback of backlooper_backend by itself, called by hand with ${tracks} tracks that all sound (it ships with fewer: its constant is set), and beside it the engine's block with ${tracks} loops of \`hindsight bench --only blocks --quick\`; ${frames} frames, 48 kHz, stereo, click; ${pairs.length} pair${isPlural(pairs.length)}, whose order alternates, each of ${pairs[0].seed.count} calls and ${pairs[0].hindsight.count} blocks.`,
    hasSoundDevice
      ? ''
      : 'Its binding to PortAudio is not installed, and stood in for by nothing: the callback does not use it.',
  ]
    .join(' ')
    .trim();
  const versions = `hindsight's engine, node ${report.node}; backlooper_backend ${report.seed ?? 'without a mark of its version'}, python ${report.python}`;
  const rows = [rowOf('a block, median', 'median'), rowOf('a block, p99', 'p99')];
  return `${about(report, versions, run)}\n\n${how}\n\n${table(['figure', 'Hindsight', 'backlooper', 'unit', 'ratio'], rows)}\n\nOf ${rounded((frames / 48_000) * 1e6)} us that a block has.\n`;
};

/** The part of the page about one run, which took some seconds; `where` is `here`, `emulated` or `seed`. */
export const partOf = (where, report, run) =>
  `### ${title[where]}\n\n    ${run.command}\n\n${where === 'seed' ? seedText(report, run) : loopersText(where, report, run)}`;

const othersHead = '## Beside other loopers\n';

/** The page with a part put in the place of what it had of that title, or behind all others. */
export const pageWith = (page, part) => {
  const at = page.indexOf(othersHead);
  if (at < 0) throw new Error(`docs/benchmarks.md: "${othersHead.trim()}" is not there; put the heading back`);
  const headOf = (text) => text.slice(0, text.indexOf('\n'));
  const parts = page
    .slice(at + othersHead.length)
    .split(/^(?=### )/m)
    .filter((text) => text.startsWith('### '));
  const known = parts.findIndex((text) => headOf(text) === headOf(part));
  const next = known < 0 ? [...parts, part] : parts.with(known, part);
  return `${page.slice(0, at)}${othersHead}\n${next.map((text) => text.trim()).join('\n\n')}\n`;
};

const [begin, end] = ['<!-- beside others: ./scripts/compare -->\n', '<!-- end of beside others -->\n'];

/** The README with a sentence of the figures of this machine, and the command of it. */
export const readmeWith = (readme, report, command) => {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`README.md: the lines ${begin.trim()} and ${end.trim()} are not there; put them back`);
  // As many as one engine of SooperLooper's takes: more engines cost it more.
  const index = Math.max(
    0,
    report.pairs[0].sooperLooper.loads.findLastIndex(({ processes }) => processes === 1),
  );
  const [ours, theirs] = figuresOf(report.pairs, ({ loads }) => loads[index]).map((loads) => ({
    cpu: rounded(median(loads.map(({ cpu }) => cpu))),
    memory: rounded(median(loads.map(({ memoryMb }) => memoryMb))),
  }));
  const text = `Beside SooperLooper ${report.sooperLooper}, ${report.loops[index]} stereo loops under JACK on the same machine: ${ours.cpu} % of a core against ${theirs.cpu} %, ${ours.memory} MB against ${theirs.memory} MB (\`${command}\`); [who is ahead in what](docs/benchmarks.md#beside-other-loopers).\n`;
  return `${readme.slice(0, from)}${begin}${text}${readme.slice(to)}`;
};
