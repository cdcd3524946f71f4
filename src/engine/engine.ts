import type { SoundCommand } from '../core/sound/command.ts';
import type { SoundFact } from '../core/sound/fact.ts';
import { probeOf } from '../core/sound/probe.ts';
import { frameOfBeat, type Grid } from '../core/time/grid.ts';
import type { Frame } from '../core/time/units.ts';
import { arenaSamples } from './arena.ts';
import { FactQueue } from './fact-queue.ts';
import { Fader } from './fader.ts';
import { FeedbackWatch } from './feedback-watch.ts';
import { limited } from './limiter.ts';
import { Loops } from './loops.ts';
import { Metronome } from './metronome.ts';
import { Playhead } from './playhead.ts';
import { Prober } from './prober.ts';
import { type EngineOptions, maxBlockFrames, type Pair } from './protocol.ts';
import { Tape } from './tape.ts';
import { EngineTrack } from './track.ts';

/** The ramp of a start or a stop: short enough to leave an attack its bite, long enough not to click. */
const rampSeconds = 0.003;
/** The tape reaches this much further back than the session counts on, for commands that come late. */
const tapeReserveSeconds = 1;
/** Clipping and late blocks are said at most twice a second. */
const sayPauseSeconds = 0.5;

type TrackCommand = Extract<SoundCommand, { type: 'capture' | 'start' | 'stop' | 'takeBack' | 'clear' }>;

/** A stereo sum on its way to a channel pair. */
type Bus = { readonly pair: Pair; readonly samples: Float32Array };

/**
 * The looper's sound: a synchronous object that takes blocks of input and gives blocks of output. The same on a device,
 * in a simulation and offline; what comes out does not depend on the block size.
 */
export class Engine {
  /** Samples above full scale that reached the limiter. */
  clippedSamples = 0;
  readonly playhead = new Playhead();
  readonly tape: Tape;
  /** The memory of all loops, given out by who sends the commands that bring them. */
  readonly loopSamples: Float32Array;
  readonly #options: EngineOptions;
  readonly #facts = new FactQueue();
  readonly #loops: Loops;
  readonly #tracks: readonly EngineTrack[];
  readonly #metronome: Metronome;
  readonly #buses: readonly Bus[];
  readonly #loopBus: Float32Array;
  readonly #clickBus: Float32Array;
  readonly #monitorBus: Float32Array | undefined;
  readonly #sayPause: Frame;
  readonly #fader: Fader;
  readonly #prober: Prober;
  readonly #silence: Float32Array;
  readonly #unheard: Float32Array;
  #nextClipFrame: Frame = 0;
  #nextLateFrame: Frame = 0;

  /** `loopSamples` is shared with who gives it out; without it the engine has memory as the options say. */
  constructor(options: EngineOptions, loopSamples: Float32Array = arenaSamples(options.loopFrames)) {
    const { grid, click, outputs } = options;
    const ramp = Math.round(grid.rate * rampSeconds);
    this.#options = options;
    this.tape = new Tape(options.tapeFrames + tapeReserveSeconds * grid.rate);
    this.loopSamples = loopSamples;
    this.#loops = new Loops(loopSamples, grid.rate, this.#facts);
    this.#tracks = Array.from({ length: options.tracks }, (_, index) => new EngineTrack(index + 1, ramp, this.#facts));
    this.#metronome = new Metronome(grid, click);
    this.#sayPause = Math.round(grid.rate * sayPauseSeconds);
    this.#fader = new Fader(ramp);
    this.#prober = new Prober(probeOf(grid.rate), new FeedbackWatch(grid.rate), this.#facts);
    this.#silence = new Float32Array(maxBlockFrames * options.inputs.channels);
    this.#unheard = new Float32Array(maxBlockFrames * outputs.channels);
    const buses: Bus[] = [];
    this.#loopBus = busFor(buses, outputs.loops);
    this.#clickBus = busFor(buses, outputs.click);
    this.#monitorBus = outputs.monitor && busFor(buses, outputs.monitor);
    this.#buses = buses;
  }

