import { totalmem } from 'node:os';
import { openBackstage } from '../adapters/backstage/server.ts';
import type { WorkerEngine } from '../adapters/engine/worker-engine.ts';
import { createAppend } from '../adapters/files/append-lines.ts';
import { keyboardHelp, type Terminal } from '../adapters/keyboard/keyboard-port.ts';
import { complaints } from '../adapters/log/complaints.ts';
import { eventLines } from '../adapters/log/event-lines.ts';
import { createLogger } from '../adapters/log/pino-logger.ts';
import { mistakeText } from '../config/mistake.ts';
import type { LoadedProfiles } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import { sessionSettings } from '../config/session-settings.ts';
import { messageOf } from '../core/errors.ts';
import { newSession } from '../core/session/state.ts';
import type { Figures } from '../core/sound/figures.ts';
import { monotonicNow } from '../engine/monotonic.ts';
import type { Backstage } from '../ports/backstage.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Status } from '../ports/status.ts';
import { ShowBackstage } from '../streams/backstage.ts';
import type { CalibrationWatch } from '../streams/calibration.ts';
import type { SeatedController, Stage } from '../streams/controller.ts';
import { withFigures } from '../streams/figure-notices.ts';
import { Service } from '../streams/service.ts';
import { Session } from '../streams/session.ts';
import type { SetsParts } from '../streams/set-work.ts';
import { Show } from '../streams/show.ts';
import { checkMemory } from './check-memory.ts';
import { keyboardController } from './controllers.ts';
import { HealthDesk } from './health.ts';
import { calibrationOn, latenciesIn } from './latency.ts';
import { midiOn } from './midi.ts';
import { startPins } from './pins.ts';
import type { ProfileSource } from './profiles.ts';

import { openSets, setsFolder, startSets } from './sets.ts';
import { type SoundRequest, startDevice, startSound } from './sound.ts';
import { Starts } from './starts.ts';
import type { WebParts } from './web.ts';

export type LiveRequest = SoundRequest & {
  readonly source: ProfileSource;
  /** What is found out and kept from start to start. */
  readonly stateFolder: string;
  /** Whether controllers are joined; the keyboard of a terminal is in any case. */
  readonly takesControllers: boolean;
  /** Whether what is played is kept there, and that of last time comes back. */
  readonly keepsSets: boolean;
  /** Whether front ends can reach it, as the settings say. */
  readonly servesFrontEnds: boolean;
  /** Where the events of the show go. */
  readonly events: string | undefined;
  /** Who else is told of them. */
  readonly witness?: EventLog | undefined;
  /** With a terminal the keyboard is a controller. */
  readonly terminal: Terminal | undefined;
  /** Where tools reach the looper; without it they do not. */
  readonly backstagePath: string | undefined;
  /** Who looks after the looper, and is told how it fares. */
  readonly notifier?: Notifier | undefined;
  readonly onQuit: () => void;
};

/** A looper that can be played. */
export type Live = { readonly backstage: Backstage; stop(): Promise<void> };

const clock: Clock = { now: monotonicNow };

const eventFile = (path: string | undefined, starts: Starts): readonly EventLog[] => {
  if (path === undefined) return [];
  const lines = createAppend(path);
  starts.add(lines.close);
  return [eventLines(lines.write)];
};

/** Starts the looper, piece by piece; resolves once it can be played. What had started when one fails is stopped again. */
export const composeLive = async (request: LiveRequest): Promise<Live> => {
  checkMemory(request.config, totalmem());
  const starts = new Starts();
  try {
    const log = await createLogger(request.config.log.level);
    const backstage = await start(request, log, starts);
    const stop = async (): Promise<void> => {
      request.notifier?.stopping();
      await starts.stop();
      log.info('stopped');
    };
    return { backstage, stop };
  } catch (error) {
    await starts.stop();
    throw error;
  }
};

const start = async (request: LiveRequest, log: Logger, starts: Starts): Promise<Backstage> => {
  const { config } = request;
  const initial = newSession(sessionSettings(config, config.audio.rate));
  const witnesses = request.witness === undefined ? [] : [request.witness];
  const logs = [complaints(log, config.audio.rate), ...eventFile(request.events, starts), ...witnesses];
  const starting = startSound(request, initial, clock, log, starts);
  // The worker starts meanwhile. Whoever awaits it first is told how it went.
  starting.catch(() => undefined);
  // Its thread starts meanwhile, too, and ends also where the sound cannot be had.
  const folder = setsFolder(request.stateFolder);
  const store = request.keepsSets ? openSets(folder, config, starts) : undefined;
  const loaded = loadProfiles(config, request.source, log);
  const sound = await starting;
  const { audio } = sound;
  const session = new Session(initial, audio, clock);
  const stage = { session, audio, clock };
  const show = new Show(stage, logs, (error) =>
    log.error(`events: ${messageOf(error)}; no more are written, the show goes on`),
  );
  const warn = (text: string): void => {
    log.warn(text);
    calibration.notes$.next(text);
  };
  const latencies = latenciesIn(request.stateFolder, config, warn);
  const calibration = calibrationOn(stage, latencies, request.stateFolder, { ...log, warn });
  starts.add(() => calibration.close());
  const sets = store && (await startSets(store, folder, config, stage, log, starts));
  const rig: { title: string | null } = { title: null };
  const onRig = (title: string): void => {
    rig.title = title;
  };
  const waitsFor = await startDevice(sound, config, session, latencies, log, starts, onRig);
  const figures = () => audio.figures();
  const midi = midiOn(config, loaded.profiles, request.source, stage, show, log);
  const seats = () => midi.watch.seats().map((seat) => ({ ...seat, input: seat.inputs[0] ?? seat.device }));
  const desk = new HealthDesk({
    ...{ config, stage, sets, figures, stateFolder: request.stateFolder },
    ...{ interfaceTitle: () => rig.title, controllers: () => [...seats(), ...show.seats] },
  });
  starts.add(() => desk.close());
  const playing = { stage, show, calibration, sets, midi, seats, figures, status: () => desk.status() };
  const backstage = await startControllers(request, loaded, playing, log, starts);
  log.info(
    `ready: ${session.bpm} BPM, ${initial.grid.beatsPerBar} beats a bar, ${initial.bars} bars a stomp, ${initial.tracks.length} tracks`,
  );
  const interfaceTitle = () => rig.title;
  await attend(request, { ...playing, audio, loaded, backstage, desk, waitsFor, interfaceTitle }, log, starts);
  // The first thing to be done at the end, while word of the engine is still heard.
  if (sets !== undefined) starts.add(() => sets.keeper.whole());
  return backstage;
};

