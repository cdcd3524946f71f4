import { totalmem } from 'node:os';
import { engineOptions } from '../adapters/engine/engine-options.ts';
import { WorkerEngine } from '../adapters/engine/worker-engine.ts';
import { createAppend } from '../adapters/files/append-lines.ts';
import { keyboardHelp, type Terminal } from '../adapters/keyboard/keyboard-port.ts';
import { complaints } from '../adapters/log/complaints.ts';
import { eventLines } from '../adapters/log/event-lines.ts';
import { createLogger } from '../adapters/log/pino-logger.ts';
import { RtMidiWatch } from '../adapters/midi/rtmidi-watch.ts';
import type { Config } from '../config/schema.ts';
import { sessionSettings } from '../config/session-settings.ts';
import type { Profile } from '../core/controller/profile.ts';
import { messageOf, UserError } from '../core/errors.ts';
import { newSession } from '../core/session/state.ts';
import { bytesPerFrame } from '../core/sound/span.ts';
import { monotonicNow } from '../engine/monotonic.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { Logger } from '../ports/logger.ts';
import { Session } from '../streams/session.ts';
import { startShow } from '../streams/show.ts';
import { keyboardController, midiControllers } from './controllers.ts';
import { chooseRig, type RigWish } from './rig.ts';
import { Starts } from './starts.ts';

export type LiveRequest = {
  readonly config: Config;
  readonly profiles: readonly Profile[];
  readonly rig: RigWish;
  /** A WAV that the simulated rig plays. */
  readonly play: string | undefined;
  /** Where the events of the show go. */
  readonly events: string | undefined;
  /** With a terminal the keyboard is a controller. */
  readonly terminal: Terminal | undefined;
  readonly onQuit: () => void;
  /** The sound is lost for good. */
  readonly onLost: () => void;
};

/** A looper that can be played. */
export type Live = { readonly session: Session; stop(): Promise<void> };

const clock: Clock = { now: monotonicNow };

const eventFile = (path: string | undefined, starts: Starts): readonly EventLog[] => {
  if (path === undefined) return [];
  const lines = createAppend(path);
  starts.add(lines.close);
  return [eventLines(lines.write)];
};

const megabytes = (frames: number): string => `${Math.round((frames * bytesPerFrame) / 2 ** 20)} MB`;

/** A budget that the machine has not is refused: a quarter of its memory is the system's and the program's. */
const checkMemory = ({ memory }: Config): void => {
  const most = Math.floor((totalmem() * 3) / 4 / 2 ** 20);
  if (memory.budgetMb <= most) return;
  throw new UserError(
    'memory-unavailable',
    `memory.budgetMb: ${memory.budgetMb} MB cannot be had on this machine; write at most ${most}`,
  );
};

/** Starts the looper, piece by piece; resolves once it can be played. What had started when one fails is stopped again. */
export const composeLive = async (request: LiveRequest): Promise<Live> => {
  checkMemory(request.config);
  const starts = new Starts();
  try {
    const log = await createLogger(request.config.log.level);
    const session = await start(request, log, starts);
    const stop = async (): Promise<void> => {
      await starts.stop();
      log.info('stopped');
    };
    return { session, stop };
  } catch (error) {
    await starts.stop();
    throw error;
  }
};

const start = async (request: LiveRequest, log: Logger, starts: Starts): Promise<Session> => {
  const { config, profiles, terminal } = request;
  const rig = chooseRig(config, request.rig, request.play, log.warn);
  const initial = newSession(sessionSettings(config, config.audio.rate));
  const logs = [complaints(log, config.audio.rate), ...eventFile(request.events, starts)];

  const audio = await WorkerEngine.start(engineOptions(initial, rig.channels), rig.device);
  starts.add(() => audio.stop());
  audio.onFailed((reason) => {
    log.error(`sound: lost (${reason})`);
    request.onLost();
  });
  log.info(`sound: ${rig.title}; ${config.audio.rate} Hz, ${config.audio.blockFrames} frames a block`);
  log.info(
    `memory: tape ${config.tape.seconds} s = ${megabytes(initial.tapeFrames)}, loops up to ${megabytes(initial.budgetFrames)}`,
  );

  const session = new Session(initial, audio, clock);
  const midi = midiControllers(config, profiles, clock);
  const keyboard = terminal && keyboardController(config, profiles, terminal, clock, request.onQuit);
  const watch = new RtMidiWatch(
    midi.map(({ port }) => port),
    log,
  );
  starts.add(() => watch.close());
  if (keyboard !== undefined) starts.add(() => keyboard.port.close());
  starts.add(
    startShow(session, [...(keyboard ? [keyboard] : []), ...midi], audio, clock, logs, (error) =>
      log.error(`events: ${messageOf(error)}; no more are written, the show goes on`),
    ),
  );
  if (keyboard !== undefined) log.info(keyboardHelp);
  keyboard?.port.open();
  await watch.open();
  log.info(
    `ready: ${session.bpm} BPM, ${initial.grid.beatsPerBar} beats a bar, ${initial.bars} bars a stomp, ${initial.tracks.length} tracks`,
  );
  return session;
};