  /** The next frame to be processed. */
  get frame(): Frame {
    return this.playhead.frame;
  }

  /** Begins with a grid's first beat, as if all frames before it had passed. Before the first block. */
  startAt(grid: Grid): void {
    this.playhead.frame = grid.origin;
    this.tape.written = grid.origin;
    this.#metronome.setGrid(grid, grid.origin);
  }

  /**
   * Does what is asked, at `frame` or at the moment that the command names. `pieces` is the memory of the loop that the command
   * brings, which is its own until `loopReleased`; undefined where none was left. May allocate; never throws.
   */
  apply(command: SoundCommand, pieces?: Int32Array): void {
    switch (command.type) {
      case 'cut':
        this.#loops.cut(command, pieces, this.frame, this.tape);
        break;
      case 'hold':
        this.#loops.hold(command, pieces, this.frame);
        break;
      case 'release':
        this.#loops.release(command.loopId, this.frame);
        break;
      case 'setGrid':
        this.#setGrid(command);
        break;
      case 'setClick':
        this.#metronome.setClick(command);
        break;
      case 'measure':
        this.#prober.start(command.id, this.frame);
        break;
      case 'stopMeasuring':
        this.#prober.stop(command.id, this.frame);
        break;
      default:
        this.#applyToTrack(command, pieces);
    }
  }

