import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { inRepository } from '../config/files.ts';

const names = ['postinst', 'prerm', 'postrm'] as const;
const script = (name: string): string => inRepository(`scripts/packaging/debian/${name}`);

let files: Scratch;
beforeEach(() => {
  files = scratch();
  for (const path of [
    'var/lib/hindsight/sets/song/loop.wav',
    'etc/hindsight/hindsight.yaml',
    'etc/modules-load.d/hindsight-doctor.conf',
    'run/hindsight/socket',
  ]) {
    mkdirSync(dirname(files.path(`root/${path}`)), { recursive: true });
    writeFileSync(files.path(`root/${path}`), '');
  }
});
afterEach(() => files.remove());

/** On a machine that lies in a folder, as dpkg --root has it; what they call of systemd's says that it was called. */
const run = (name: (typeof names)[number], ...args: readonly string[]) => {
  const noted = files.path('called');
  writeFileSync(noted, '');
  mkdirSync(files.path('bin'), { recursive: true });
  for (const tool of [
    'systemd-sysusers',
    'systemd-tmpfiles',
    'deb-systemd-helper',
    'deb-systemd-invoke',
    'systemctl',
    'udevadm',
  ]) {
    files.put(`bin/${tool}`, `#!/bin/sh\necho ${tool} "$@" >>${noted}\n`);
    files.mode(`bin/${tool}`, 0o755);
  }
  const env = { DPKG_ROOT: files.path('root'), PATH: `${files.path('bin')}:/usr/bin:/bin` };
  const { status, stderr } = spawnSync('sh', [script(name), ...args], { encoding: 'utf8', env });
  return { status, stderr, called: readFileSync(noted, 'utf8') };
};

const isThere = (path: string): boolean => existsSync(files.path(`root/${path}`));

test.each(names)('%s is a script that any sh reads, and stops at the first mistake', (name) => {
  expect(() => execFileSync('sh', ['-n', script(name)])).not.toThrow();
  expect(readFileSync(script(name), 'utf8')).toMatch(/^#!\/bin\/sh\n(#.*\n)*set -e\n/);
});

test('an installation where no systemd runs makes the user and enables the service, and starts nothing', () => {
  const { status, stderr, called } = run('postinst', 'configure', '');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(called).toContain(`systemd-sysusers --root=${files.path('root')} hindsight.conf`);
  expect(called).toContain('deb-systemd-helper enable hindsight.service');
  expect(called).not.toMatch(/invoke|systemctl|udevadm/);
});

test('an upgrade touches neither sets nor settings, and leaves the looper playing until the new files are there', () => {
  expect(run('prerm', 'upgrade', '0.2.0')).toEqual({ status: 0, stderr: '', called: '' });
  expect(run('postrm', 'upgrade', '0.2.0')).toEqual({ status: 0, stderr: '', called: '' });
  expect(run('postinst', 'configure', '0.1.0').status).toBe(0);
  expect([isThere('var/lib/hindsight/sets/song/loop.wav'), isThere('etc/hindsight/hindsight.yaml')]).toEqual([
    true,
    true,
  ]);
});

test('a removal leaves sets and settings', () => {
  expect(run('prerm', 'remove').status).toBe(0);
  expect(run('postrm', 'remove').status).toBe(0);
  expect([isThere('var/lib/hindsight/sets/song/loop.wav'), isThere('etc/hindsight/hindsight.yaml')]).toEqual([
    true,
    true,
  ]);
});

test('a purge leaves nothing', () => {
  expect(run('postrm', 'purge').status).toBe(0);
  const gone = ['var/lib/hindsight', 'etc/hindsight', 'etc/modules-load.d/hindsight-doctor.conf', 'run/hindsight'];
  expect(gone.filter(isThere)).toEqual([]);
});
