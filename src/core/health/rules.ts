import type { Millis } from '../time/units.ts';
import { heatAdvice, powerAdvice } from './advice.ts';
import type { HealthLook } from './figures.ts';
import type { Warning, WarningCode } from './warning.ts';

/** When a warning comes and when it ends. Where both need different things, or take their time, nothing flaps. */
export type Rule = Pick<Warning, 'code' | 'level' | 'title'> & {
  /** Whether it is so at a look, against the one before. */
  readonly comes: (look: HealthLook, before: HealthLook) => boolean;
  /** Whether it is still so, once it has come; left out: the same. */
  readonly stays?: (look: HealthLook, before: HealthLook) => boolean;
  /** How long it has to be so before it is told. */
  readonly afterMs: Millis;
  /** How long it has to be otherwise before it is over. Of what is counted: how long ago the last one may be. */
  readonly restMs: Millis;
  readonly text: (look: HealthLook) => string;
  /** What is to be done changes with what it is: the text is that of the latest look. Left out: as it came, since figures never rest. */
  readonly follows?: true;
  /** What is said when it is over. */
  readonly over: string;
};

const second: Millis = 1000;
const minute: Millis = 60_000;

const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** A block that was held up for long says nothing of how much there is to compute. */
const shareText = (share: number): string =>
  share > 2 ? 'more time than there is' : `up to ${percent(share)} of its time`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Something that is counted has happened again. */
const rises =
  (count: (look: HealthLook) => number) =>
  (look: HealthLook, before: HealthLook): boolean =>
    count(look) > count(before);

type Limit = Readonly<Record<'comes' | 'ends', number>>;

/** A value that is too high; unknown it is not. */
const above = (value: (look: HealthLook) => number | undefined, { comes, ends }: Limit) => ({
  comes: (look: HealthLook) => (value(look) ?? Number.NEGATIVE_INFINITY) >= comes,
  stays: (look: HealthLook) => (value(look) ?? Number.NEGATIVE_INFINITY) >= ends,
});

/** A value that is too low. */
const below = (value: (look: HealthLook) => number | undefined, { comes, ends }: Limit) =>
  above(
    (look) => {
      const known = value(look);
      return known === undefined ? undefined : -known;
    },
    { comes: -comes, ends: -ends },
  );

/** One that comes back at once is not missed, and one that was put away on purpose is no news for ever. */
const missed = ({ controllersAway }: HealthLook): readonly string[] =>
  controllersAway.filter(({ forMs }) => forMs >= 2 * second && forMs < 10 * minute).map(({ name }) => name);

/** Degrees below the temperature at which the machine is made slower. */
const heat = ({ machine }: HealthLook): number | undefined =>
  machine === null || machine.temperatureC === null || machine.temperatureLimitC === null
    ? undefined
    : machine.temperatureC - machine.temperatureLimitC;

const memoryShare = ({ machine }: HealthLook): number | undefined =>
  machine === null || machine.memoryAvailableBytes === null || !machine.memoryTotalBytes
    ? undefined
    : machine.memoryAvailableBytes / machine.memoryTotalBytes;

/** What is free on the disk beyond the reserve, which new loops do not get. */
const roomBytes = ({ machine, reserveBytes }: HealthLook): number | undefined =>
  reserveBytes === null || !machine?.disk ? undefined : machine.disk.freeBytes - reserveBytes;

const isWorn = ({ machine }: HealthLook): boolean => {
  const wear = machine?.disk?.wear;
  return wear != null && ((wear.lifeUsed ?? 0) >= 0.9 || wear.reserve === 'warning' || wear.reserve === 'urgent');
};

const rule = (
  code: WarningCode,
  level: Warning['level'],
  title: string,
  rest: Omit<Rule, 'code' | 'level' | 'title'>,
) => ({
  ...{ code, level, title },
  ...rest,
});

