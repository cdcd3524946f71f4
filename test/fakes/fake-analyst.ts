import type { Measurement } from '../../src/core/calibration/measurement.ts';
import type { Analyst } from '../../src/ports/analyst.ts';

type Recording = Parameters<Analyst['analyse']>[0];
type Analysis = Awaited<ReturnType<Analyst['analyse']>>;

/** An analyst that notes what it gets and says nothing before it is told to. One that is asked after its end throws. */
export class FakeAnalyst implements Analyst {
  readonly recordings: Recording[] = [];
  isClosed = false;
  readonly #waiting: { resolve(analysis: Analysis): void; reject(reason: unknown): void }[] = [];

  analyse(recording: Recording): Promise<Analysis> {
    if (this.isClosed) throw new Error('the analyst has been closed');
    this.recordings.push(recording);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** Says what the oldest recording that is still looked at is; resolves once it has been heard. */
  triggerResult(measurement: Measurement, svg = '<svg/>', png = new Uint8Array([1])): Promise<void> {
    this.#next().resolve({ measurement, svg, png });
    return heard();
  }

  /** Breaks on the oldest recording that is still looked at. */
  triggerBreak(reason: unknown): Promise<void> {
    this.#next().reject(reason);
    return heard();
  }

  #next() {
    const next = this.#waiting.shift();
    if (next === undefined) throw new Error('nothing is being looked at');
    return next;
  }
}

/** All that follows from what is settled has happened. */
const heard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
