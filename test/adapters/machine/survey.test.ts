import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { threadIn } from '../../../src/adapters/machine/survey/looper.ts';
import { mend } from '../../../src/adapters/machine/survey/mend.ts';
import { type Runs, survey } from '../../../src/adapters/machine/survey/survey.ts';
import type { Survey } from '../../../src/core/doctor/survey.ts';
import { aTree, type Tree } from './a-tree.ts';
import { container, pc, pi4 } from './trees.ts';

const nothingRuns: Runs = () => Promise.resolve(undefined);
const player = { uid: 1000, gids: [1000] };
const root = { uid: 0, gids: [0] };

const surveyed = (
  tree: Tree,
  asker = player,
  runs = nothingRuns,
  looperPid?: number,
  invoker?: string,
): Promise<Survey> => {
  const folder = aTree(tree);
  return survey({ root: folder, stateFolder: () => join(folder, 'state'), asker, invoker, looperPid, runs });
};

test('a Pi on a stage', async () => {
  const found = await surveyed(pi4, root);
  expect(found).toMatchObject({
    ...{ isRoot: true, hasAudioGroup: true, hasSequencer: true },
    asker: { name: 'root', groups: ['root'] },
    service: {
      ...{ file: '/usr/lib/systemd/system/hindsight.service', rtprio: 95, memlockBytes: Number.POSITIVE_INFINITY },
      ...{ user: { name: 'hindsight', groups: ['audio', 'hindsight'] }, configFile: '/etc/hindsight/hindsight.yaml' },
    },
    looper: {
      ...{ pid: 700, user: { name: 'hindsight', groups: ['audio', 'hindsight'] } },
      ...{
        limits: { rtprio: 95, memlockBytes: Number.POSITIVE_INFINITY },
        configFile: '/etc/hindsight/hindsight.yaml',
      },
      threads: [
        { id: 700, name: 'node', policy: 'ordinary', priority: 0 },
        { id: 701, name: 'a (strange) one', policy: 'fifo', priority: 70 },
      ],
    },
    throttling: { underVoltage: false, underVoltageSeen: false },
    kernel: { preemption: 'full', isDynamic: false },
    cards: [
      { number: 0, id: 'Headphones', name: 'bcm2835 Headphones', rates: [], isUsb: false },
      { number: 1, id: 'USB', name: 'Scarlett 2i2 USB', rates: [44_100, 48_000, 88_200, 96_000], isUsb: true },
    ],
    // What the kernel names is the thread that opened it.
    holders: [{ pid: 700, command: 'node', holds: 'pcm', card: 1 }],
    swaps: [{ name: '/dev/zram0', isCompressed: true }],
    uncleanEnd: undefined,
  });
  expect(found.governors.map(({ governor, hasPerformance }) => [governor, hasPerformance])).toEqual(
    Array.from({ length: 4 }, () => ['performance', true]),
  );
  expect(found.usb).toMatchObject([
    { path: '1-1.3', title: 'Scarlett 2i2 USB', speedMbit: 480, hub: '1-1', kinds: ['audio'], power: 'on' },
    { path: '1-1.4', title: 'Launchpad X', kinds: ['audio', 'midi'], power: 'auto' },
    { path: '2-2', title: 'Flash Disk', hub: 'usb2', kinds: ['disk'] },
  ]);
});

test('a PC with a desktop: who has its card is named', async () => {
  const found = await surveyed(pc);
  expect(found).toMatchObject({
    ...{ isRoot: false, looper: undefined, service: undefined, throttling: null },
    ...{ asker: { name: 'player', groups: ['player'] }, ownLimits: { rtprio: 0, memlockBytes: 8 * 2 ** 20 } },
    kernel: { preemption: undefined, isDynamic: true },
    cards: [{ id: 'PCH', name: 'HDA Intel PCH', rates: [44_100, 48_000, 96_000, 192_000] }],
    soundServers: [
      { pid: 811, command: 'pipewire' },
      { pid: 815, command: 'wireplumber' },
    ],
  });
  expect(found.holders).toEqual([
    { pid: 811, command: 'pipewire', holds: 'pcm', card: 0 },
    { pid: 811, command: 'pipewire', holds: 'control', card: 0 },
  ]);
});

