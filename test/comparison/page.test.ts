import { readFileSync } from 'node:fs';
import { inRepository } from '../config/files.ts';

const { pageWith, partOf, readmeWith } = await import(inRepository('scripts/comparison/page.mjs'));

const looper = (cpu: number, startMs: number) => ({
  loads: [{ loops: 16, processes: 1, cpu, startMs, memoryMb: 100 }],
  ...{ errors: [0, -2], steps: [1, 1.1], byHand: [-402], fadeFrames: 64 },
});

const report = {
  ...{ machine: 'a machine', loadBefore: 0.25, date: '2026-11-26T12:00:00Z', node: '20.20.2' },
  ...{ hindsight: '0.1.0', sooperLooper: '1.7.8', jack: '1.9.21', period: 256, loops: [16] },
  ...{ isRealTime: true, hasSequencer: false },
  pairs: [
    { hindsight: looper(10, 600), sooperLooper: looper(5, 300) },
    { hindsight: looper(6, 600), sooperLooper: looper(12, 200) },
    { hindsight: looper(9, 600), sooperLooper: looper(6, 100) },
  ],
};

const part: string = partOf('here', report, { command: './scripts/compare', seconds: 300 });

test('a part tells machine, date, versions and command', () => {
  for (const words of [
    'a machine; load 0.3',
    '2026-11-26',
    'SooperLooper 1.7.8',
    '| `./scripts/compare`, 300 s |',
    '    ./scripts/compare\n',
  ])
    expect(part).toContain(words);
});

test('a ratio is the median of those of the pairs, with the least and the greatest; who has less is told where all pairs agree', () => {
  expect(part).toMatch(/^\| processor, 16 loops \| 9 \| 6 \| % of a core \| 1\.5 \(0\.5 to 2\) \| neither \|/m);
});

test('who has less is told, whoever it is', () => {
  expect(part).toMatch(/^\| start, 16 loops \| 600 \| 200 \| ms \| 3 \(2 to 6\) \| SooperLooper \|/m);
  expect(part).toMatch(/^\| length \| 2 \| 2 \| frames \| {2}\| equal \|/m);
});

test('stomps are those of all pairs, and those that were not counted are told by why', () => {
  const stomping = (times: readonly number[], gapped: number, silent: number) => ({
    ...looper(5, 100),
    stomps: { times, gapped, silent },
  });
  const pairs = [
    { hindsight: stomping([90, 100], 1, 0), sooperLooper: stomping([40], 0, 2) },
    { hindsight: stomping([110], 2, 0), sooperLooper: stomping([42, 44], 0, 1) },
  ];
  const emulated = partOf('emulated', { ...report, hasSequencer: true, pairs }, { command: 'it', seconds: 1 });
  expect(emulated).toContain(
    "| stomp, median | 100 | 42 | ms | 2.38 | SooperLooper | from a note into the sequencer to sound at the output, 3 and 3 stomps; 3 and 0 more came into a gap of JACK's, 0 and 3 to nothing |",
  );
  expect(emulated).toContain('| stomp, most | 110 | 44 | ms | 2.5 | SooperLooper |');
});

const page = 'figures\n\n## Beside other loopers\n\nNone yet.\n';

test('a part takes the place of what was said before any was measured, and of its own forerunner', () => {
  const once = pageWith(page, '### One\n\nfirst\n');
  expect(once).toBe('figures\n\n## Beside other loopers\n\n### One\n\nfirst\n');
  const both = pageWith(once, '### Two\n\nsecond\n');
  expect(pageWith(both, '### One\n\nthird\n')).toBe(
    'figures\n\n## Beside other loopers\n\n### One\n\nthird\n\n### Two\n\nsecond\n',
  );
});

test('a page without the heading is refused, saying what to do', () => {
  expect(() => pageWith('figures\n', part)).toThrow('put the heading back');
  expect(() => readmeWith('nothing\n', report)).toThrow('put them back');
});

test('the README has a place for its sentence', () => {
  const readme = readmeWith(readFileSync(inRepository('README.md'), 'utf8'), report, './scripts/compare --pairs 3');
  expect(readme).toContain('16 stereo loops under JACK on the same machine: 9 % of a core against 6 %');
  expect(readme).toContain('(`./scripts/compare --pairs 3`)');
});

test('the sentence is about as many loops as one engine of SooperLooper takes, else about the fewest', () => {
  const readme = readFileSync(inRepository('README.md'), 'utf8');
  const loads = (processes: readonly number[]) =>
    processes.map((count, index) => ({ ...looper(5, 100).loads[0], processes: count, loops: [15, 16][index] }));
  const withEngines = (processes: readonly number[]) => {
    const one = { ...looper(5, 100), loads: loads(processes) };
    return readmeWith(readme, { ...report, loops: [15, 16], pairs: [{ hindsight: one, sooperLooper: one }] }, 'it');
  };
  expect(withEngines([1, 2])).toContain(', 15 stereo loops');
  expect(withEngines([1, 1])).toContain(', 16 stereo loops');
  expect(withEngines([2, 3])).toContain(', 15 stereo loops');
});

test('each part of the page as it is has its command', () => {
  const [, others = ''] = readFileSync(inRepository('docs/benchmarks.md'), 'utf8').split('## Beside other loopers\n');
  for (const text of others.split(/^(?=### )/m).slice(1)) expect(text).toMatch(/^### .+\n\n {4}\.\/scripts\/compare/);
});
