import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { nodeFlags } from '../../src/bench/node-flags.ts';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { inRepository } from '../config/files.ts';

const launcher = readFileSync(inRepository('bin/hindsight'), 'utf8');

let files: Scratch;
let node: string;
const program = (path: string, text: string): string => {
  files.put(path, text);
  files.mode(path, 0o755);
  return files.path(path);
};
beforeEach(() => {
  files = scratch();
  for (const folder of ['lib', 'lib/bin', 'bin', 'tools']) mkdirSync(files.path(folder));
  program('lib/bin/hindsight', launcher);
  symlinkSync('../lib/bin/hindsight', files.path('bin/hindsight'));
  node = program('node', '#!/bin/sh\nprintenv STATE_DIRECTORY || echo none\nprintf "%s|" "$@"\nexit 7\n');
});
afterEach(() => files.remove());

const { STATE_DIRECTORY: _, RUNTIME_DIRECTORY: __, ...env } = process.env;
const launch = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  spawnSync(files.path('bin/hindsight'), args, { encoding: 'utf8', env: { ...env, HINDSIGHT_NODE: node, ...more } });

test('it starts the program that it belongs to, wherever its link lies, and hands on arguments and exit code', () => {
  const { status, stdout, stderr } = launch(['sets', 'load', 'Song one', '']);
  expect({ status, stderr }).toEqual({ status: 7, stderr: '' });
  expect(stdout).toBe(`none\n--single-threaded-gc|${files.path('lib/dist/main.js')}|sets|load|Song one||`);
});

test('what is measured is started with the same flags of Node', () => {
  expect(launcher).toContain(`set -- ${nodeFlags.join(' ')} "$program/dist/main.js" "$@"\n`);
});

test('what is no installed program keeps to the state of who starts it', () => {
  expect(launch(['pair']).stdout).toMatch(/^none\n/);
  expect(launch(['pair'], { STATE_DIRECTORY: '/var/lib/hindsight' }).stdout).toMatch(/^\/var\/lib\/hindsight\n/);
});

describe('the installed program', () => {
  const installedAt = 'installed=/usr/lib/hindsight\n';

  /** On a machine where it lies in this folder; `uid` starts it, and the looper's user is there unless told. */
  const installed = (
    args: readonly string[],
    { uid = 0, hasUser = true, ...more }: { uid?: number; hasUser?: boolean; STATE_DIRECTORY?: string } = {},
  ) => {
    expect(launcher).toContain(installedAt);
    writeFileSync(files.path('lib/bin/hindsight'), launcher.replace(installedAt, `installed=${files.path('lib')}\n`));
    program('tools/id', `#!/bin/sh\ncase $1 in -u) echo ${uid} ;; hindsight) ${hasUser} ;; *) exit 9 ;; esac\n`);
    program(
      'tools/setpriv',
      '#!/bin/sh\nwhile [ "$1" != -- ]; do by="$by $1"; shift; done\nexport BY="$by"\nshift\nexec "$@"\n',
    );
    const told = ['STATE_DIRECTORY', 'RUNTIME_DIRECTORY', 'HOME', 'BY'];
    program(
      'node',
      `#!/bin/sh\nfor name in ${told.join(' ')}; do printenv "$name" || echo; done\nprintf "%s|" "$@"\nexit 7\n`,
    );
    const { status, stdout, stderr } = launch(args, {
      PATH: `${files.path('tools')}:${env['PATH']}`,
      HOME: '/home/caller',
      ...more,
    });
    expect({ status, stderr }).toEqual({ status: 7, stderr: '' });
    const [state, runtime, home, by, called] = stdout.split('\n');
    expect(called).toBe(
      `--single-threaded-gc|${files.path('lib/dist/main.js')}|${args.map((arg) => `${arg}|`).join('')}`,
    );
    return { state, runtime, home, by };
  };

  const itself = { state: '', runtime: '', home: '/home/caller', by: '' };
  const ofService = { ...itself, state: '/var/lib/hindsight' };

  test.each(['run', 'sets', 'calibrate', 'pair', 'monitor', 'learn', 'lamps', 'check-config', 'bench'])(
    'does as its own user what root asks of it that may write, or has to be read by it: %s',
    (command) => {
      expect(installed([command, 'a b', ''])).toEqual({
        ...{ state: '/var/lib/hindsight', runtime: '/run/hindsight', home: '/var/lib/hindsight' },
        by: ' --reuid=hindsight --regid=hindsight --init-groups --inh-caps=-all',
      });
    },
  );

  test.each([[['status']], [['doctor', '--fix']], [['render']], [['devices']], [['--help']], [[]]])(
    'stays root for what only looks or mends, and knows the service’s state: %j',
    (args) => {
      expect(installed(args)).toEqual(ofService);
    },
  );

  test('leaves the service alone, which systemd starts with its own folders', () => {
    expect(installed(['run'], { STATE_DIRECTORY: '/srv/state' })).toEqual({ ...itself, state: '/srv/state' });
  });

  test('leaves alone who is not root, and a machine on which its user is not made yet', () => {
    expect(installed(['sets', 'list'], { uid: 1000 })).toEqual(itself);
    expect(installed(['sets', 'list'], { hasUser: false })).toEqual(itself);
  });
});
