import { type Finding, stepText, worstFirst } from '../../../src/core/doctor/finding.ts';
import { findings } from '../../../src/core/doctor/findings.ts';
import type { Survey, SurveyedSettings, UsbDevice } from '../../../src/core/doctor/survey.ts';
import { configFileOf } from '../../../src/core/doctor/trust.ts';
import { aThrottling } from '../health/a-look.ts';
import { aLooper, aSurvey, noFiles, someSettings } from './a-survey.ts';

const found = (survey: Partial<Survey>, settings: Partial<SurveyedSettings> = {}, isSimulated = false) =>
  findings(aSurvey(survey), { ...someSettings, ...settings }, { isSimulated, warnings: [] });

const ills = (some: readonly Finding[]): string[] =>
  some.filter(({ level }) => level !== 'good').map(({ level, code }) => `${level} ${code}`);

test('a machine on which all is well is good in all', () => {
  expect(ills(found({}))).toEqual([]);
  expect(found({}).length).toBeGreaterThanOrEqual(12);
});

const usbDevice = (path: string, kinds: UsbDevice['kinds'], power = 'on'): UsbDevice => ({
  ...{ path, kinds, power, title: `device ${path}`, speedMbit: 480 },
  ...{ hub: '', powerFile: `/sys/bus/usb/devices/${path}/power/control` },
});

const player = { name: 'player', groups: [] };
const service = {
  ...{ file: '/hindsight.service', user: { name: 'hindsight', groups: ['audio'] }, configFile: undefined },
  ...{ rtprio: undefined, memlockBytes: undefined },
};
const card = (rates: readonly number[]) => [{ number: 0, id: 'PCH', name: 'Intel', rates, isUsb: false }];
const holder = (pid: number, command: string, holds: 'pcm' | 'control') => ({ pid, command, holds, card: 0 });
const kernel = (preemption: Survey['kernel']['preemption'], isDynamic = false) => ({
  kernel: { version: 'Linux', preemption, isDynamic },
});
const power = (bits: Parameters<typeof aThrottling>[0]) => ({ throttling: aThrottling(bits) });
const disk = (changed: Partial<NonNullable<Survey['disk']>>) => ({
  disk: { folder: '/state', freeBytes: 2 ** 33, isReadOnly: false, isWritable: true, ...noFiles, ...changed },
});

type Case = readonly [
  what: string,
  survey: Partial<Survey>,
  ills: readonly string[],
  settings?: Partial<SurveyedSettings>,
];

