import type { Health, StateView } from '../../protocol/hindsight-v1.ts';
import { duration, megabytes, milliseconds } from '../words/quantities.ts';

type Throttling = NonNullable<NonNullable<Health['machine']>['throttling']>;

export type Figure = {
  readonly name: string;
  readonly value: string;
  /** What it means to whoever plays. */
  readonly hint: string;
  readonly isBad: boolean;
};

const figure = (name: string, value: string | number, hint: string, isBad = false): Figure => ({
  name,
  value: String(value),
  hint,
  isBad,
});

/** What can be heard. Pure. */
export const soundFigures = ({ sound }: Health): readonly Figure[] => [
  figure('Xruns', sound.xruns, `${sound.framesLost} frames lost by the driver`, sound.xruns > 0),
  figure('Late blocks', sound.lateBlocks, 'moments of silence in the output', sound.lateBlocks > 0),
  figure('Clipped', sound.clippedSamples, 'samples above full scale', sound.clippedSamples > 0),
  figure('Interface lost', sound.interfaceLosses, 'times since the start', sound.interfaceLosses > 0),
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const heatHint = (limitC: number | null): string =>
  limitC === null ? 'of the processor' : `slower from ${limitC} °C on`;

const powerOf = ({ underVoltage, throttled, frequencyCapped, softLimit }: Throttling): string => {
  if (underVoltage) return 'low';
  return throttled || frequencyCapped || softLimit ? 'slowed' : 'good';
};

const seenHint = ({ underVoltageSeen, throttledSeen }: Throttling): string => {
  if (underVoltageSeen) return 'was low since it was switched on';
  return throttledSeen ? 'was slower since it was switched on' : 'never low or slower so far';
};

/** What a box tells of its heat and its power, which most PCs do not. */
const machineFigures = (machine: Health['machine']): readonly Figure[] => {
  const { temperatureC = null, temperatureLimitC: limitC = null, throttling = null } = machine ?? {};
  const isHot = temperatureC !== null && limitC !== null && temperatureC >= limitC - 3;
  return [
    ...(temperatureC === null ? [] : [figure('Heat', `${Math.round(temperatureC)} °C`, heatHint(limitC), isHot)]),
    ...(throttling === null
      ? []
      : [figure('Power', powerOf(throttling), seenHint(throttling), powerOf(throttling) !== 'good')]),
  ];
};

const memoryHint = (machine: Health['machine']): string => {
  const free = machine?.memoryAvailableBytes ?? null;
  return free === null ? 'of the whole looper' : `of the whole looper; ${megabytes(free)} free`;
};

/** What may come to be heard. Pure. */
export const boxFigures = (health: Health, rate: number, blockFrames: number): readonly Figure[] => {
  const { sound, disk, clients, engineLoad, machine } = health;
  const blockMs = (blockFrames * 1000) / rate;
  const pages = `${clients.hindsight} here, ${clients.seed} of the old kind, ${clients.listeners} listening`;
  return [
    figure(
      'Worst block',
      milliseconds(sound.worstBlockMs),
      `of ${milliseconds(blockMs)}`,
      sound.worstBlockMs > blockMs,
    ),
    figure('Worst wake-up', milliseconds(sound.worstWakeUpMs), 'after the interface gave a block'),
    figure('Jitter', milliseconds(sound.jitterP99Ms), `99 of 100 blocks; mean ${milliseconds(sound.jitterMs)}`),
    figure('Longest stall', milliseconds(sound.longestStallMs), 'of the sound'),
    figure(
      'Main thread',
      milliseconds(health.eventLoopDelayP99Ms),
      'late, 99 of 100 times',
      health.eventLoopDelayP99Ms > 20,
    ),
    figure(
      'Sound load',
      percent(engineLoad.worst),
      `worst of the last seconds; mean ${percent(engineLoad.mean)}`,
      engineLoad.worst > 1,
    ),
    ...machineFigures(machine),
    figure('Load', `${Math.round(health.loadPerCore * 100)} %`, 'of each core', health.loadPerCore > 0.9),
    figure('Memory', megabytes(health.rssBytes), memoryHint(machine)),
    ...(disk === null
      ? [figure('Disk', 'off', 'no sets are kept', true)]
      : [
          figure(
            'Disk',
            megabytes(disk.freeBytes),
            `free; ${disk.filesWritten} files written`,
            disk.freeBytes < 2 ** 28,
          ),
        ]),
    figure('Collections', sound.collections, `${milliseconds(sound.collectionMs)} in all`),
    figure('Pages', clients.hindsight + clients.seed, pages),
    figure('Up', duration(health.uptimeSeconds), 'since the start'),
  ];
};

/** How much is on tape and in loops, in seconds and as a share. Pure. */
export const memoryShare = ({ memory, rate }: StateView) => ({
  tapeSeconds: memory.tapeFrames / rate,
  usedSeconds: memory.usedFrames / rate,
  budgetSeconds: memory.budgetFrames / rate,
  share: memory.budgetFrames === 0 ? 0 : Math.min(1, memory.usedFrames / memory.budgetFrames),
});
