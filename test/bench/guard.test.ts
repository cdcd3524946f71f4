import type { Report } from '../../src/bench/report.ts';
import { scratchOfFile } from '../integration/looper.ts';
import { hindsight } from '../integration/program.ts';
import { judge } from './judge.ts';
import { type Limit, limits } from './limits.ts';

const files = scratchOfFile();

/** The short form of what these limits are about. */
const measured = async (some: readonly Limit[]): Promise<Report> => {
  const names = [...new Set(some.map(({ measurement }) => measurement))];
  const options = ['--quick', '--json', '--only', names.join(','), '--folder', files.folder];
  return JSON.parse((await hindsight('bench', ...options)).stdout) as Report;
};

test('what a loop costs, commits, garbage, alignment and seams are within their limits', async () => {
  const report = await measured(limits);
  const broken = limits.filter((limit) => judge(report, [limit]).length > 0);
  if (broken.length === 0) return;
  // What else the machine did is over; what has got worse is there again.
  expect(judge(await measured(broken), broken)).toEqual([]);
}, 120_000);