const some: readonly Case[] = [
  ['no card', { cards: [] }, ['bad card']],
  ['not the card that is asked for', {}, ['bad card'], { device: 'Babyface' }],
  ['the card by a piece of its name', {}, [], { device: 'scarlett' }],
  ['the card by its id', {}, [], { device: 'hw:USB,0' }],
  ['a card without the rate', { cards: card([44_100]) }, ['bad rate']],
  ['a card that does not tell its rates', { cards: card([]) }, []],
  ['only the interface on USB is meant', { cards: [...card([8000]), ...aSurvey().cards] }, []],
  ['another program plays', { holders: [holder(9, 'jackd', 'pcm')] }, ['bad card-users']],
  ['another program looks on', { holders: [holder(9, 'wireplumber', 'control')] }, ['hint card-users']],
  ['a sound server runs', { soundServers: [{ pid: 9, command: 'pulseaudio' }] }, ['hint card-users']],
  ['the looper itself plays', { holders: [holder(700, 'node', 'pcm')] }, []],
  ['no sequencer', { hasSequencer: false }, ['bad sequencer']],
  [
    'audio and a disk on one hub',
    { usb: [usbDevice('1-1.2', ['audio']), usbDevice('1-1.4.1', ['disk'])] },
    ['hint usb-topology'],
  ],
  [
    'audio and a disk on one bus',
    { usb: [usbDevice('1-1', ['audio']), usbDevice('1-2.1', ['disk'])] },
    ['hint usb-topology'],
  ],
  ['audio and a disk on two buses', { usb: [usbDevice('1-1', ['audio']), usbDevice('2-1', ['disk'])] }, []],
  ['an interface that sleeps', { usb: [usbDevice('1-1', ['audio'], 'auto')] }, ['hint autosuspend']],
  ['a pad that sleeps', { usb: [usbDevice('1-1', ['midi'], 'auto')] }, ['hint autosuspend']],
  ['a disk that sleeps', { usb: [usbDevice('1-1', ['disk'], 'auto')] }, []],
  ['a looper outside the group', { looper: aLooper({ user: player }) }, ['bad group-audio']],
  ['who asks is outside the group', { asker: player, looper: aLooper() }, ['hint group-audio-asker']],
  ['a user who is no looper yet', { asker: player, looper: undefined }, ['bad group-audio', 'hint threads']],
  ['a system without the group', { hasAudioGroup: false }, ['hint group-audio']],
  [
    'a looper without rights',
    { looper: aLooper({ limits: { rtprio: 0, memlockBytes: 65_536 } }) },
    ['bad limit-rtprio', 'hint limit-memlock'],
  ],
  [
    'root needs no rights',
    { looper: aLooper({ user: { name: 'root', groups: [] }, limits: { rtprio: 0, memlockBytes: 0 } }) },
    [],
  ],
  [
    'a unit that gives no rights',
    { service, looper: undefined },
    ['bad limit-rtprio', 'hint limit-memlock', 'hint threads'],
  ],
  [
    'a unit that does',
    { service: { ...service, rtprio: 95, memlockBytes: 2 ** 30 }, looper: undefined },
    ['hint threads'],
  ],
  ['no thread that hurries', { looper: aLooper({ threads: aLooper().threads.slice(0, 1) }) }, ['bad threads']],
  ['one thread that hurries alone', { looper: aLooper({ threads: aLooper().threads.slice(0, 2) }) }, ['bad threads']],
  ['threads that cannot be seen', { looper: aLooper({ threads: [] }) }, ['hint threads']],
  [
    'a governor that saves',
    { governors: [{ file: '/g', governor: 'ondemand', hasPerformance: true }] },
    ['hint governor'],
  ],
  ['a clock that is not scaled', { governors: [] }, []],
  ['too little power now', power({ underVoltage: true }), ['bad power']],
  ['made slower now', power({ throttled: true }), ['bad power']],
  ['too little power before', power({ underVoltageSeen: true }), ['hint power']],
  ['made slower before', power({ throttledSeen: true }), ['hint power']],
  ['power that was always good', power({}), []],
  ['a real-time kernel', kernel('rt'), []],
  ['a lazy kernel', kernel('lazy', true), []],
  ['a kernel that may be chosen', kernel(undefined, true), ['hint kernel']],
  ['a kernel that is not preempted', kernel('none'), ['hint kernel']],
  ['a kernel that says nothing', kernel(undefined), ['hint kernel']],
  ['swap on a card', { swaps: [{ name: '/var/swap', isCompressed: false }] }, ['hint swap']],
  ['swap in memory', { swaps: [{ name: '/dev/zram0', isCompressed: true }] }, []],
  ['a disk that can only be read', disk({ isReadOnly: true, isWritable: false }), ['bad disk']],
  ['a full disk', disk({ freeBytes: 2 ** 28 }), ['bad disk']],
  ['a disk that is nearly full', disk({ freeBytes: 2 ** 28 + 2 ** 20 }), ['hint disk']],
  [
    'a disk of others',
    { ...disk({ isWritable: false }), asker: player, looper: aLooper() },
    ['hint group-audio-asker'],
  ],
  ['a folder that is not his own', { ...disk({ isWritable: false }), asker: aLooper().user }, ['bad disk']],
  ['a power cut', { looper: undefined, uncleanEnd: { lastKeptAt: 0 } }, ['hint threads', 'hint last-end']],
  ['settings with mistakes', {}, ['bad settings', 'bad settings'], { mistakes: ['a: 1', 'b: 2'] }],
];

const cases = some.map(([what, survey, wanted, settings = {}]) => [what, survey, wanted, settings] as const);

test.each(cases)('%s', (_, survey, wanted, settings) => {
  expect(ills(found(survey, settings))).toEqual(wanted);
});

test.each(cases)('of %s what is not well says what to do', (_, survey, __, settings) => {
  for (const { level, text, todo, code } of found(survey, settings)) {
    expect(text).not.toBe('');
    if (level !== 'good' && code !== 'group-audio') expect(todo).toBeDefined();
  }
});

test('on the simulated rig nobody has to hurry', () => {
  const looper = aLooper({ threads: aLooper().threads.slice(0, 1) });
  expect(ills(found({ looper }, {}, true))).toEqual(['hint threads']);
});

test('a power cut tells when something was kept last', () => {
  const end = found({ looper: undefined, uncleanEnd: { lastKeptAt: 1_700_000_000 } });
  expect(end.find(({ code }) => code === 'last-end')?.text).toContain('2023-11-14T22:13:20Z');
});

test('who has the card is named by program and process, and how to end it', () => {
  const users = found({ holders: [holder(812, 'pipewire', 'pcm'), holder(9, 'jackd', 'pcm')] });
  const finding = users.find(({ code }) => code === 'card-users');
  expect(finding?.text).toContain('pipewire (process 812), jackd (process 9)');
  expect(finding?.todo).toMatch(/systemctl --user mask --now .*; end jackd$/);
});

