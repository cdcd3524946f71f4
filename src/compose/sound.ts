import { engineOptions } from '../adapters/engine/engine-options.ts';
import { Keeper } from '../adapters/engine/keeper.ts';
import { WorkerEngine } from '../adapters/engine/worker-engine.ts';
import type { Config } from '../config/schema.ts';
import type { SessionState } from '../core/session/state.ts';
import { figuresText } from '../core/sound/figures.ts';
import { bytesPerFrame } from '../core/sound/span.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Session } from '../streams/session.ts';
import type { Latencies } from './latency.ts';
import { inRealTime } from './real-time.ts';
import { type Rig, type RigSearch, type RigWish, searchRig } from './rig.ts';
import type { Starts } from './starts.ts';

export type SoundRequest = {
  readonly config: Config;
  readonly rig: RigWish;
  /** The sound's own thread is lost, and all loops with it. */
  readonly onLost: () => void;
};

/** The engine in its worker, without a device yet, and a way to look for one. */
export type Sound = { readonly audio: WorkerEngine; readonly search: RigSearch };

const megabytes = (frames: number): string => `${Math.round((frames * bytesPerFrame) / 2 ** 20)} MB`;

export const startSound = async (
  { config, rig, onLost }: SoundRequest,
  initial: SessionState,
  clock: Clock,
  log: Logger,
  starts: Starts,
): Promise<Sound> => {
  const search = searchRig(config, rig, clock, log.warn);
  const starting = WorkerEngine.start(engineOptions(initial, search.channels), config.audio);
  // The device is looked for meanwhile. What is not there yet is waited for; a mistake in the settings ends the start.
  const [looked] = await Promise.allSettled([search.look(), starting]);
  const audio = await starting;
  if (looked.status === 'rejected') {
    await audio.stop();
    throw looked.reason;
  }
  starts.add(async () => {
    log.info(figuresText(audio.figures()));
    await audio.stop();
  });
  audio.onFailed((reason) => {
    log.error(`sound: lost (${reason})`);
    onLost();
  });
  const [tape, loops] = [megabytes(initial.tapeFrames), megabytes(initial.budgetFrames)];
  const minutes = (initial.budgetFrames / initial.grid.rate / 60).toFixed(1);
  log.info(
    `memory: ${config.memory.budgetMb} MB: the tape of ${config.tape.seconds} s takes ${tape}, loops and undo ${loops} = ${minutes} minutes`,
  );
  return { audio, search };
};

/** What is known of the latency on a rig that begins to play. */
const recall = ({ audio }: Config, session: Session, latencies: Latencies, rig: Rig, log: Logger): void => {
  const known = latencies.playsOn(rig);
  if (audio.latencyFrames !== null) {
    log.info(
      `latency: ${session.state.latencyFrames} frames, ${session.state.latencySource}; audio.latencyFrames is set`,
    );
  } else if (known !== undefined) {
    session.report({ type: 'latencyKnown', frames: known.frames, source: known.source });
    log.info(`latency: ${known.frames} frames, ${known.source} on ${known.at}`);
  } else if (rig.device.kind !== 'simulated') {
    log.warn('latency: not measured for this interface; hindsight calibrate does it');
  }
};

/** Opens the device, or waits for it while the looper can be played already. Gives what tells what it waits for. */
export const startDevice = async (
  { audio, search }: Sound,
  config: Config,
  session: Session,
  latencies: Latencies,
  log: Logger,
  starts: Starts,
  onRig: (title: string) => void,
): Promise<() => string | undefined> => {
  const { rate, blockFrames, queueBlocks } = config.audio;
  const onThreads = inRealTime(audio, log);
  const onFlowing = (rig: Rig, threads: readonly number[]): void => {
    onRig(rig.title);
    onThreads(threads);
    log.info(`sound: ${rig.title}; ${rate} Hz, ${blockFrames} frames a block, ${queueBlocks} written ahead`);
    recall(config, session, latencies, rig, log);
  };
  const keeper = new Keeper({ engine: audio, look: search.look, log, onFlowing });
  starts.add(() => keeper.close());
  await keeper.start();
  return () => keeper.waitsFor;
};
