import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { inRepository } from '../config/files.ts';

const script = inRepository('bin/governor');

let files: Scratch;
beforeEach(() => {
  files = scratch();
});
afterEach(() => files.remove());

const governorFile = (policy: string): string => files.path(`cpufreq/${policy}/scaling_governor`);

const processor = (governors: Readonly<Record<string, string>>): void => {
  mkdirSync(files.path('cpufreq'));
  for (const [policy, governor] of Object.entries(governors)) {
    mkdirSync(files.path(`cpufreq/${policy}`));
    writeFileSync(governorFile(policy), `${governor}\n`);
  }
};

const governor = (wish: string, env: Readonly<Record<string, string>> = {}) =>
  spawnSync('sh', [script, wish, files.path('cpufreq'), files.path('note')], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

const governorOf = (policy: string): string => readFileSync(governorFile(policy), 'utf8').trim();

test('the processor runs at full speed while the looper plays, and gets back what each part had', () => {
  processor({ policy0: 'ondemand', policy4: 'powersave' });
  expect(governor('performance')).toMatchObject({ status: 0, stderr: '' });
  expect([governorOf('policy0'), governorOf('policy4')]).toEqual(['performance', 'performance']);
  expect(governor('restore')).toMatchObject({ status: 0, stderr: '' });
  expect([governorOf('policy0'), governorOf('policy4')]).toEqual(['ondemand', 'powersave']);
  expect(existsSync(files.path('note'))).toBe(false);
});

test('a looper that was killed and starts again does not take performance for what was there before', () => {
  processor({ policy0: 'schedutil' });
  governor('performance');
  governor('performance');
  governor('restore');
  expect(governorOf('policy0')).toBe('schedutil');
});

test.each([
  ['before its note is there', 'kill -KILL $PPID', false],
  ['once its note is there', '/bin/mv "$@"; kill -KILL $PPID', true],
])('a kill %s finds the processor as it was, which the next start does not forget', (_, mv, isNoted) => {
  processor({ policy0: 'ondemand', policy4: 'powersave' });
  mkdirSync(files.path('bin'));
  files.put('bin/mv', `#!/bin/sh\n${mv}\n`);
  files.mode('bin/mv', 0o755);
  const killed = governor('performance', { PATH: `${files.path('bin')}:${process.env['PATH']}` });
  expect(killed.signal).toBe('SIGKILL');
  expect([governorOf('policy0'), governorOf('policy4'), existsSync(files.path('note'))]).toEqual([
    'ondemand',
    'powersave',
    isNoted,
  ]);
  governor('performance');
  expect(governorOf('policy4')).toBe('performance');
  governor('restore');
  expect([governorOf('policy0'), governorOf('policy4')]).toEqual(['ondemand', 'powersave']);
  expect(files.names()).toEqual(['bin', 'cpufreq']);
});

test('what was performance before stays so, and what was chosen meanwhile stays, too', () => {
  processor({ policy0: 'performance', policy1: 'ondemand' });
  governor('performance');
  writeFileSync(governorFile('policy1'), 'conservative\n');
  governor('restore');
  expect([governorOf('policy0'), governorOf('policy1')]).toEqual(['performance', 'conservative']);
});

test('a machine without cpufreq is told of once, and nothing fails', () => {
  const taken = governor('performance');
  expect(taken.status).toBe(0);
  expect(taken.stderr).toMatch(/^hindsight governor: this machine has no cpufreq; .*\n$/);
  expect(governor('restore')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(existsSync(files.path('note'))).toBe(false);
});

test('another wish is refused', () => {
  expect(governor('turbo')).toMatchObject({ status: 2, stderr: expect.stringContaining('performance or restore') });
  expect(() => execFileSync('sh', ['-n', script])).not.toThrow();
});
