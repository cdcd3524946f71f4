import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { pieceFrames } from '../../core/sound/span.ts';
import type { Frame } from '../../core/time/units.ts';
import type { LentSound, LoopSound } from '../../ports/audio-engine.ts';

/** Into how many equal parts a loop is drawn. */
export const waveformParts = 256;

/** Frames that are looked at in one go: well below a millisecond of work, so that a stomp never waits for it. */
const sliceFrames = 8192;

/** More loops than are drawn anew at once; the oldest drawing is forgotten first. */
const mostKept = 256;

type Peaks = readonly number[];

/** The highest samples from frame `from` of a loop up to `to`, taken into `peaks` by the parts of `frames` frames that they lie in. */
const look = (
  peaks: Float32Array,
  { samples, pieces }: LoopSound,
  lead: Frame,
  frames: Frame,
  from: Frame,
  to: Frame,
) => {
  for (let frame = from; frame < to; ) {
    const at = frame + lead;
    const part = Math.floor((frame * waveformParts) / frames);
    const endOfPart = Math.ceil(((part + 1) * frames) / waveformParts);
    const endOfPiece = frame + pieceFrames - (at % pieceFrames);
    const end = Math.min(to, endOfPart, endOfPiece);
    const first = (pieces[Math.floor(at / pieceFrames)] ?? 0) * pieceFrames + (at % pieceFrames);
    let peak = peaks[part] ?? 0;
    for (let index = first * 2, last = (first + end - frame) * 2; index < last; index += 1) {
      const loud = Math.abs(samples[index] ?? 0);
      if (loud > peak) peak = loud;
    }
    peaks[part] = peak;
    frame = end;
  }
};

/**
 * The highest sample of each of `waveformParts` equal parts of a loop, 0 to 255, without its lead-in. Looks at the sound a slice at a time, so that
 * stomps get their turn in between.
 */
export const waveformOf = (
  sound: LoopSound,
  leadFrames: Frame,
  scheduler: SchedulerLike = asyncScheduler,
): Promise<Peaks> =>
  new Promise((resolve) => {
    const frames = sound.frames - leadFrames;
    const peaks = new Float32Array(waveformParts);
    const slice = (from: Frame): void => {
      const to = Math.min(frames, from + sliceFrames);
      look(peaks, sound, leadFrames, frames, from, to);
      if (to < frames) scheduler.schedule(() => slice(to));
      else resolve(Array.from(peaks, (peak) => Math.min(255, Math.round(peak * 255))));
    };
    slice(0);
  });

/** How loops look: each is looked at once, however many ask, and one after the other. A loop that is whole never changes. */
export class Waveforms {
  readonly #scheduler: SchedulerLike;
  readonly #kept = new Map<number, Promise<Peaks | undefined>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(scheduler: SchedulerLike = asyncScheduler) {
    this.#scheduler = scheduler;
  }

  /** Of a loop that is whole; `lend` is asked for its sound when its turn comes. Undefined where it is gone by then. */
  of(loopId: number, leadFrames: Frame, lend: () => LentSound | undefined): Promise<Peaks | undefined> {
    const known = this.#kept.get(loopId);
    if (known !== undefined) return known;
    const waveform = this.#last.then(() => this.#draw(leadFrames, lend));
    this.#last = waveform.catch(() => undefined);
    this.#kept.set(loopId, waveform);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return waveform;
  }

  async #draw(leadFrames: Frame, lend: () => LentSound | undefined): Promise<Peaks | undefined> {
    const lent = lend();
    if (lent === undefined) return undefined;
    try {
      return await waveformOf(lent.sound, leadFrames, this.#scheduler);
    } finally {
      lent.giveBack();
    }
  }
}
