import { createHash } from 'node:crypto';
import { LocalEngine } from '../../src/adapters/engine/local-engine.ts';
import type { SessionCommand } from '../../src/core/session/command.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { newSession, type SessionSettings } from '../../src/core/session/state.ts';
import { pieceFrames } from '../../src/core/sound/span.ts';
import type { Frame } from '../../src/core/time/units.ts';
import type { LoopSound } from '../../src/ports/audio-engine.ts';
import type { SetStore } from '../../src/ports/set-store.ts';
import type { Stage } from '../../src/streams/controller.ts';
import { PlayedTime } from '../../src/streams/played-time.ts';
import { Session } from '../../src/streams/session.ts';
import { SetKeeper } from '../../src/streams/set-keeper.ts';
import { SetLibrary } from '../../src/streams/set-library.ts';
import { setWork } from '../../src/streams/set-work.ts';
import { engineFor, settings } from '../engine/rig.ts';
import { type FakeDisk, FakeSetStore, fakeDisk } from '../fakes/fake-set-store.ts';

/** Slow, so that little is to be computed. */
export const rate = 8000;
/** At 120 BPM. */
export const bar = 16_000;
/** Of a loop that was cut. */
export const lead = 200;
/** Of starts and stops. */
export const ramp = 24;

/** Unlike sound on each frame and side, the same in each life. */
export const noise = (frame: Frame, side = 0): number => {
  const mixed = Math.imul((Math.imul(frame * 2 + side, 1664525) + 1013904223) ^ (frame >>> 7), 1664525) >>> 0;
  return Math.fround((mixed / 2 ** 32 - 0.5) * 0.25);
};

export type Wish = Partial<SessionSettings> & {
  readonly disk?: FakeDisk;
  readonly store?: SetStore;
  readonly input?: (frame: Frame, side: number) => number;
  readonly block?: number;
  /** How the set of last time comes back. */
  readonly restore?: 'stopped' | 'playing' | 'nothing';
  /** Nothing is brought back before `begin`. */
  readonly waits?: boolean;
  /** Neither output nor events are remembered, until `ear` is open. */
  readonly deaf?: boolean;
};

/** Promises that are kept at once are, and what hangs on them. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};

/**
 * A looper that keeps its sets: engine, session and streams offline, on a disk in memory that outlives it. A restart is another one
 * on the same disk, whose time begins anew.
 */
export const setRig = async (wish: Wish = {}) => {
  const {
    disk = fakeDisk(),
    input = noise,
    block = 256,
    restore = 'stopped',
    waits = false,
    deaf = false,
    ...changed
  } = wish;
  const state = newSession({
    ...settings,
    ...{ rate, tracks: 3, tapeFrames: rate * 20, budgetFrames: rate * 120 },
    ...changed,
  });
  const engine = engineFor(state);
  const audio = new LocalEngine(engine, state.grid.rate);
  const session = new Session(state, audio, audio);
  const time = new PlayedTime();
  const stage: Stage = { session, audio, clock: audio, scheduler: time.scheduler };
  const store = new FakeSetStore(state.grid.rate, disk);
  const sets = wish.store ?? store;
  const events: SessionEvent[] = [];
  const ear = { isOpen: !deaf };
  session.moments$.subscribe((moment) => {
    if (ear.isOpen) events.push(...moment.events);
  });
  session.run();
  const keeper = new SetKeeper(stage, sets);
  const library = new SetLibrary(stage, sets, keeper);
  /** Brings back what was played last, as far as is wished; gives what is said of that. */
  const begin = async (): Promise<string | undefined> => {
    const { set, failure } = await sets.recover();
    if (set !== undefined && restore === 'nothing') keeper.putAway();
    const said = set !== undefined && restore !== 'nothing' ? library.restore(set, restore === 'playing') : undefined;
    keeper.begin(failure);
    return said;
  };
  const left = waits ? undefined : await begin();
  const output: number[] = [];
  const from = new Float32Array(block * 2);
  const to = new Float32Array(block * 2);
  /** Plays up to a frame, block by block. */
  const until = async (frame: Frame): Promise<void> => {
    await settle();
    while (engine.frame < frame) {
      const frames = Math.min(block, frame - engine.frame);
      for (let at = 0; at < frames * 2; at += 1) from[at] = input(engine.frame + (at >> 1), at & 1);
      engine.process(from, to, frames);
      for (let at = 0; ear.isOpen && at < frames * 2; at += 1) output.push(to[at] ?? 0);
      audio.deliverFacts();
      time.advanceTo(audio.now());
      await settle();
    }
  };
  return {
    ...{ engine, audio, session, store, disk, keeper, library, events, output, ear, until, time, stage, begin },
    /** What was said of the set of last time. */
    left,
    command: (command: SessionCommand): void => session.command(command),
    /** Plays up to a frame, and commands. */
    at: async (frame: Frame, ...commands: SessionCommand[]): Promise<void> => {
      await until(frame);
      for (const command of commands) session.command(command);
    },
    states: (): string[] => session.state.tracks.map((track) => track.state),
    heard: (frame: Frame, side = 0): number => output[frame * 2 + side] ?? Number.NaN,
    told: <Type extends SessionEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<SessionEvent, { type: Type }> => event.type === type),
    /** Asks as the command line does; gives what is said, and at last why it could not be done. */
    ask: async (question: Parameters<typeof setWork>[1]): Promise<readonly string[]> => {
      const lines: string[] = [];
      setWork({ folder: '/sets', stage, store: sets, keeper, library }, question).subscribe({
        next: (line) => lines.push(line),
        error: (error: { code?: unknown }) => lines.push(`failed: ${error.code}`),
        complete: () => lines.push('done'),
      });
      await settle();
      return lines;
    },
    close: async (): Promise<void> => {
      library.close();
      await keeper.close();
      session.close();
      await sets.close();
    },
  };
};

