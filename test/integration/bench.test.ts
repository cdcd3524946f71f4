import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import type { Report } from '../../src/bench/report.ts';
import { homeIn, looperIn, scratchOfFile } from './looper.ts';
import { hindsight, hindsightStarted, keep } from './program.ts';

const files = scratchOfFile();
const folder = files.path('bench');
mkdirSync(folder);

test('it measures what it is asked for, tells as it goes, and leaves nothing behind', async () => {
  const { code, stdout, stderr } = await hindsight('bench', '--only', 'seam', '--json', '--folder', folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'bench: seam, 1 of 1\n' });
  const report = JSON.parse(stdout) as Report;
  expect(report).toMatchObject({
    ...{ version: expect.stringMatching(/^\d/), node: process.version.slice(1), quick: false },
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    measurements: [
      {
        ...{ name: 'seam', state: 'measured', title: expect.any(String), how: expect.any(String) },
        figures: [{ name: 'step', unit: 'x', means: expect.any(String), repetitions: 16 }],
      },
    ],
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('for a human it is a table', async () => {
  const { code, stdout } = await hindsight('bench', '--only', 'seam', '--quick', '--folder', folder);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^hindsight \d.*, quick; .*\n\nseam +median +least +p99 +most +of\nstep +1\.\d/);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it with all that it has started, and nothing is left behind',
  async (signal) => {
    const one = keep(hindsightStarted(['bench', '--only', 'stomp-busy', '--folder', folder]));
    await new Promise<void>((resolve) => {
      one.child.stderr?.on('data', (text) => String(text).includes('stomp-busy') && resolve());
    });
    while (readdirSync(folder, { recursive: true }).length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    one.child.kill(signal);
    const { code, stdout, stderr } = await one.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/stopped; nothing is left behind\n$/);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('beside a looper that runs it is refused', async () => {
  const home = homeIn(files);
  await looperIn(files, { home }).logged(/^ready: /);
  const { code, stdout, stderr } = await hindsightStarted(['bench', '--folder', folder], { env: home.env }).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^hindsight bench: a looper runs on this machine, .*: sudo systemctl stop hindsight\n$/);
});

test('mistakes are told', async () => {
  expect(await hindsight('bench', '--only', 'speed')).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr: expect.stringMatching(
      /^hindsight bench: --only: there is no measurement "speed"; there are blocks, .*--help\n$/,
    ),
  });
  const missing = files.path('not-there');
  for (const one of [files.put('file', ''), missing])
    expect(await hindsight('bench', '--only', 'seam', '--folder', one)).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(/: no folder can be made in it \(E[A-Z]+\); .*--folder\n$/),
    });
  expect(existsSync(missing)).toBe(false);
});
