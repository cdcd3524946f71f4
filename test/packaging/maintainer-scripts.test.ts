import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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

/** Programs that only say that they were called, and do what is put after that. */
const standIn = (tool: string, does = ''): void => {
  files.put(`bin/${tool}`, `#!/bin/sh\necho ${tool} "$@" >>${files.path('called')}\n${does}`);
  files.mode(`bin/${tool}`, 0o755);
};

const ofSystemd = [
  'systemd-sysusers',
  'systemd-tmpfiles',
  'deb-systemd-helper',
  'deb-systemd-invoke',
  'systemctl',
  'udevadm',
];

const ran = (name: (typeof names)[number], args: readonly string[], env: NodeJS.ProcessEnv) => {
  writeFileSync(files.path('called'), '');
  const { status, stderr } = spawnSync('/bin/sh', [script(name), ...args], { encoding: 'utf8', env });
  return { status, stderr, called: readFileSync(files.path('called'), 'utf8') };
};

/** On a machine that lies in a folder, as dpkg --root has it; what they call of systemd's says that it was called. */
const run = (name: (typeof names)[number], ...args: readonly string[]) => {
  mkdirSync(files.path('bin'), { recursive: true });
  for (const tool of ofSystemd) standIn(tool);
  return ran(name, args, { DPKG_ROOT: files.path('root'), PATH: `${files.path('bin')}:/usr/bin:/bin` });
};

/** A purge of the machine itself, where accounts are as getent says. All that it can call are stand-ins, so that nothing happens to this machine. */
const purgeWhere = (passwd: string) => {
  mkdirSync(files.path('bin'), { recursive: true });
  for (const tool of [...ofSystemd, 'find', 'rm', 'rmdir', 'userdel', 'groupdel']) standIn(tool);
  const line = passwd === '' ? 'exit 2' : `echo '${passwd}'`;
  standIn('getent', `case "$1" in passwd) ${line} ;; group) echo 'hindsight:x:990:' ;; esac\n`);
  symlinkSync('/usr/bin/cut', files.path('bin/cut'));
  return ran('postrm', ['purge'], { PATH: files.path('bin') });
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

test.each([
  [
    'a user that the system made for itself goes, and its group',
    'hindsight:x:999:990::/var/lib/hindsight:/sbin/nologin',
    true,
  ],
  [
    'a person of that name was there before and stays',
    'hindsight:x:1000:1000:Hind Sight:/home/hindsight:/bin/bash',
    false,
  ],
  ['where there is none there is nothing to take away', '', false],
])('after a purge %s', (_, passwd, goes) => {
  const { status, stderr, called } = purgeWhere(passwd);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const accounts = called.split('\n').filter((line) => /^(user|group)del /.test(line));
  expect(accounts).toEqual(goes ? ['userdel hindsight', 'groupdel hindsight'] : []);
  // The rest goes whoever has the name.
  expect(called).toMatch(/^rm -rf \/etc\/hindsight \/run\/hindsight$/m);
});

test('a purge of a machine that lies in a folder leaves the accounts of this one alone', () => {
  mkdirSync(files.path('bin'));
  for (const tool of ['getent', 'userdel', 'groupdel']) standIn(tool, `echo 'hindsight:x:999:990::/:/'`);
  expect(run('postrm', 'purge').called).not.toMatch(/del|getent/);
});
