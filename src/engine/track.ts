import type { Capture } from '../core/sound/command.ts';
import type { Beat, Frame } from '../core/time/units.ts';
import type { Arena } from './arena.ts';
import type { FactQueue } from './fact-queue.ts';
import { Loop } from './loop.ts';
import type { SeamTables } from './seam.ts';
import type { Tape } from './tape.ts';
import { Voice, type VoiceEvents } from './voice.ts';

/** Copied per frame of sound that passes: a two-minute loop is in its own memory after fifteen seconds. */
const copiesPerFrame = 8;

/** One track of the engine: its loop, the voice that plays it, and one that fades out what was thrown away. */
export class EngineTrack {
  readonly #id: number;
  readonly #facts: FactQueue;
  readonly #events: VoiceEvents = { started: 0, stopped: 0 };
  #voice: Voice;
  #fading: Voice;
  #loop: Loop | undefined = undefined;
  #copying = false;
  /** What the track would do next: nothing, or what `takeBack` undoes. */
  #pending: 'nothing' | 'capture' | 'start' | 'stop' = 'nothing';

  constructor(id: number, ramp: Frame, seam: SeamTables, facts: FactQueue) {
    this.#id = id;
    this.#facts = facts;
    this.#voice = new Voice(ramp, seam);
    this.#fading = new Voice(ramp, seam);
  }

  capture(capture: Capture, now: Frame, tape: Tape, arena: Arena): void {
    this.clear(now);
    const loop = Loop.in(arena, capture);
    if (loop === undefined || !loop.reachable(tape)) {
      loop?.free();
      this.#facts.push('captureFailed', now, this.#id, capture.loopId);
      return;
    }
    this.#loop = loop;
    this.#copying = true;
    this.#pending = 'capture';
    this.#say('captureStarted', now);
    this.#voice.start(loop, loop.endBeat, now);
  }

  start(loopId: number, atBeat: Beat, now: Frame): void {
    if (this.#loop?.id !== loopId) return;
    this.#pending = 'start';
    this.#voice.start(this.#loop, atBeat, now);
  }

  stop(loopId: number, atBeat: Beat, now: Frame): void {
    if (this.#loop?.id !== loopId) return;
    this.#pending = 'stop';
    this.#voice.stop(atBeat, now);
  }

  takeBack(loopId: number, now: Frame): void {
    if (this.#loop?.id !== loopId) return;
    switch (this.#pending) {
      case 'capture':
        this.#say('captureDropped', now);
        this.clear(now);
        return;
      case 'start':
        this.#voice.keepSilent();
        this.#say('startTakenBack', now);
        break;
      case 'stop':
        this.#voice.keepOn();
        this.#say('stopTakenBack', now);
        break;
      case 'nothing':
        this.#say('tooLate', now);
        return;
    }
    this.#pending = 'nothing';
  }

  /** Throws the loop away; what sounds of it fades. */
  clear(now: Frame): void {
    if (this.#loop === undefined) return;
    const faded = this.#fading;
    this.#fading = this.#voice;
    this.#voice = faded;
    this.#voice.silence();
    this.#fading.release(now);
    this.#loop = undefined;
    this.#copying = false;
    this.#pending = 'nothing';
  }

  /** Copies and mixes `frames` frames from `frame` on, all of which the tape has. Realtime-safe. */
  mix(bus: Float32Array, frame: Frame, frames: number, tape: Tape): void {
    if (this.#copying) this.#copy(frame, frames, tape);
    this.#fading.mix(bus, frame, frames, tape, this.#events);
    this.#voice.mix(bus, frame, frames, tape, this.#events);
    if (this.#events.started < frame + frames) {
      this.#pending = 'nothing';
      this.#say('loopStarted', this.#events.started);
    }
    if (this.#events.stopped < frame + frames) {
      this.#pending = 'nothing';
      this.#say('loopStopped', this.#events.stopped);
    }
  }

  #copy(frame: Frame, frames: number, tape: Tape): void {
    const loop = this.#loop;
    if (loop === undefined) return;
    if (!loop.reachable(tape)) {
      this.#fail(frame);
      return;
    }
    loop.copyFrom(tape, frames * copiesPerFrame);
    if (!loop.committed) return;
    this.#copying = false;
    this.#say('captureCommitted', frame);
  }

  #fail(now: Frame): void {
    this.#say('captureFailed', now);
    this.clear(now);
  }

  #say(type: Parameters<FactQueue['push']>[0], frame: Frame): void {
    this.#facts.push(type, frame, this.#id, this.#loop?.id ?? 0);
  }
}
