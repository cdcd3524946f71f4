import type { SoundCommand } from '../../src/core/sound/command.ts';
import type { SoundFact } from '../../src/core/sound/fact.ts';
import type { Frame, Millis } from '../../src/core/time/units.ts';
import type { AudioEngine, LentSound } from '../../src/ports/audio-engine.ts';
import type { Clock } from '../../src/ports/clock.ts';

type Answers = {
  readonly [Type in SoundCommand['type']]?: (command: Extract<SoundCommand, { type: Type }>) => SoundFact[];
};

/**
 * An engine that notes what it is asked and says what it is told to say. A command for which no answer is set throws;
 * so does one that comes before anybody listens. It is its own clock, which stands still until it is moved.
 */
export class FakeAudioEngine implements AudioEngine, Clock {
  readonly sent: SoundCommand[] = [];
  /** Milliseconds; 48 frames each. */
  time: Millis = 0;
  readonly #answers: Answers;
  #heard: ((from: Frame, frames: Frame) => Float32Array | undefined) | undefined;
  #lend: (loopId: number) => LentSound | undefined = () => undefined;
  #listener: ((fact: SoundFact) => void) | undefined;

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  send(command: SoundCommand): void {
    if (this.#listener === undefined) throw new Error(`${command.type} was sent before anybody listened`);
    const answer = this.#answers[command.type] as ((command: SoundCommand) => SoundFact[]) | undefined;
    if (answer === undefined) throw new Error(`unexpected: ${JSON.stringify(command)}`);
    this.sent.push(command);
    for (const fact of answer(command)) this.#listener(fact);
  }

  onFact(listener: (fact: SoundFact) => void): void {
    if (this.#listener !== undefined) throw new Error('facts have a listener already');
    this.#listener = listener;
  }

  frameAt(time: Millis): Frame {
    return Math.round(time * 48);
  }

  heard(from: Frame, frames: Frame): Float32Array | undefined {
    return this.#heard?.(from, frames);
  }

  /** Sets what the tape says. */
  setHeard(heard: (from: Frame, frames: Frame) => Float32Array | undefined): void {
    this.#heard = heard;
  }

  lend(loopId: number): LentSound | undefined {
    return this.#lend(loopId);
  }

  lendSoon(loopId: number): Promise<LentSound | undefined> {
    return Promise.resolve(this.#lend(loopId));
  }

  /** Sets what is lent; nothing is, until then. */
  setLent(lend: (loopId: number) => LentSound | undefined): void {
    this.#lend = lend;
  }

  now(): Millis {
    return this.time;
  }

  /** Says that something happened. */
  triggerFact(fact: SoundFact): void {
    if (this.#listener === undefined) throw new Error(`nobody listens to ${fact.type}`);
    this.#listener(fact);
  }
}

const silent = (): SoundFact[] => [];

/** Answers of an engine that takes every command and says nothing of it. */
export const takesAll: Answers = {
  capture: silent,
  cut: silent,
  hold: silent,
  release: silent,
  start: silent,
  stop: silent,
  takeBack: silent,
  clear: silent,
  setGrid: silent,
  setClick: silent,
  measure: silent,
  stopMeasuring: silent,
};
