import type { Report } from '../../src/bench/report.ts';
import { benchText, valueText } from '../../src/cli/bench-text.ts';

test.each([
  [0, '0'],
  [12345.6, '12346'],
  [100, '100'],
  [99.94, '99.9'],
  [1.5, '1.50'],
  [0.01234, '0.0123'],
  [0.00123, '0.0012'],
  [-40.06, '-40.1'],
])('%p is written %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

const report: Report = {
  ...{ version: '1.2.3', node: '20.19.0', machine: 'a box x 4', load: 0.25, date: '2026-11-26T10:00:00.000Z' },
  ...{ quick: false, seconds: 12.3 },
  measurements: [
    {
      ...{ name: 'start', seconds: 5, state: 'measured', title: 'start to READY', how: 'from cold' },
      figures: [
        {
          ...{ name: 'ready', means: 'wall clock', unit: 'ms' },
          ...{ median: 700, least: 650.4, p99: 720, most: 720, repetitions: 5 },
        },
        { name: 'b', means: 'bytes', unit: 'MB', median: 1, least: 0.5, p99: 2, most: 2, repetitions: 12 },
      ],
    },
    { name: 'sets', seconds: 1, state: 'skipped', reason: '5 MB are free' },
    { name: 'seam', seconds: 1, state: 'failed', reason: 'it broke' },
  ],
};

test('a report tells the machine, then each measurement with its figures under each other, how, and what was not measured', () => {
  expect(benchText(report).split('\n')).toEqual([
    'hindsight 1.2.3, node 20.19.0, 2026-11-26; a box x 4; load 0.3 before',
    '',
    'start  median  least   p99  most      of',
    'ready     700    650   720   720  ms   5',
    'b        1.00  0.500  2.00  2.00  MB  12',
    '  start to READY: from cold.',
    '',
    'sets: skipped: 5 MB are free',
    '',
    'seam: failed: it broke',
    '',
    '12 s. What each figure means: --json, docs/benchmarks.md',
    '',
  ]);
});

test('the short form says so', () => {
  expect(benchText({ ...report, quick: true })).toMatch(/^hindsight 1\.2\.3, node 20\.19\.0, 2026-11-26, quick; /);
});

test('no line is wider than a terminal of 100 columns', () => {
  const how = 'as it is done everywhere, with patience and a clock, '.repeat(9).trim();
  const [first] = report.measurements;
  if (first?.state !== 'measured') throw new Error('the first is measured');
  const text = benchText({ ...report, measurements: [{ ...first, how }] });
  expect(text).toContain('\n  start to READY: as it');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