test('a container tells nearly nothing, and that is no error', async () => {
  expect(await surveyed(container, root)).toMatchObject({
    ...{ hasAudioGroup: false, hasSequencer: false, throttling: null, ownLimits: undefined },
    ...{ governors: [], cards: [], holders: [], usb: [], swaps: [], kernel: { preemption: 'none' } },
  });
});

test.each<[string, Tree, unknown]>([
  ['PREEMPT_RT in the version', { 'proc/version': 'Linux 6.12 #1 SMP PREEMPT_RT' }, 'rt'],
  ['the kernel’s own word', { 'proc/version': 'Linux 5.10 #1 SMP', 'sys/kernel/realtime': '1\n' }, 'rt'],
  [
    'what is chosen now',
    { 'proc/version': '#1 SMP PREEMPT_DYNAMIC', 'sys/kernel/debug/sched/preempt': 'none voluntary (full) lazy\n' },
    'full',
  ],
  [
    'what the command line asks for',
    { 'proc/version': '#1 SMP PREEMPT_DYNAMIC', 'proc/cmdline': 'quiet preempt=voluntary' },
    'voluntary',
  ],
  ['nothing', {}, undefined],
])('how the kernel is preempted: %s', async (_, tree, preemption) => {
  expect((await surveyed(tree)).kernel.preemption).toBe(preemption);
});

test('without a file of the kernel the firmware’s own tool is asked, where there is a firmware', async () => {
  const asked: string[] = [];
  const runs: Runs = async (...words) => {
    asked.push(words.join(' '));
    return 'throttled=0x50000\n';
  };
  expect((await surveyed({ 'dev/vcio': '' }, player, runs)).throttling).toMatchObject({ underVoltageSeen: true });
  expect(asked).toEqual(['vcgencmd get_throttled']);
  expect((await surveyed({}, player, runs)).throttling).toBeNull();
  expect(asked).toHaveLength(1);
});

test('the package’s modules are seen where Debian 13 and where Debian 12 have them', async () => {
  expect((await surveyed(container)).loadsModules).toBe(false);
  for (const folder of ['usr/lib', 'lib']) {
    expect(await surveyed({ [`${folder}/modules-load.d/hindsight.conf`]: 'snd-seq\n' })).toMatchObject({
      loadsModules: true,
    });
  }
});

test('a drop-in adds to the unit, and the last word holds', async () => {
  const dropIn = 'etc/systemd/system/hindsight.service.d/override.conf';
  const tree = { ...pi4, [dropIn]: '[Service]\nLimitRTPRIO=10:20\nLimitMEMLOCK=64M\nSupplementaryGroups=i2c gpio\n' };
  expect((await surveyed(tree)).service).toMatchObject({
    ...{ rtprio: 10, memlockBytes: 64 * 2 ** 20 },
    user: { groups: ['audio', 'hindsight', 'i2c', 'gpio'] },
  });
});

test('the process that is known to be the looper goes before those that look like one', async () => {
  const two = { ...pi4, 'proc/900/status': 'Uid:\t0\t0\nGid:\t0\t0\nGroups:\t\n', 'proc/900/cmdline': 'other\0' };
  expect((await surveyed(two, root, nothingRuns, 900)).looper).toMatchObject({
    ...{ pid: 900, isKnown: true, user: { name: 'root' } },
  });
  expect((await surveyed(two, root, nothingRuns, 4242)).looper).toBeUndefined();
  expect((await surveyed(two, root)).looper).toMatchObject({ pid: 700, isKnown: false });
});