/** A looper that can be played, for those who look after it or look at it. */
type Played = Playing & {
  readonly audio: WorkerEngine;
  readonly loaded: LoadedProfiles;
  readonly backstage: Backstage;
  readonly desk: HealthDesk;
  readonly waitsFor: () => string | undefined;
  readonly interfaceTitle: () => string | null;
};

/** What comes after all that plays: who looks after it is told, and front ends, pins and displays come in. */
const attend = async (request: LiveRequest, played: Played, log: Logger, starts: Starts): Promise<void> => {
  const { config, notifier, takesControllers, servesFrontEnds, stateFolder } = request;
  const { stage, audio, show, calibration, sets, loaded, backstage, desk, waitsFor, interfaceTitle } = played;
  const { session } = stage;
  if (notifier !== undefined) {
    const status = () => ({
      set: session.state.setName,
      loops: session.state.tracks.filter(({ state }) => state !== 'EMPTY').length,
      interface: interfaceTitle() ?? undefined,
      waitsFor: waitsFor(),
      controllers: desk.controllers(),
      warnings: desk.warnings(),
    });
    const service = new Service(notifier, { frame: () => audio.frame, status });
    starts.add(() => service.close());
    service.ready();
  }
  if (takesControllers) await startPins({ config, loaded, stage, show, log }, starts);
  // What is started only for a piece of work is not looked after.
  if (servesFrontEnds) desk.watch.begin();
  if (servesFrontEnds && config.web.enabled) {
    const front = {
      ...{ stage, sets, backstage, desk, pictures$: calibration.pictures$, window: audio },
      ...{ joined: () => show.controllers, interfaceTitle, config, stateFolder, log },
    };
    await startWeb(front, starts);
  }
};

/** It is read after all that plays, and nobody waits for it. A mistake in it does not end the show. */
const startWeb = async (front: WebParts, starts: Starts): Promise<void> => {
  try {
    const { FrontDoor } = await import('./web.ts');
    const door = new FrontDoor(front);
    starts.add(() => door.close());
    door.open();
  } catch (error) {
    front.log.warn(`web: ${messageOf(error)}; the show goes on without a page`);
    front.desk.pageTrouble = messageOf(error);
  }
};

/** A profile with mistakes is left out; the others work. */
const loadProfiles = ({ midi }: Config, source: ProfileSource, log: Logger): LoadedProfiles => {
  const loaded = source.load();
  const { profiles, mistakes } = loaded;
  for (const mistake of mistakes) log.warn(`profile left out: ${mistakeText(mistake)}`);
  for (const { profile: name } of midi.controllers) {
    if (profiles.some(({ profile }) => profile.name === name)) continue;
    log.warn(`midi.controllers: ${name} is left out, since its profile has mistakes; mend them and start again`);
  }
  return loaded;
};

/** What controllers are joined to, and what tells of itself backstage. */
type Playing = {
  readonly stage: Stage;
  readonly show: Show;
  readonly calibration: CalibrationWatch;
  readonly sets: SetsParts | undefined;
  readonly midi: ReturnType<typeof midiOn>;
  /** The controllers on the sequencer. */
  readonly seats: () => readonly SeatedController[];
  readonly figures: () => Figures;
  readonly status: () => Status;
};

const startControllers = async (
  { takesControllers, terminal, backstagePath, onQuit }: LiveRequest,
  loaded: LoadedProfiles,
  { stage, show, calibration, sets, midi, seats, figures, status }: Playing,
  log: Logger,
  starts: Starts,
): Promise<Backstage> => {
  const { watch, notices$: ofMidi, keep } = midi;
  const notices$ = withFigures(ofMidi, figures);
  const { notes$ } = calibration;
  const keyboard = terminal && keyboardController(loaded, terminal, stage.clock, onQuit);
  starts.add(() => watch.close());
  if (keyboard !== undefined) starts.add(() => keyboard.port.close());
  // Ends before the ports do, and after the show: slaves of the clock are told to stop once nothing plays.
  const notices = notices$.subscribe(({ text, level }) => log[level](text));
  starts.add(() => notices.unsubscribe());
  starts.add(() => show.close());
  if (keyboard !== undefined) {
    show.join(keyboard);
    log.info(keyboardHelp);
    keyboard.port.open();
  }
  const backstage = new ShowBackstage({
    show,
    session: stage.session,
    clock: stage.clock,
    seats,
    keep,
    notices$,
    notes$,
    sets,
    status,
  });
  show.learn$.subscribe((controller) =>
    backstage.learn(controller.name, {
      line: (line) => log.info(`learn: ${line}`),
      end: (failure) => failure !== undefined && log.warn(`learn: ${failure}`),
    }),
  );
  if (backstagePath !== undefined) starts.add(await openBackstage(backstage, backstagePath, log));
  if (takesControllers) await watch.open();
  return backstage;
};