export type SetRig = Awaited<ReturnType<typeof setRig>>;

/** How much memory of loops is free: what one loop could have. The session hears nothing any more. */
export const freeFrames = ({ engine, audio }: SetRig, step = 4096): Frame => {
  let most = 0;
  const id = 1_000_000_000;
  for (let frames = step; frames <= engine.loopSamples.length / 2; frames += step) {
    const failed = { now: false };
    audio.onFact(({ type }) => {
      if (type === 'captureFailed') failed.now = true;
    });
    audio.send({ type: 'hold', track: 1, loopId: id + frames, beats: 4, frames, leadFrames: 0 });
    audio.deliverFacts();
    if (failed.now) return most;
    audio.send({ type: 'release', loopId: id + frames });
    audio.deliverFacts();
    most = frames;
  }
  return most;
};

export const stomp = (track: number) => ({ type: 'stomp', track }) as const;
/** Just behind the first frame of a bar: a stomp means the bar before. */
export const behind = (line: number): number => line * bar + 800;

/** Samples in a few letters. */
export const digest = (samples: Float32Array = new Float32Array()): string =>
  `${samples.length / 2}: ${createHash('sha1').update(samples).digest('hex')}`;
export const soundsOf = ({ disk }: SetRig): readonly string[] =>
  (disk.current?.tracks ?? []).map(({ loop }) => digest(disk.sounds.get(loop.sound)?.samples));
export const tracksOf = ({ disk }: SetRig): readonly number[] => (disk.current?.tracks ?? []).map(({ track }) => track);
/** As it was played, from a frame on. */
export const played = (from: number, frames: number): string =>
  digest(Float32Array.from({ length: frames * 2 }, (_, sample) => noise(from + (sample >> 1), sample & 1)));
export const fails = (code: string): Error => Object.assign(new Error(`it is ${code}`), { code });

/** A looper that plays bar 1 on track 1, which is on disk. */
export const oneLoop = async (wish: Parameters<typeof setRig>[0] = {}): Promise<SetRig> => {
  const rig = await setRig(wish);
  await rig.at(behind(2), stomp(1));
  await rig.until(behind(2) + rate);
  return rig;
};

/** The samples of a loop in memory, lead-in first. */
export const samplesIn = ({ samples, pieces, frames }: LoopSound): Float32Array =>
  Float32Array.from({ length: frames * 2 }, (_, at) => {
    const piece = pieces[Math.floor(at / 2 / pieceFrames)] ?? 0;
    return samples[piece * pieceFrames * 2 + (at % (pieceFrames * 2))] ?? Number.NaN;
  });
