import { join } from 'node:path';
import { storedSet } from '../adapters/files/sets/stored-sets.ts';
import { WorkerSetStore } from '../adapters/files/sets/worker-set-store.ts';
import { type Config, rates } from '../config/schema.ts';
import { messageOf } from '../core/errors.ts';
import type { Millis } from '../core/time/units.ts';
import type { Logger } from '../ports/logger.ts';
import type { SetStore } from '../ports/set-store.ts';
import type { Stage } from '../streams/controller.ts';
import { SetKeeper } from '../streams/set-keeper.ts';
import { SetLibrary } from '../streams/set-library.ts';
import { type SetsParts, storeText } from '../streams/set-work.ts';
import { storageFailure } from '../streams/storage-failure.ts';
import type { Starts } from './starts.ts';

const bytesPerMb = 2 ** 20;
const msPerHour = 3_600_000;
/** A start takes no time to speak of, but for a division. */
const leastHours = 1 / 3600;

/** Where sets are, below the folder of what is kept from start to start. */
export const setsFolder = (stateFolder: string): string => join(stateFolder, 'sets');

/** Opens the sets of a folder, on a thread of their own. */
export const openSets = (folder: string, { audio, sets }: Config, starts: Starts): SetStore => {
  const store = new WorkerSetStore({ folder, rate: audio.rate, reserveBytes: sets.reserveMb * bytesPerMb });
  starts.add(() => store.close());
  return store;
};

/**
 * Settings for a looper that is started only to do something with the sets of a folder: such that what was played last, perhaps with other settings,
 * is kept as it is, neither converted nor left in part.
 */
export const sparingSettings = (config: Config, folder: string): Config => {
  const { audio, session, sets } = config;
  try {
    const set = storedSet(folder, undefined);
    if (set === undefined) return config;
    const tracks = Math.max(session.tracks, ...set.tracks.map(({ track }) => track));
    return {
      ...config,
      audio: { ...audio, rate: rates.find((rate) => rate === set.rate) ?? audio.rate },
      session: { ...session, tracks },
      sets: { ...sets, restore: 'playing' },
    };
  } catch {
    // Whoever opens the sets says what is wrong with them.
    return config;
  }
};

const tellFigures = async (store: SetStore, since: Millis, stage: Stage, log: Logger): Promise<void> => {
  const hours = Math.max(leastHours, (stage.clock.now() - since) / msPerHour);
  try {
    log.info(`sets: ${storeText(await store.figures(), hours)}`);
  } catch (error) {
    log.warn(`sets: ${messageOf(error)}`);
  }
};

/** Brings back what was played last, or puts it away. */
const bringBack = async ({ store, library, keeper }: SetsParts, config: Config, log: Logger): Promise<void> => {
  const { set, troubles, failure } = await store.recover();
  for (const trouble of troubles) log.warn(`sets: ${trouble}`);
  const { restore } = config.sets;
  if (set !== undefined && restore === 'nothing') keeper.startAnew();
  else if (set !== undefined) {
    const left = library.restore(set, restore === 'playing');
    if (left !== undefined) log.warn(`sets: ${left}`);
  }
  keeper.begin(failure);
};

/**
 * Keeps the sets of a session, and brings back the one of last time before its loops are read. Where that cannot be, the show goes on without, and
 * that is told.
 */
export const startSets = async (
  store: SetStore,
  folder: string,
  config: Config,
  stage: Stage,
  log: Logger,
  starts: Starts,
): Promise<SetsParts | undefined> => {
  try {
    const keeper = new SetKeeper(stage, store);
    const library = new SetLibrary(stage, store, keeper);
    const since = stage.clock.now();
    starts.add(async () => {
      library.close();
      await keeper.close();
      await tellFigures(store, since, stage, log);
    });
    const parts: SetsParts = { folder, stage, store, keeper, library };
    await bringBack(parts, config, log);
    return parts;
  } catch (error) {
    const failure = storageFailure(error);
    log.warn(`sets: ${failure.reason}; nothing is kept in this run`);
    stage.session.report({ type: 'storage', storage: { state: 'trouble', ...failure } });
    return undefined;
  }
};