test('what can be mended is told as commands', () => {
  const steps = found({
    ...{ hasSequencer: false, governors: [{ file: '/sys/g', governor: 'ondemand', hasPerformance: true }] },
    ...{ usb: [usbDevice('1-1', ['audio'], 'auto')], looper: aLooper({ user: player }), invoker: player },
  }).flatMap((finding) => finding.steps ?? []);
  expect(steps.map(stepText)).toEqual([
    'sudo modprobe snd-seq',
    'echo snd-seq | sudo tee /etc/modules-load.d/hindsight-doctor.conf',
    'echo on | sudo tee /sys/bus/usb/devices/1-1/power/control',
    'sudo usermod -aG audio player',
    'echo performance | sudo tee /sys/g',
  ]);
  expect(stepText({ run: ['say', "it's"] })).toBe(`sudo say 'it'\\''s'`);
});

const usermods = (survey: Partial<Survey>): readonly string[] =>
  found(survey)
    .flatMap(({ steps = [] }) => steps.map(stepText))
    .filter((text) => text.includes('usermod'));

const stranger = { name: 'mallory', groups: [] };
const strange = aLooper({ user: stranger, isKnown: false, configFile: '/home/mallory/secret' });
const outside = { ...service, user: player, configFile: '/etc/hindsight.yaml' };

test.each<readonly [string, Partial<Survey>, readonly string[]]>([
  ['the user of the service is added', { looper: undefined, service: outside }, ['player']],
  ['also while it runs', { looper: aLooper({ user: player, isKnown: false }), service: outside }, ['player']],
  ['and while a stranger’s process looks like one', { looper: strange, service: outside }, ['player']],
  ['who became root is added', { looper: aLooper({ user: player }), invoker: player }, ['player']],
  ['also where he only looks on', { invoker: player }, ['player']],
  ['who asks is shown how to be', { asker: player, looper: undefined }, ['player']],
  ['a stranger whose process looks like a looper is not', { looper: strange }, []],
  ['nor where another one asks', { looper: strange, asker: player }, ['player']],
  ['nor one that says that it is the looper', { looper: { ...strange, isKnown: true } }, []],
])('group audio: %s', (_, survey, names) => {
  expect(usermods(survey)).toEqual(names.map((name) => `sudo usermod -aG audio ${name}`));
});

test('a stranger is told to root, who may do as he likes', () => {
  expect(found({ looper: strange }).find(({ code }) => code === 'group-audio')).toMatchObject({
    ...{ level: 'bad', text: expect.stringMatching(/^mallory /), todo: expect.stringMatching(/^add mallory /) },
  });
});

test.each<readonly [string, Partial<Survey>, string | undefined]>([
  [
    'of the looper that says that it is',
    { looper: { ...strange, isKnown: true }, service: outside },
    '/home/mallory/secret',
  ],
  [
    'of a process of the service’s user',
    { looper: { ...strange, user: player }, service: outside },
    '/home/mallory/secret',
  ],
  ['else of the service', { looper: strange, service: outside }, '/etc/hindsight.yaml'],
  ['never of a process that only looks like one', { looper: strange }, undefined],
  ['nor below a folder that nobody knows', { looper: aLooper({ configFile: 'rig.yaml' }) }, undefined],
])('the settings are those %s', (_, survey, file) => {
  expect(configFileOf(aSurvey(survey))).toBe(file);
});

test('a looper of another folder does not hide the end of the last one of this', () => {
  const uncleanEnd = { lastKeptAt: 0 };
  const endOf = (survey: Partial<Survey>) => found(survey).find(({ code }) => code === 'last-end')?.level;
  expect(endOf({ looper: strange, uncleanEnd })).toBe('hint');
  expect(endOf({ looper: strange })).toBe('good');
  expect(endOf({ uncleanEnd })).toBe('good');
});

test('where the package sees to the module at each start, it is loaded for now only', () => {
  const finding = found({ hasSequencer: false, loadsModules: true }).find(({ code }) => code === 'sequencer');
  expect(finding?.steps?.map(stepText)).toEqual(['sudo modprobe snd-seq']);
});

test('the worst comes first, and what is alike keeps its order', () => {
  const of = (level: Finding['level'], code: string): Finding => ({ level, code, about: '', text: '' });
  const mixed = [of('good', 'a'), of('hint', 'b'), of('bad', 'c'), of('hint', 'd'), of('bad', 'e')];
  expect(worstFirst(mixed).map(({ code }) => code)).toEqual(['c', 'e', 'b', 'd', 'a']);
});
