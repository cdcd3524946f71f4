import type { Report } from '../../src/bench/report.ts';
import { scratchOfFile } from '../integration/looper.ts';
import { hindsight } from '../integration/program.ts';
import { judge } from './judge.ts';
import { limits } from './limits.ts';

const files = scratchOfFile();

test('what a loop costs, commits, garbage, alignment and seams are within their limits', async () => {
  const names = [...new Set(limits.map(({ measurement }) => measurement))];
  const options = ['--quick', '--json', '--only', names.join(','), '--folder', files.path('bench')];
  const { stdout } = await hindsight('bench', ...options);
  expect(judge(JSON.parse(stdout) as Report, limits)).toEqual([]);
}, 120_000);
