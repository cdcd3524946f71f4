import type { Beat, Frame } from '../core/time/units.ts';
import type { FactQueue } from './fact-queue.ts';
import type { Loop } from './loop.ts';
import type { Playhead } from './playhead.ts';
import type { Tape } from './tape.ts';
import { type Passes, Voice, type VoiceEvents } from './voice.ts';

/**
 * One voice for what the track plays or is about to play; the others for what still sounds, each for a ramp or until the
 * moment at which it is to go. More than these only a player can bring about who changes his mind within a ramp.
 */
const voiceCount = 4;

const never = Number.POSITIVE_INFINITY;

/** One track of the engine: what it plays, and what fades as that comes. It owns no loop. Realtime-safe: all of it. */
export class EngineTrack {
  readonly #id: number;
  readonly #facts: FactQueue;
  readonly #events: VoiceEvents = { started: 0, stopped: 0 };
  readonly #voices: readonly Voice[];
  /** The only one of which anything is said. */
  #current: Voice | undefined = undefined;
  /** The loop that is played, is about to be, or was played last and not thrown away. */
  #loopId: number | undefined = undefined;
  #isCapture = false;

  constructor(id: number, ramp: Frame, facts: FactQueue) {
    this.#id = id;
    this.#facts = facts;
    this.#voices = Array.from({ length: voiceCount }, () => new Voice(ramp));
  }

  /** Plays a loop that has just been cut, from the frame of its end on. */
  capture(loop: Loop, passes: Passes, fromFrame: Frame, now: Frame): void {
    this.#facts.push('captureStarted', now, this.#id, loop.id);
    this.#play(loop, passes, Math.max(now, fromFrame), now);
    this.#isCapture = true;
  }

  /** Plays a loop from a frame on, or at once where that has passed. What sounds until then falls as the loop rises. */
  start(loop: Loop, passes: Passes, fromFrame: Frame, now: Frame): void {
    const startFrame = Math.max(now, fromFrame);
    // Also what was thrown away and is to sound on for a while: it may be this very loop, which was had back.
    for (const voice of this.#voices) if (voice.loop !== undefined && voice.isSettled) voice.fallBy(startFrame);
    this.#play(loop, passes, startFrame, now);
  }

  #play(loop: Loop, passes: Passes, startFrame: Frame, now: Frame): void {
    this.#makeWay(startFrame, now);
    const voice = this.#idleVoice(now);
    voice.start(loop, passes, startFrame);
    this.#current = voice;
    this.#loopId = loop.id;
    this.#isCapture = false;
  }

  stop(loopId: number, atBeat: Beat, now: Frame): void {
    if (this.#loopId === loopId) this.#current?.stop(atBeat, now);
  }

  /** What was to go as a loop came goes all the same when that loop is taken back. */
  takeBack(loopId: number, now: Frame): void {
    if (this.#loopId !== loopId) return;
    const voice = this.#current;
    if (voice !== undefined && voice.stopFrame !== never) {
      voice.keepOn();
      this.#say('stopTakenBack', now);
    } else if (voice === undefined || voice.sounding) {
      this.#say('tooLate', now);
    } else {
      voice.end(now);
      this.#current = undefined;
      this.#say(this.#isCapture ? 'captureDropped' : 'startTakenBack', now);
    }
  }

  /** Silences all from a frame on, or at once where that has passed. */
  clear(atFrame: Frame, now: Frame): void {
    const from = Math.max(now, atFrame);
    for (const voice of this.#voices) {
      if (voice.loop === undefined) continue;
      if (!voice.sounding && voice.startFrame >= from) {
        voice.end(now);
      } else {
        voice.fallBy(from);
        voice.isSettled = true;
      }
    }
    this.#forget();
  }

  /** Mixes the next `frames` frames, all of which the tape has. */
  mix(bus: Float32Array, playhead: Playhead, frames: number, tape: Tape): void {
    const events = this.#events;
    for (const voice of this.#voices) {
      if (voice.loop?.hasFailed === true) this.#drop(voice, playhead.frame);
      voice.mix(bus, playhead, frames, tape, events);
      if (voice !== this.#current) continue;
      if (events.started < never) this.#say('loopStarted', events.started);
      if (events.stopped < never) {
        this.#current = undefined;
        this.#say('loopStopped', events.stopped);
      }
    }
  }

  /** Has what sounds fall as another loop comes at `startFrame`, in place of one that has not come yet. */
  #makeWay(startFrame: Frame, now: Frame): void {
    const waiting = this.#current?.sounding === false ? this.#current : undefined;
    const moment = waiting?.startFrame;
    waiting?.end(now);
    for (const voice of this.#voices) {
      if (voice.loop === undefined || voice.isSettled) continue;
      if (voice.fallFrame === moment) voice.fallFrom(startFrame);
      else voice.fallBy(startFrame);
    }
  }

  /** A voice to play with: an idle one, or else the one that has the least left to play, which is cut. */
  #idleVoice(now: Frame): Voice {
    const voice = this.#voices.reduce((least, other) => (endOf(other) < endOf(least) ? other : least));
    voice.end(now);
    return voice;
  }

  /** A loop that has failed is not played. It fails in the first block that could copy it, before it is heard: there is nothing to fade. */
  #drop(voice: Voice, now: Frame): void {
    if (voice === this.#current) this.#forget();
    voice.end(now);
  }

  #forget(): void {
    this.#current = undefined;
    this.#loopId = undefined;
  }

  #say(type: Parameters<FactQueue['push']>[0], frame: Frame): void {
    this.#facts.push(type, frame, this.#id, this.#loopId);
  }
}

/** The frame from which a voice is silent: before all others where it is idle. */
const endOf = (voice: Voice): Frame => (voice.loop === undefined ? Number.NEGATIVE_INFINITY : voice.stopFrame);
