/**
 * What a show must give, worked out from the words and the grid's formula alone: beat `k` lies at
 * `round(k * 60 * rate / bpm)`. It shares no line with the program.
 */
export type Scene = {
  readonly rate: number;
  readonly bpm: number;
  readonly beatsPerBar: number;
  readonly bars: number;
  readonly latency: number;
  readonly frames: number;
  /** In order of frames; track 0 is the reset. None within 10 ms before a bar line. */
  readonly stomps: readonly { readonly frame: number; readonly track: number }[];
};

export type Step = { readonly frame: number; readonly track: number; readonly state: string };
type Loop = { readonly firstBeat: number; readonly startFrame: number; readonly endFrame: number };
type Sounding = { readonly loop: Loop; readonly passBeat: number; readonly from: number; to: number };
type Due = { readonly frame: number; readonly state: 'PLAYING' | 'STOPPED' };

export const beatFrame = ({ rate, bpm }: Scene, beat: number): number => Math.round((beat * 60 * rate) / bpm);

/** The first beat of the bar in which a frame lies. */
export const barBeat = (scene: Scene, frame: number): number => {
  let beat = 0;
  while (beatFrame(scene, beat + scene.beatsPerBar) <= frame) beat += scene.beatsPerBar;
  return beat;
};

/** A track by itself: tracks share nothing but the grid. */
class TrackModel {
  readonly steps: (Step & { loop: Loop | undefined })[] = [];
  readonly soundings: Sounding[] = [];
  readonly #scene: Scene;
  readonly #id: number;
  #state = 'EMPTY';
  #loop: Loop | undefined;
  #due: Due | undefined;

  constructor(scene: Scene, id: number) {
    this.#scene = scene;
    this.#id = id;
  }

  /** What has fallen due before `frame` happens. */
  passTo(frame: number): void {
    const due = this.#due;
    if (due === undefined || due.frame >= frame) return;
    this.#due = undefined;
    if (due.state === 'PLAYING') this.#sound(due.frame, due.frame);
    else this.#hush(due.frame);
    this.#become(due.frame, due.state);
  }

  stomp(frame: number): void {
    this.passTo(frame);
    const line = this.#frameOf(barBeat(this.#scene, frame) + this.#scene.beatsPerBar);
    switch (this.#state) {
      case 'EMPTY':
        this.#record(frame, line);
        break;
      case 'RECORDING':
        this.reset(frame);
        break;
      case 'STOPPING':
      case 'TRIGGERED':
        this.#due = undefined;
        this.#become(frame, this.#state === 'STOPPING' ? 'PLAYING' : 'STOPPED');
        break;
      default:
        this.#due = { frame: line, state: this.#state === 'PLAYING' ? 'STOPPED' : 'PLAYING' };
        this.#become(frame, this.#state === 'PLAYING' ? 'STOPPING' : 'TRIGGERED');
    }
  }

  reset(frame: number): void {
    this.passTo(frame);
    this.#due = undefined;
    this.#hush(frame);
    if (this.#state !== 'EMPTY') this.#become(frame, 'EMPTY');
  }

  #record(frame: number, line: number): void {
    const { beatsPerBar, bars } = this.#scene;
    const first = barBeat(this.#scene, frame);
    const start = this.#frameOf(first);
    const early = (frame - start) / (line - start) > 0.75;
    const endBeat = early ? first + beatsPerBar : first;
    const firstBeat = endBeat - bars * beatsPerBar;
    this.#loop = { firstBeat, startFrame: this.#frameOf(firstBeat), endFrame: this.#frameOf(endBeat) };
    this.#become(frame, 'TRIGGERED');
    this.#become(frame, 'RECORDING');
    if (early) {
      this.#due = { frame: line, state: 'PLAYING' };
    } else {
      this.#sound(frame, start);
      this.#become(frame, 'PLAYING');
    }
  }

  #sound(from: number, passStart: number): void {
    if (this.#loop === undefined) throw new Error('no loop');
    this.soundings.push({ loop: this.#loop, passBeat: barBeat(this.#scene, passStart), from, to: this.#scene.frames });
  }

  #hush(frame: number): void {
    const last = this.soundings.at(-1);
    if (last !== undefined) last.to = Math.min(last.to, frame);
  }

  #become(frame: number, state: string): void {
    this.#state = state;
    const loop = state === 'EMPTY' ? undefined : this.#loop;
    this.steps.push({ frame, track: this.#id, state, loop });
  }

  #frameOf(beat: number): number {
    return beatFrame(this.#scene, beat);
  }
}

export type Outcome = {
  /** Of each track in order, one track after the other. */
  readonly steps: readonly (Step & { readonly startFrame?: number; readonly endFrame?: number })[];
  readonly beats: readonly { readonly frame: number; readonly bar: number; readonly beat: number }[];
  /** Interleaved stereo. */
  readonly samples: Float64Array;
  /** Nonzero at the frames where a ramp or a seam lies, of which only the size is foretold. */
  readonly loose: Uint8Array;
};

const addSounding = (
  scene: Scene,
  { loop, passBeat, from, to }: Sounding,
  input: (frame: number, side: 0 | 1) => number,
  { samples, loose }: Pick<Outcome, 'samples' | 'loose'>,
): void => {
  const ramp = Math.ceil(scene.rate * 0.01);
  const seam = Math.ceil(scene.rate * 0.025);
  const beats = scene.bars * scene.beatsPerBar;
  loose.fill(1, from, from + ramp);
  loose.fill(1, Math.max(0, to - ramp), to + ramp);
  for (let first = passBeat; beatFrame(scene, first) < to; first += beats) {
    const [start, end] = [beatFrame(scene, first), beatFrame(scene, first + beats)];
    loose.fill(1, end - seam, end);
    for (let frame = Math.max(from, start); frame < Math.min(to, end); frame += 1) {
      const source = loop.startFrame + scene.latency + frame - start;
      for (const side of [0, 1] as const)
        samples[frame * 2 + side] = (samples[frame * 2 + side] ?? 0) + input(source, side);
    }
  }
};

const beatsOf = (scene: Scene): Outcome['beats'] => {
  const beats: { frame: number; bar: number; beat: number }[] = [];
  for (let beat = 0; beatFrame(scene, beat) < scene.frames; beat += 1) {
    const bar = Math.floor(beat / scene.beatsPerBar);
    beats.push({ frame: beatFrame(scene, beat), bar, beat: beat - bar * scene.beatsPerBar });
  }
  return beats;
};

/** The outcome of a scene, with `input` as what the interface captured and a click of volume 0. */
export const foretell = (scene: Scene, tracks: number, input: (frame: number, side: 0 | 1) => number): Outcome => {
  const models = Array.from({ length: tracks }, (_, index) => new TrackModel(scene, index + 1));
  for (const { frame, track } of scene.stomps) {
    if (track === 0) for (const model of models) model.reset(frame);
    else models[track - 1]?.stomp(frame);
  }
  for (const model of models) model.passTo(scene.frames);
  const sound = { samples: new Float64Array(scene.frames * 2), loose: new Uint8Array(scene.frames) };
  for (const sounding of models.flatMap(({ soundings }) => soundings)) addSounding(scene, sounding, input, sound);
  const steps = models.flatMap(({ steps }) => steps);
  return {
    steps: steps.map(({ loop, ...step }) => ({
      ...step,
      ...(loop && { startFrame: loop.startFrame, endFrame: loop.endFrame }),
    })),
    beats: beatsOf(scene),
    ...sound,
  };
};
