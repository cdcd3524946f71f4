import type { LooperProcess, Survey, SurveyedSettings } from '../../../src/core/doctor/survey.ts';

export const aLooper = (changed: Partial<LooperProcess> = {}): LooperProcess => ({
  ...{ pid: 700, isKnown: true, user: { name: 'hindsight', groups: ['audio'] }, configFile: undefined },
  limits: { rtprio: 95, memlockBytes: Number.POSITIVE_INFINITY },
  threads: [
    { id: 700, name: 'node', policy: 'ordinary', priority: 0 },
    { id: 701, name: 'node', policy: 'fifo', priority: 44 },
    { id: 702, name: 'node', policy: 'fifo', priority: 45 },
  ],
  ...changed,
});

/** None that was looked at: of no rights is anything said. */
export const noFiles = { way: [], sets: { folders: [], lock: undefined } } as const;

/** A machine on which all is well, asked by root. */
export const aSurvey = (changed: Partial<Survey> = {}): Survey => ({
  ...{ asker: { name: 'root', groups: ['root'] }, invoker: undefined, isRoot: true, hasAudioGroup: true },
  ...{
    service: undefined,
    looper: aLooper(),
    ownLimits: undefined,
    throttling: null,
    hasSequencer: true,
    loadsModules: false,
  },
  governors: [{ file: '/cpu0/scaling_governor', governor: 'performance', hasPerformance: true }],
  kernel: { version: 'Linux', preemption: 'full', isDynamic: false },
  cards: [{ number: 1, id: 'USB', name: 'Scarlett 2i2 USB', rates: [44_100, 48_000], isUsb: true }],
  ...{ holders: [], soundServers: [], usb: [], swaps: [], uncleanEnd: undefined },
  disk: { folder: '/var/lib/hindsight', freeBytes: 2 ** 33, isReadOnly: false, isWritable: true, ...noFiles },
  ...changed,
});

export const someSettings: SurveyedSettings = {
  ...{ file: 'hindsight.yaml', mistakes: [], rate: 48_000, device: null, reserveBytes: 2 ** 28, isChosen: false },
};
