import type { Outcome } from '../../src/bench/measurement.ts';
import type { Report } from '../../src/bench/report.ts';
import { summaryOf } from '../../src/bench/summary.ts';
import { judge } from './judge.ts';
import { type Limit, limits } from './limits.ts';

const reportOf = (measurements: readonly Outcome[]): Report => ({
  ...{ version: '0', node: '0', machine: 'a box', load: 0, date: '2026-11-26T10:00:00.000Z', quick: true, seconds: 1 },
  measurements,
});

const measured = (name: string, figure: string, values: readonly number[]): Outcome => ({
  ...{ name, seconds: 1, state: 'measured', title: name, how: 'by hand' },
  figures: [{ name: figure, means: figure, unit: 'x', ...summaryOf(values) }],
});

const limit: Limit = { measurement: 'loops', figure: 'cost', of: 'median', least: 1, most: 3 };

test.each([
  [[1], []],
  [[3, 0, 9], []],
  [[4], ['loops, cost: median 4 x; allowed is 1 to 3 (test/bench/limits.ts)']],
  [[0.5, 0.5, 2], ['loops, cost: median 0.5 x; allowed is 1 to 3 (test/bench/limits.ts)']],
])('values %j', (values, complaints) => {
  expect(judge(reportOf([measured('loops', 'cost', values)]), [limit])).toEqual(complaints);
});

test.each<readonly [string, readonly Outcome[], string]>([
  ['that was not made', [], 'loops: was not measured'],
  ['that failed', [{ name: 'loops', seconds: 1, state: 'failed', reason: 'it broke' }], 'loops: failed: it broke'],
  ['that was skipped', [{ name: 'loops', seconds: 1, state: 'skipped', reason: 'no room' }], 'loops: skipped: no room'],
  ['without the figure', [measured('loops', 'price', [1])], 'loops: has no figure "cost"'],
])('a measurement %s', (_, measurements, complaint) => {
  expect(judge(reportOf(measurements), [limit])).toEqual([complaint]);
});

test.each(limits)('the limit of $measurement, $figure lets through what is at it, and nothing beyond', (one) => {
  const judged = (value: number) => judge(reportOf([measured(one.measurement, one.figure, [value])]), [one]);
  expect(judged(one.most)).toEqual([]);
  expect(judged(one.most * 1.01 + 0.001)).toHaveLength(1);
  if (one.least === undefined) return;
  expect(judged(one.least)).toEqual([]);
  expect(judged(one.least * 0.99)).toHaveLength(1);
});
