import type { SoundCommand } from '../../core/sound/command.ts';
import type { SoundFact } from '../../core/sound/fact.ts';
import type { Frame, Millis, Rate } from '../../core/time/units.ts';
import type { Engine } from '../../engine/engine.ts';
import type { AudioEngine, LentSound } from '../../ports/audio-engine.ts';
import type { Clock } from '../../ports/clock.ts';
import { LoopMemory } from './loop-memory.ts';
import { tapePiece } from './tape-piece.ts';

/** An engine in this very thread, which is its own clock: offline rendering and tests. Gives out all of the engine's memory of loops. */
export class LocalEngine implements AudioEngine, Clock {
  readonly #engine: Engine;
  readonly #rate: Rate;
  readonly #memory: LoopMemory;
  #listener: (fact: SoundFact) => void = () => undefined;

  constructor(engine: Engine, rate: Rate) {
    this.#engine = engine;
    this.#rate = rate;
    this.#memory = new LoopMemory({
      samples: engine.loopSamples,
      pass: (command, pieces) => engine.apply(command, pieces),
      tell: (fact) => this.#listener(fact),
    });
  }

  send(command: SoundCommand): void {
    this.#memory.send(command);
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

  lend(loopId: number): LentSound | undefined {
    return this.#memory.lend(loopId);
  }

  lendSoon(loopId: number): Promise<LentSound | undefined> {
    return this.#memory.lendSoon(loopId);
  }

  /** The time of the next frame to be processed. */
  now(): Millis {
    return (this.#engine.frame * 1000) / this.#rate;
  }

  /** Tells what has happened since the last call; to be called after each `process`. */
  deliverFacts(): void {
    // Commands that waited for memory may be done on the way, and are answered too.
    while (this.#engine.hasFacts) for (const fact of this.#engine.drainFacts()) this.#memory.hear(fact);
  }
}
