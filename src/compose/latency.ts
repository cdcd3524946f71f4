import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkerAnalyst } from '../adapters/calibration/analyst.ts';
import { LatencyFile } from '../adapters/files/latency-store.ts';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../core/errors.ts';
import type { KeptLatency, RigKey } from '../ports/latency-store.ts';
import type { Logger } from '../ports/logger.ts';
import { type CalibrationPicture, CalibrationWatch, type NewLatency } from '../streams/calibration.ts';
import type { Stage } from '../streams/controller.ts';
import type { Rig } from './rig.ts';

/** The latencies of the rigs, from start to start. */
export type Latencies = {
  /** A rig plays from now on: what is known of it. What was set before any rig played belongs to it. */
  playsOn(rig: Rig): KeptLatency | undefined;
  /** Keeps a latency of the rig that plays. */
  keep(latency: NewLatency): void;
};

const keyOf = ({ audio }: Config, { identity }: Rig): RigKey => ({
  ...identity,
  rate: audio.rate,
  blockFrames: audio.blockFrames,
  queueBlocks: audio.queueBlocks,
  inputChannels: audio.inputChannels,
  outputChannels: audio.outputChannels,
});

/** The player's word in the settings goes before what is kept, and is not kept: it stands there already. */
export const latenciesIn = (folder: string, config: Config, warn: (text: string) => void): Latencies => {
  const store = new LatencyFile(join(folder, 'latency.json'), warn);
  let key: RigKey | undefined;
  let unkept: NewLatency | undefined;
  const keep = (latency: NewLatency): void => {
    if (key === undefined) {
      unkept = latency;
      return;
    }
    // For people: which of two holds is a matter of their order.
    store.keep(key, { ...latency, at: new Date().toISOString() });
    const { latencyFrames } = config.audio;
    if (latencyFrames === null) return;
    warn(`latency: audio.latencyFrames says ${latencyFrames}, which holds again at the next start; remove it there`);
  };
  return {
    playsOn: (rig) => {
      key = keyOf(config, rig);
      if (unkept !== undefined) keep(unkept);
      unkept = undefined;
      return store.load(key);
    },
    keep,
  };
};

/** Written aside, so that it is whole; a power cut may take it, since nothing depends on it. */
const writeWhole = async (path: string, content: string | Uint8Array): Promise<void> => {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
};

const pictureIn = (folder: string): string => join(folder, 'calibration.svg');

/** The picture of the last measurement, whichever start it was in; undefined where there is none. */
export const lastPictureIn = (folder: string): { readonly svg: string } | undefined => {
  try {
    return { svg: readFileSync(pictureIn(folder), 'utf8') };
  } catch {
    return undefined;
  }
};

/** The last measurement is there to be looked at, as SVG and PNG. */
const keepPicture = async (
  folder: string,
  { svg, png }: CalibrationPicture,
  log: Logger,
): Promise<string | undefined> => {
  const path = pictureIn(folder);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(path, svg);
    await writeWhole(join(folder, 'calibration.png'), png);
    return path;
  } catch (error) {
    log.warn(`calibration: its picture cannot be kept: ${messageOf(error)}`);
    return undefined;
  }
};

export const calibrationOn = (stage: Stage, latencies: Latencies, folder: string, log: Logger): CalibrationWatch =>
  new CalibrationWatch(stage, {
    analyst: new WorkerAnalyst(),
    onPicture: (picture) => keepPicture(folder, picture, log),
    onLatency: (latency) => latencies.keep(latency),
    onFailed: (error) => log.error(`calibration: ${messageOf(error)}`),
  });