/** Each threshold with where it comes from: docs/health.md. The worst comes first, as in `warningCodes`. */
export const rules: readonly Rule[] = [
  rule('interface-away', 'bad', 'No interface', {
    comes: (look) => look.interface === 'away',
    ...{ afterMs: 0, restMs: 0 },
    text: () => 'there is no audio interface; plug it in: the loops go on in time',
    over: 'the audio interface is here',
  }),
  rule('not-kept', 'bad', 'Disk trouble', {
    comes: (look) => look.storageTrouble !== null,
    ...{ afterMs: 0, restMs: 0, follows: true },
    text: ({ storageTrouble }) => `what is played is not kept on disk: ${storageTrouble}`,
    over: 'what is played is kept on disk',
  }),
  rule('under-voltage', 'bad', 'Power low', {
    comes: ({ machine }) => machine?.throttling?.underVoltage === true,
    ...{ afterMs: 0, restMs: 30 * second },
    text: () => `the power supply gives too little; ${powerAdvice}`,
    over: 'the power supply gives enough again',
  }),
  rule('throttled', 'bad', 'Slowed down', {
    comes: ({ machine }) =>
      machine?.throttling != null &&
      (machine.throttling.throttled || machine.throttling.frequencyCapped || machine.throttling.softLimit),
    ...{ afterMs: 0, restMs: 30 * second },
    text: ({ machine }) =>
      machine?.throttling?.underVoltage === true
        ? 'the processor is made slower for want of power; see to the power supply'
        : `the processor is made slower since it is too hot; ${heatAdvice}`,
    over: 'the processor runs at its full speed again',
  }),
  rule('engine-overload', 'bad', 'Overload', {
    ...above(({ engineLoad }) => engineLoad.worst, { comes: 1, ends: 0.8 }),
    ...{ afterMs: 10 * second, restMs: 20 * second },
    text: ({ engineLoad }) =>
      `the sound takes ${shareText(engineLoad.worst)}; run hindsight doctor, end what else runs, or set a larger audio.blockFrames`,
    over: 'the sound is computed in time again',
  }),
  rule('disk-read-only', 'bad', 'Read-only', {
    comes: ({ machine, reserveBytes }) => reserveBytes !== null && machine?.disk?.isReadOnly === true,
    ...{ afterMs: 0, restMs: 5 * second },
    text: () =>
      'the disk of the sets can only be read, so nothing is kept; a damaged disk is made so by the kernel: look into its log (dmesg), and have it checked or replaced',
    over: 'the disk of the sets can be written again',
  }),
  rule('xruns', 'warn', 'Xruns', {
    comes: rises(({ sound }) => sound.xruns),
    ...{ afterMs: 0, restMs: minute },
    text: () => 'the driver lost sound; run hindsight doctor, or set a larger audio.blockFrames',
    over: 'no sound was lost for a minute',
  }),
  rule('late-blocks', 'warn', 'Late', {
    comes: rises(({ sound }) => sound.lateBlocks),
    ...{ afterMs: 0, restMs: minute },
    text: () =>
      'moments of the sound came too late and were silent; run hindsight doctor, or set a larger audio.queueBlocks',
    over: 'no moment of the sound was silent for a minute',
  }),
  rule('interface-lost', 'warn', 'Loose plug', {
    comes: rises(({ sound }) => sound.interfaceLosses),
    ...{ afterMs: 0, restMs: 5 * minute },
    text: () => 'the audio interface went away; see to its plug, its cable and its power',
    over: 'the audio interface did not go away for five minutes',
  }),
  rule('engine-busy', 'warn', 'Busy sound', {
    ...above(({ engineLoad }) => engineLoad.mean, { comes: 0.5, ends: 0.4 }),
    ...{ afterMs: 10 * second, restMs: 20 * second },
    text: ({ engineLoad }) =>
      `the sound takes ${percent(engineLoad.mean)} of its time on the average; stop some loops, or set a larger audio.blockFrames`,
    over: 'the sound has time to spare again',
  }),
  rule('event-loop', 'warn', 'Slow stomps', {
    ...above(({ process }) => process.eventLoopDelayP99Ms, { comes: 20, ends: 10 }),
    ...{ afterMs: 10 * second, restMs: 10 * second },
    text: ({ process }) =>
      `stomps and lamps are late, by ${Math.round(process.eventLoopDelayP99Ms)} ms and more; end what else runs on this machine, and close pages`,
    over: 'stomps and lamps are in time again',
  }),
  rule('hot', 'warn', 'Hot', {
    ...above(heat, { comes: -3, ends: -8 }),
    ...{ afterMs: 5 * second, restMs: 10 * second },
    text: ({ machine }) =>
      `the processor has ${Math.round(machine?.temperatureC ?? 0)} degrees, and is made slower at ${machine?.temperatureLimitC}; ${heatAdvice}`,
    over: 'the processor has cooled down',
  }),
  rule('load', 'warn', 'Busy', {
    ...above(({ process }) => process.loadPerCore, { comes: 1.2, ends: 0.9 }),
    ...{ afterMs: 20 * second, restMs: 10 * second },
    text: () => 'more programs want to run than there are cores; end what else runs on this machine',
    over: 'the cores have time to spare again',
  }),
  rule('memory-low', 'warn', 'Low memory', {
    ...below(memoryShare, { comes: 0.08, ends: 0.12 }),
    ...{ afterMs: 10 * second, restMs: 10 * second },
    text: ({ machine }) =>
      `${megabytes(machine?.memoryAvailableBytes ?? 0)} of memory are left; end what else runs, or set a smaller memory.budgetMb`,
    over: 'there is memory to spare again',
  }),
  rule('disk-low', 'warn', 'Low disk', {
    ...below(roomBytes, { comes: 128 * 2 ** 20, ends: 256 * 2 ** 20 }),
    ...{ afterMs: 0, restMs: 5 * second },
    text: (look) =>
      `${megabytes(Math.max(0, roomBytes(look) ?? 0))} are left for new loops on the disk of the sets; delete sets that you need no more, or export them`,
    over: 'there is room for new loops again',
  }),
  rule('disk-worn', 'warn', 'Worn disk', {
    comes: isWorn,
    ...{ afterMs: 0, restMs: minute },
    text: () => 'the chip of the disk says that it is nearly worn out; export the sets, and replace it soon',
    over: 'the disk is another one',
  }),
  rule('clipping', 'warn', 'Too loud', {
    comes: rises(({ sound }) => sound.clippedSamples),
    ...{ afterMs: 0, restMs: 30 * second },
    text: () => 'the sound is too loud, and limited; turn down what goes in, or the click',
    over: 'nothing was too loud for half a minute',
  }),
  rule('page-away', 'warn', 'No page', {
    comes: ({ pageTrouble }) => pageTrouble !== null,
    ...{ afterMs: 0, restMs: 0, follows: true },
    text: ({ pageTrouble }) => `there is no page: ${pageTrouble}`,
    over: 'the page is there',
  }),
  rule('controller-away', 'warn', 'Unplugged', {
    comes: (look) => missed(look).length > 0,
    ...{ afterMs: 0, restMs: 0, follows: true },
    text: (look) => `${missed(look).join(', ')}: unplugged; plug it in again, and it goes on as it was`,
    over: 'no controller is missed any more',
  }),
];