test('who became root with sudo is told, where there is such a user and somebody is root', async () => {
  expect((await surveyed(pi4, root, nothingRuns, undefined, 'player')).invoker).toEqual({
    name: 'player',
    groups: ['player'],
    ids: { uid: 1000, gids: [1000, 1000] },
  });
  expect((await surveyed(pi4, root, nothingRuns, undefined, '-o')).invoker).toBeUndefined();
  expect((await surveyed(pi4, player, nothingRuns, undefined, 'hindsight')).invoker).toBeUndefined();
});

test('a lock that a dead looper left tells of its end; that of a living one does not', async () => {
  const boot = 'a-boot-id';
  const stat = `700 (node) S ${Array.from({ length: 18 }, () => 0).join(' ')} 4711 0 0\n`;
  const tree = {
    ...{ 'proc/sys/kernel/random/boot_id': `${boot}\n`, 'proc/700/stat': stat },
    ...{ 'state/sets/lock': `700 4711 ${boot} some-uuid\n`, 'state/sets/current/7.json': '{}' },
  };
  const endOf = async (changed: Tree) => {
    const folder = aTree({ ...tree, ...changed });
    utimesSync(join(folder, 'state/sets/current/7.json'), 1_700_000_000, 1_700_000_000);
    const parts = {
      root: folder,
      stateFolder: () => join(folder, 'state'),
      asker: player,
      invoker: undefined,
      looperPid: undefined,
    };
    return (await survey({ ...parts, runs: nothingRuns })).uncleanEnd;
  };
  expect(await endOf({})).toBeUndefined();
  const dead = { lastKeptAt: 1_700_000_000 };
  expect(await endOf({ 'state/sets/lock': `701 4711 ${boot} some-uuid\n` })).toEqual(dead);
  expect(await endOf({ 'state/sets/lock': `700 4712 ${boot} some-uuid\n` })).toEqual(dead);
  expect(await endOf({ 'state/sets/lock': `700 4711 another-boot some-uuid\n` })).toEqual(dead);
  expect(await endOf({ 'state/sets/lock': 'cut off' })).toBeUndefined();
});

test('what is no line of a thread is none', () => {
  expect(threadIn('')).toBeUndefined();
  expect(threadIn('12 no brackets')).toBeUndefined();
});

test('a step is taken below the root, and says what went wrong', async () => {
  const folder = aTree({ 'sys/power/control': 'auto\n' });
  const asked: string[] = [];
  const runs: Runs = async (...words) => {
    asked.push(words.join(' '));
    return words[0] === 'modprobe' ? '' : undefined;
  };
  expect(await mend({ write: '/sys/power/control', value: 'on' }, folder, runs)).toBeUndefined();
  expect(readFileSync(join(folder, 'sys/power/control'), 'utf8')).toBe('on\n');
  expect(await mend({ write: '/not/there', value: 'on' }, folder, runs)).toContain('ENOENT');
  expect(await mend({ run: ['modprobe', 'snd-seq'] }, folder, runs)).toBeUndefined();
  expect(await mend({ run: ['usermod', '-aG', 'audio', 'player'] }, folder, runs)).toContain('usermod');
  expect(asked).toEqual(['modprobe snd-seq', 'usermod -aG audio player']);
});

test.each([
  ['from the folder that the looper is in', 'rig.yaml', '-> /home/player', '/home/player/rig.yaml'],
  ['wherever that is, for one that is written from / on', '/etc/rig.yaml', '-> /home/player', '/etc/rig.yaml'],
  ['and left as they are where nobody may know it', 'rig.yaml', '', 'rig.yaml'],
])('settings are looked for %s', async (_, written, cwd, configFile) => {
  const tree = {
    ...pi4,
    'proc/700/cmdline': `/usr/bin/node\0/usr/lib/hindsight/dist/main.js\0run\0--config\0${written}\0`,
    'proc/700/cwd': cwd,
  };
  expect(await surveyed(tree, root)).toMatchObject({ looper: { configFile } });
});