  /**
   * One block: interleaved `input` and `output` of the channels in the options, `frames` <= `maxBlockFrames`.
   * Realtime-safe: no allocation, no I/O, no exception; the work is bounded by the block, the number of tracks and that of the loops.
   */
  process(input: Float32Array, output: Float32Array, frames: number): void {
    const { inputs } = this.#options;
    this.tape.write(input, inputs.channels, inputs.pair[0], inputs.pair[1], frames);
    for (const bus of this.#buses) bus.samples.fill(0, 0, frames * 2);
    this.#loops.copy(this.playhead, frames, this.tape);
    for (const track of this.#tracks) track.mix(this.#loopBus, this.playhead, frames, this.tape);
    this.#loops.sweep();
    this.#metronome.mix(this.#clickBus, this.playhead, frames, this.#facts);
    if (this.#monitorBus !== undefined) this.#monitor(input, this.#monitorBus, frames);
    // All else falls silent for as long as the probe sounds.
    const probed = this.#prober.framesIn(this.playhead, frames);
    if (probed > 0) this.#fader.close(this.#buses, 0, probed);
    if (probed < frames) this.#fader.open(this.#buses, probed, frames);
    this.#prober.mix(this.#loopBus, input, inputs.channels, inputs.pair, this.playhead, frames);
    output.fill(0, 0, frames * this.#options.outputs.channels);
    for (const bus of this.#buses) this.#send(bus, output, frames);
    this.playhead.frame += frames;
  }

  /**
   * Frames that the device has lost: nothing came in and nothing was heard, but the grid, the loops and the tape went on. What
   * sounds next rises in a ramp. Realtime-safe for as long as `frames` are few; the work is that of their blocks.
   */
  lose(frames: Frame): void {
    if (frames === 0) return;
    this.#prober.end('gap', this.frame);
    for (let left = frames; left > 0; left -= maxBlockFrames) {
      this.process(this.#silence, this.#unheard, Math.min(left, maxBlockFrames));
    }
    this.#fader.drop();
  }

  /** The driver has lost frames; the next one it gives comes after them. */
  gap(frames: Frame): void {
    this.#facts.push('gap', this.frame, frames);
    this.#prober.end('gap', this.frame);
    this.lose(frames);
  }

  /** Silence was heard instead of a block. */
  late(): void {
    if (this.frame < this.#nextLateFrame) return;
    this.#nextLateFrame = this.frame + this.#sayPause;
    this.#facts.push('late', this.frame);
  }

  interfaceLost(): void {
    this.#facts.push('interfaceLost', this.frame);
    this.#prober.end('gap', this.frame);
  }

  interfaceBack(): void {
    this.#facts.push('interfaceBack', this.frame);
  }

  /** Whether `drainFacts` would give any. Realtime-safe. */
  get hasFacts(): boolean {
    return this.#facts.size > 0;
  }

  /** What happened since the last call, in order. Allocates: to be called between blocks. */
  drainFacts(): SoundFact[] {
    return this.#facts.drain();
  }

  #setGrid({ grid, at }: Extract<SoundCommand, { type: 'setGrid' }>): void {
    if (at === undefined) this.#metronome.setGrid(grid, this.frame);
    else this.#metronome.setGridAt(grid, at, this.frame, this.#facts);
  }

  #applyToTrack(command: TrackCommand, pieces: Int32Array | undefined): void {
    const { frame } = this;
    const track = this.#tracks[command.track - 1];
    switch (command.type) {
      case 'capture': {
        const loop = this.#loops.cut(command, pieces, frame, this.tape);
        const { grid, endBeat: beat } = command;
        if (loop !== undefined) track?.capture(loop, { grid, beat }, frameOfBeat(grid, beat), frame);
        break;
      }
      case 'start': {
        const loop = this.#loops.find(command.loopId);
        const { grid, atBeat: beat, fromFrame = frameOfBeat(grid, beat) } = command;
        if (loop !== undefined) track?.start(loop, { grid, beat }, fromFrame, frame);
        break;
      }
      case 'stop':
        track?.stop(command.loopId, command.atBeat, frame);
        break;
      case 'takeBack':
        track?.takeBack(command.loopId, frame);
        break;
      case 'clear':
        track?.clear(command.atFrame ?? frame, frame);
        break;
    }
  }

  #monitor(input: Float32Array, bus: Float32Array, frames: number): void {
    const { channels, pair } = this.#options.inputs;
    for (let frame = 0; frame < frames; frame += 1) {
      for (let side = 0; side < 2; side += 1) {
        const sample = input[frame * channels + (pair[side] ?? 0)] ?? 0;
        const at = frame * 2 + side;
        if (sample - sample === 0) bus[at] = (bus[at] ?? 0) + sample;
      }
    }
  }

  /** Limits a bus into its channels; a pair of one channel gets the mean of both sides. */
  #send({ pair, samples }: Bus, output: Float32Array, frames: number): void {
    const channels = this.#options.outputs.channels;
    const [left, right] = pair;
    for (let frame = 0, at = 0; frame < frames; frame += 1, at += channels) {
      const leftSample = samples[frame * 2] ?? 0;
      const rightSample = samples[frame * 2 + 1] ?? 0;
      if (left === right) {
        output[at + left] = this.#limit((leftSample + rightSample) / 2, frame);
      } else {
        output[at + left] = this.#limit(leftSample, frame);
        output[at + right] = this.#limit(rightSample, frame);
      }
    }
  }

  #limit(sample: number, offset: number): number {
    if (sample > 1 || sample < -1) this.#clip(offset);
    return limited(sample);
  }

  #clip(offset: number): void {
    this.clippedSamples += 1;
    const frame = this.frame + offset;
    if (frame < this.#nextClipFrame) return;
    this.#nextClipFrame = frame + this.#sayPause;
    this.#facts.push('clip', frame);
  }
}

/** The bus to a channel pair: one for all that goes there, so that it is limited as one. */
const busFor = (buses: Bus[], pair: Pair): Float32Array => {
  const known = buses.find((bus) => bus.pair[0] === pair[0] && bus.pair[1] === pair[1]);
  if (known !== undefined) return known.samples;
  const samples = new Float32Array(maxBlockFrames * 2);
  buses.push({ pair, samples });
  return samples;
};
