import type { SoundCommand } from '../../core/sound/command.ts';
import type { SoundFact } from '../../core/sound/fact.ts';
import type { Frame, Millis, Rate } from '../../core/time/units.ts';
import type { Engine } from '../../engine/engine.ts';
import type { AudioEngine } from '../../ports/audio-engine.ts';
import type { Clock } from '../../ports/clock.ts';
import { tapePiece } from './tape-piece.ts';

/** An engine in this very thread, which is its own clock: offline rendering and tests. */
export class LocalEngine implements AudioEngine, Clock {
  readonly #engine: Engine;
  readonly #rate: Rate;
  #listener: (fact: SoundFact) => void = () => undefined;

  constructor(engine: Engine, rate: Rate) {
    this.#engine = engine;
    this.#rate = rate;
  }

  send(command: SoundCommand): void {
    this.#engine.apply(command);
    this.deliverFacts();
  }

  onFact(listener: (fact: SoundFact) => void): void {
    this.#listener = listener;
  }

  /** Time begins with the first frame and passes as frames do. */
  frameAt(time: Millis): Frame {
    return Math.round((time * this.#rate) / 1000);
  }

  heard(from: Frame, frames: Frame): Float32Array | undefined {
    return tapePiece(this.#engine.tape.samples, this.#engine.frame, from, frames);
  }

  /** The time of the next frame to be processed. */
  now(): Millis {
    return (this.#engine.frame * 1000) / this.#rate;
  }

  /** Tells what has happened since the last call; to be called after each `process`. */
  deliverFacts(): void {
    if (!this.#engine.hasFacts) return;
    for (const fact of this.#engine.drainFacts()) this.#listener(fact);
  }
}
