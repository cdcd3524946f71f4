import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../config/files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindsight-packages-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, ...args: readonly string[]): void => {
  const { status, stderr, stdout } = spawnSync(inRepository(script), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} ended with ${status}\n${stdout}\n${stderr}`);
};

/** The first makes the compilers' Debian, which takes minutes; it is kept. The runtime for Debian 12 is left out: it is only packed anew. */
test('the packages of both architectures are made twice with the same bytes, and lintian finds nothing', () => {
  for (const time of ['first', 'second'])
    run('scripts/package', '--version', '1.2.3', '--without-node', '--output', join(folder, time));
  const packages = readdirSync(join(folder, 'first'));
  expect(packages.toSorted()).toEqual(['hindsight_1.2.3_amd64.deb', 'hindsight_1.2.3_arm64.deb']);
  for (const name of packages) {
    const [first, second] = ['first', 'second'].map((time) => readFileSync(join(folder, time, name)));
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  }
  run('scripts/packaging/lint', ...packages.map((name) => join(folder, 'first', name)));
});
