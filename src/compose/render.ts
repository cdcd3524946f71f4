import { engineOptions, stereo } from '../adapters/engine/engine-options.ts';
import { LocalEngine } from '../adapters/engine/local-engine.ts';
import { createLines } from '../adapters/files/atomic-text.ts';
import { refuseSameFiles } from '../adapters/files/distinct.ts';
import { readMidiFile } from '../adapters/files/midi-reader.ts';
import { openWav } from '../adapters/files/wav-reader.ts';
import { createWav } from '../adapters/files/wav-writer.ts';
import { eventLines } from '../adapters/log/event-lines.ts';
import { ScriptedPort } from '../adapters/midi/scripted-port.ts';
import type { LoadedProfiles } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import { sessionSettings } from '../config/session-settings.ts';
import type { Pace } from '../core/controller/profile.ts';
import { newSession } from '../core/session/state.ts';
import type { Frame, Millis } from '../core/time/units.ts';
import { OfflineDevice } from '../engine/devices/offline.ts';
import { Engine } from '../engine/engine.ts';
import { PlayedTime } from '../streams/played-time.ts';
import { Session } from '../streams/session.ts';
import { Show } from '../streams/show.ts';
import { type ProfileSource, profileNamed } from './profiles.ts';
import { Starts } from './starts.ts';

export type RenderRequest = {
  readonly config: Config;
  readonly source: ProfileSource;
  /** Told of profiles that were left out for their mistakes. */
  readonly onLeftOut: (loaded: LoadedProfiles) => void;
  readonly input: string;
  readonly midi: string;
  readonly output: string;
  readonly events: string | undefined;
  /** Where the config came from, so that it is not written over. */
  readonly configFile: string | undefined;
  readonly blockFrames: number;
  /** Instead of the config's. */
  readonly latencyFrames: Frame | undefined;
};

/** No device is there that could be told too much at once. */
const unhurried: Pace = { bytesPerSecond: 1e9, burstBytes: 1e9, gapMs: 0, kindGapMs: 0 };

/** A show from files, to be played on step by step. */
export type Render = {
  readonly frames: Frame;
  /** Plays up to a frame, acting on the stomps on the way. */
  advanceTo(frame: Frame): void;
  /** Puts the files in place. */
  commit(): void;
  /** Lets go of all; without a `commit` nothing is left behind. */
  close(): Promise<void>;
};

/** Opens the files of a show. Throws `UserError` for what is wrong with them, before anything is written in their place. */
export const composeRender = async (request: RenderRequest): Promise<Render> => {
  const starts = new Starts();
  try {
    return open(request, starts);
  } catch (error) {
    await starts.stop();
    throw error;
  }
};

const open = (request: RenderRequest, starts: Starts): Render => {
  const { config, blockFrames } = request;
  refuseSameFiles(
    new Map([['--output', request.output], ...(request.events ? [['--events', request.events] as const] : [])]),
    new Map([
      ['--input', request.input],
      ['--midi', request.midi],
      ...(request.configFile ? [['--config', request.configFile] as const] : []),
    ]),
  );
  const wav = openWav(request.input);
  starts.add(wav.close);
  const stomps = readMidiFile(request.midi).map(({ seconds, bytes }) => ({
    frame: Math.round(seconds * wav.rate),
    bytes,
  }));
  const name = config.midi.controllers[0]?.profile ?? 'generic';
  const loaded = request.source.load([name]);
  const profile = profileNamed(loaded, name);
  request.onLeftOut(loaded);
  const output = createWav(request.output, wav.rate);
  starts.add(output.abort);
  const lines = request.events === undefined ? undefined : createLines(request.events);
  if (lines !== undefined) starts.add(lines.abort);

  const settings = sessionSettings(config, wav.rate);
  const latencyFrames = request.latencyFrames ?? settings.latencyFrames;
  // Nobody hears a render: a stomp is at its own place in the file.
  const initial = newSession({ ...settings, latencyFrames, output: { share: 0, lessFrames: 0 } });
  const engine = new Engine(engineOptions(initial, stereo));
  const audio = new LocalEngine(engine, wav.rate);
  const session = new Session(initial, audio, audio);
  const time = new PlayedTime();
  const port = new ScriptedPort(profile.name);
  let failure: unknown;
  const logs = lines ? [eventLines(lines.write)] : [];
  const show = new Show({ session, audio, clock: audio, scheduler: time.scheduler }, logs, (error) => {
    failure = error;
  });
  show.join({ profile: { ...profile, pace: unhurried }, port });
  port.open();

  const device = new OfflineDevice(blockFrames, wav.read, output.write);
  void device.open((from, to, frames) => {
    engine.process(from, to, frames);
    audio.deliverFacts();
  });

  const frameOf = (ms: Millis): Frame => Math.round((ms * wav.rate) / 1000);
  /** Sound and time go on together, so that a hold is at the same frame on every run. */
  const playTo = (frame: Frame): void => {
    for (let at = time.nextAt; at !== undefined && frameOf(at) < frame; at = time.nextAt) {
      device.advanceTo(frameOf(at));
      time.advanceTo(at);
    }
    device.advanceTo(frame);
    time.advanceTo((frame * 1000) / wav.rate);
  };
  let next = 0;
  return {
    frames: wav.frames,
    advanceTo: (frame) => {
      for (let stomp = stomps[next]; stomp !== undefined && stomp.frame < frame; stomp = stomps[next]) {
        playTo(stomp.frame);
        port.play({ bytes: stomp.bytes, time: (stomp.frame * 1000) / wav.rate });
        next += 1;
      }
      playTo(frame);
      if (failure !== undefined) throw failure;
    },
    commit: () => {
      output.commit();
      lines?.commit();
    },
    close: () => starts.stop(),
  };
};
