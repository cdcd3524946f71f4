import type { Behaviour } from '../../core/controller/colour.ts';
import { isLit } from '../../core/lamps/pattern.ts';
import type { StateView, TrackPicture } from '../../protocol/hindsight-v1.ts';
import type { Moment } from '../time/moment.ts';
import { goingOf } from '../time/pass.ts';
import { Runner, ringParts, slideParts } from '../time/runner.ts';
import { padLabel, unitWord } from '../words/track-words.ts';

/** The parts of a pad that move. */
export type PadParts = {
  readonly pad: HTMLElement;
  readonly button: HTMLElement;
  readonly right: HTMLElement;
  readonly left: HTMLElement;
  readonly count: HTMLElement;
  readonly unit: HTMLElement;
  readonly playhead: HTMLElement;
};

export const areDrawn = (parts: { readonly [Part in keyof PadParts]: HTMLElement | null }): parts is PadParts =>
  Object.values(parts).every((part) => part !== null);

type Now = { readonly nowMs: number; readonly isCalm: boolean };

/** As the lamps of controllers do: states differ in rhythm as well as in colour. */
const rhythms: Readonly<Record<TrackPicture['state'], Behaviour>> = {
  EMPTY: 'steady',
  TRIGGERED: 'blink',
  RECORDING: 'pulse',
  PLAYING: 'steady',
  STOPPING: 'wink',
  STOPPED: 'steady',
};

const lamp = (track: TrackPicture, moment: Moment, isCalm: boolean): boolean => {
  if (isCalm) return true;
  const { position, lit, grid } = moment;
  return isLit(rhythms[track.state], { bar: position.bar, beat: position.beatInBar, lit }, grid.beatsPerBar);
};

/** What was written last: writing the same again costs a layout that nobody sees. */
type Shown = { count: string; unit: string; lit: boolean | undefined; isHeard: boolean; label: string };

/** Paints a pad at each half beat, and touches only what has changed; what moves in between moves by itself. */
export class PadPainter {
  readonly #parts: PadParts;
  readonly #ring: Runner;
  readonly #playhead: Runner;
  readonly #shown: Shown = { count: '', unit: '', lit: undefined, isHeard: false, label: '' };

  constructor(parts: PadParts) {
    this.#parts = parts;
    this.#ring = new Runner(ringParts(parts.right, parts.left));
    this.#playhead = new Runner(slideParts(parts.playhead));
  }

  paint(track: TrackPicture, state: Pick<StateView, 'bars' | 'grid'>, moment: Moment, { nowMs, isCalm }: Now): void {
    const going = goingOf(track, moment);
    const label = padLabel(track, going, state);
    if (label !== this.#shown.label) this.#parts.button.setAttribute('aria-label', label);
    this.#shown.label = label;
    this.#count(going === undefined ? '' : String(going.left), going === undefined ? '' : unitWord(going));
    const steps = isCalm ? Math.max(1, track.loop?.beats ?? 1) : undefined;
    this.#ring.follow(going?.ring ?? null, moment, nowMs, steps);
    this.#playhead.follow(going?.heard ?? null, moment, nowMs, steps);
    this.#heard((going?.heard ?? null) !== null);
    this.#lit(lamp(track, moment, isCalm));
  }

  freeze(): void {
    this.#ring.freeze();
    this.#playhead.freeze();
  }

  #count(count: string, unit: string): void {
    if (count !== this.#shown.count) this.#parts.count.textContent = count;
    if (unit !== this.#shown.unit) this.#parts.unit.textContent = unit;
    Object.assign(this.#shown, { count, unit });
  }

  #heard(isHeard: boolean): void {
    if (isHeard !== this.#shown.isHeard) this.#parts.playhead.classList.toggle('hidden', !isHeard);
    this.#shown.isHeard = isHeard;
  }

  #lit(lit: boolean): void {
    if (lit !== this.#shown.lit) this.#parts.pad.classList.toggle('lit', lit);
    this.#shown.lit = lit;
  }
}
