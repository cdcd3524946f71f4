import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { exitCodes } from '../../src/cli/exit.ts';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { inRepository } from '../config/files.ts';

const source = readFileSync(inRepository('systemd/hindsight.service'), 'utf8');
const lines = source.split('\n').filter((line) => /^\w+=/.test(line));
const settingsOf = (key: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));
const settingOf = (key: string): string | undefined => settingsOf(key)[0];

const analyze = (...args: readonly string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });
/** `security --offline` came with 250. */
const version = Number(/^systemd (\d+)/.exec(analyze('--version').stdout ?? '')?.[1] ?? 0);
const withSystemd = version >= 250 ? test : test.skip;

test('nothing slow comes before it: neither the network nor the clock, nor what ordinary services wait for', () => {
  expect(settingOf('DefaultDependencies')).toBe('no');
  const waitsFor = [...settingsOf('After'), ...settingsOf('Wants'), ...settingsOf('Requires')].join(' ');
  expect(waitsFor).not.toMatch(/network|time|sysinit|basic|multi-user|sound\.target/);
  // Without default dependencies nobody else would stop it in order.
  expect([settingOf('Conflicts'), settingOf('Before')]).toEqual(['shutdown.target', 'shutdown.target']);
});

test('it comes back within a second, for ever, but not after a mistake of the player', () => {
  expect([settingOf('Restart'), settingOf('RestartSec'), settingOf('StartLimitIntervalSec')]).toEqual([
    'always',
    '200ms',
    '0',
  ]);
  expect(settingOf('RestartPreventExitStatus')).toBe(String(exitCodes.mistake));
});

test('systemd hears when it is ready, and whether it lives', () => {
  expect([settingOf('Type'), settingOf('NotifyAccess')]).toEqual(['notify', 'main']);
  expect(Number(settingOf('WatchdogSec'))).toBeGreaterThan(0);
});

test('the modules that the devices belong to are loaded before it starts, since their names are looked up then', () => {
  expect(settingOf('After')).toContain('systemd-modules-load.service');
  expect(settingsOf('DeviceAllow')).toContain('char-alsa rw');
  expect(readFileSync(inRepository('systemd/modules-load.conf'), 'utf8')).toMatch(/^snd-seq$/m);
});

test('it waits for an interface, since it starts before there is one', () => {
  expect(settingOf('ExecStart')).toBe('/usr/bin/hindsight run --rig interface');
});

test('its folders are those in which the program looks', () => {
  for (const folder of ['StateDirectory', 'RuntimeDirectory', 'ConfigurationDirectory'])
    expect([folder, settingOf(folder)]).toEqual([folder, 'hindsight']);
  // The backstage opens to the group where its folder does.
  expect(settingOf('RuntimeDirectoryMode')).toBe('0750');
});

test('its folders are there for a looper that is run by hand, too, while the service is stopped', () => {
  expect(settingOf('RuntimeDirectoryPreserve')).toBe('yes');
  const made = readFileSync(inRepository('systemd/tmpfiles.conf'), 'utf8')
    .split('\n')
    .filter((line) => /^d/.test(line));
  expect(made).toEqual(['/var/lib/hindsight', '/run/hindsight'].map((path) => `d ${path} 0750 hindsight hindsight -`));
});

test('where the root is only read, the recipe has what the unit writes to on disks and in memory of their own', () => {
  const papers = readFileSync(inRepository('docs/install.md'), 'utf8');
  const rows = [...papers.matchAll(/^ {4}(LABEL=\S+|tmpfs) +(\S+) +(\S+) +(\S+) +0 +[02]$/gm)];
  const optionsOf = (path: string) => rows.find(([, , where]) => where === path)?.[4]?.split(',');
  const state = `/var/lib/${settingOf('StateDirectory')}`;
  expect(settingOf('WorkingDirectory')).toBe(state);
  // A box without a keyboard is not to stop in emergency mode: systemd waits for what StateDirectory lies on all the same.
  expect(optionsOf(state)).toEqual(expect.arrayContaining(['rw', 'nofail', 'errors=remount-ro']));
  expect(settingOf('PrivateTmp')).toBe('yes');
  for (const path of ['/tmp', '/var/tmp'])
    expect([path, optionsOf(path)]).toEqual([path, expect.arrayContaining(['mode=1777'])]);
});

test('the user that it runs as is made, in the groups of what it opens', () => {
  const users = readFileSync(inRepository('systemd/sysusers.conf'), 'utf8');
  expect(users).toMatch(new RegExp(`^u ${settingOf('User')} - "[^"]+" /var/lib/hindsight$`, 'm'));
  const groups = [...users.matchAll(/^m hindsight (\S+)$/gm)].map(([, group]) => group);
  expect(groups).toEqual(['audio', 'gpio', 'i2c']);
  // These are not in each Debian.
  for (const group of ['gpio', 'i2c']) expect(users).toMatch(new RegExp(`^g ${group} - -$`, 'm'));
});

test('it may open what it plays on and nothing else: sound, displays, pins', () => {
  expect(settingOf('DevicePolicy')).toBe('closed');
  expect(settingsOf('DeviceAllow')).toEqual(['char-alsa rw', 'char-i2c rw', 'char-gpiochip rw']);
  // No right that nothing in the looper takes: no thread of it sets a nice value.
  expect(settingOf('LimitNICE')).toBeUndefined();
});

test('USB audio and MIDI stay awake', () => {
  const rules = readFileSync(inRepository('systemd/udev.rules'), 'utf8').split('\n');
  const awake = rules.filter((rule) => /ATTR\{(\.\.\/)?power\/control\}="on"$/.test(rule));
  expect(awake).toHaveLength(2);
  // Audio and MIDI class; and what the sound driver takes though it says that it is of no class.
  expect(awake[0]).toContain('ENV{ID_USB_INTERFACES}=="*:01????:*"');
  expect(awake[1]).toContain('DRIVER=="snd-usb-audio"');
});

describe('as systemd sees it', () => {
  let files: Scratch;
  beforeEach(() => {
    files = scratch();
  });
  afterEach(() => files.remove());

  withSystemd('it is exposed by 2.0 at most', () => {
    const { stdout } = analyze('security', '--offline=true', inRepository('systemd/hindsight.service'));
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeGreaterThan(0);
    expect(exposure).toBeLessThanOrEqual(2);
  });

  withSystemd('it has no mistakes; an older systemd passes over what it does not know, and says so', () => {
    // The programs are where they lie here.
    const unit = files.put(
      'hindsight.service',
      source
        .replaceAll('/usr/lib/hindsight/bin', inRepository('bin'))
        .replaceAll('/usr/bin/', `${inRepository('bin')}/`),
    );
    const { stderr } = analyze('verify', '--man=no', unit);
    const unknown = /Unknown key (name )?'(RestartSteps|RestartMaxDelaySec)'/;
    const told = stderr
      .split('\n')
      .filter((line) => line.includes('hindsight') && !(version < 254 && unknown.test(line)));
    expect(told).toEqual([]);
  });
});
