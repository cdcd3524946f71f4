import { measureEnds, type SoundFact } from '../core/sound/fact.ts';
import type { Frame } from '../core/time/units.ts';

const types = [
  'beat',
  'offbeat',
  'clip',
  'late',
  'gap',
  'interfaceLost',
  'interfaceBack',
  'measureStarted',
  'measureEnded',
  'loopReleased',
  'gridSet',
  'captureStarted',
  'captureDropped',
  'captureFailed',
  'captureCommitted',
  'loopStarted',
  'loopStopped',
  'startTakenBack',
  'stopTakenBack',
  'tooLate',
] as const satisfies readonly SoundFact['type'][];

type FactType = (typeof types)[number];

/** Facts in one block: two for each of 256 tracks and some to spare. What is beyond is counted, never awaited. */
const capacity = 1024;

/**
 * The facts of the blocks since the last drain, kept as numbers: `push` allocates nothing and is realtime-safe,
 * `drain` makes the values and is not.
 */
export class FactQueue {
  /** Facts that found no room. */
  lost = 0;
  #count = 0;
  readonly #types = new Uint8Array(capacity);
  readonly #frames = new Float64Array(capacity);
  readonly #first = new Float64Array(capacity);
  readonly #second = new Float64Array(capacity);

  get size(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === capacity;
  }

  /** `first` and `second` are track and loop id, bar and beat, or what else the type asks for. */
  push(type: FactType, frame: Frame, first = 0, second = 0): void {
    if (this.isFull) {
      this.lost += 1;
      return;
    }
    this.#types[this.#count] = types.indexOf(type);
    this.#frames[this.#count] = frame;
    this.#first[this.#count] = first;
    this.#second[this.#count] = second;
    this.#count += 1;
  }

  /** All facts in the order of their frames; those of one frame in the order in which they were pushed. */
  drain(): SoundFact[] {
    const facts = Array.from({ length: this.#count }, (_, index) => this.#factAt(index));
    this.#count = 0;
    return facts.sort((a, b) => a.frame - b.frame);
  }

  #factAt(index: number): SoundFact {
    const type = types[this.#types[index] ?? 0] ?? 'beat';
    const frame = this.#frames[index] ?? 0;
    const first = this.#first[index] ?? 0;
    const second = this.#second[index] ?? 0;
    switch (type) {
      case 'beat':
        return { type, frame, bar: first, beat: second };
      case 'offbeat':
      case 'clip':
      case 'late':
      case 'interfaceLost':
      case 'interfaceBack':
        return { type, frame };
      case 'gap':
        return { type, frame, frames: first };
      case 'loopReleased':
        return { type, frame, loopId: first };
      case 'measureStarted':
      case 'gridSet':
        return { type, frame, id: first };
      case 'measureEnded':
        return { type, frame, id: first, how: measureEnds[second] ?? 'done' };
      default:
        return { type, frame, track: first, loopId: second };
    }
  }
}
