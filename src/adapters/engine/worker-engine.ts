import { Worker } from 'node:worker_threads';
import { messageOf } from '../../core/errors.ts';
import type { SoundCommand } from '../../core/sound/command.ts';
import type { SoundFact } from '../../core/sound/fact.ts';
import type { Figures } from '../../core/sound/figures.ts';
import type { Frame, Millis, Rate } from '../../core/time/units.ts';
import { arenaSamples } from '../../engine/arena.ts';
import { SharedFigures } from '../../engine/figures.ts';
import { SharedClock } from '../../engine/frame-clock.ts';
import { SharedLevels } from '../../engine/levels.ts';
import { MixOutlet } from '../../engine/mix-outlet.ts';
import { SharedMix } from '../../engine/mix-tap.ts';
import type { Blocks, DeviceRequest, EngineOptions, FromWorker, ToWorker, WorkerStart } from '../../engine/protocol.ts';
import type { AudioEngine, LentSound } from '../../ports/audio-engine.ts';
import type { Levels, MixReader, MixWindow } from '../../ports/mix-window.ts';
import { LoopMemory } from './loop-memory.ts';
import { tapePiece } from './tape-piece.ts';

/** A stop that takes longer will not come: a driver that hangs holds its threads for ever. */
const stopTimeoutMs = 2000;
/**
 * The young generation of the worker's heap. A block leaves a few hundred bytes behind, all dead by the next one: a large
 * young generation is collected seldom, and a collection costs what lives, which is next to nothing.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 64 };

/** What is told of the device, beside the facts. */
export type DeviceListener = {
  /** The device that flowed is gone, and let go of. */
  lost(reason: string): void;
  /** It runs at another rate than it was asked for. */
  offRate(rate: Rate): void;
};

/** The engine in its worker, with a device or without, seen from the main thread. */
export class WorkerEngine implements AudioEngine, MixWindow {
  readonly #worker: Worker;
  readonly #clock = new SharedClock(new SharedArrayBuffer(SharedClock.bytes));
  readonly #figures = new SharedFigures(new SharedArrayBuffer(SharedFigures.bytes));
  readonly #levels = new SharedLevels(new SharedArrayBuffer(SharedLevels.bytes));
  readonly #mix: MixOutlet;
  readonly #memory: LoopMemory;
  readonly #loops: Float32Array;
  readonly #stopped: Promise<void>;
  /** Why the worker is no more. */
  #failed: string | undefined;
  #tape: Float32Array = new Float32Array(0);
  #listener: (fact: SoundFact) => void = () => undefined;
  #device: DeviceListener | undefined;
  #onReady: (reason?: string) => void = () => undefined;
  #onOpened: (opened: readonly number[] | string) => void = () => undefined;
  #onWaiting: () => void = () => undefined;
  #onFailed: (reason: string) => void = () => undefined;

  private constructor(engine: EngineOptions, blocks: Blocks) {
    const loops = arenaSamples(engine.loopFrames);
    this.#loops = loops;
    const mix = new SharedMix(new SharedArrayBuffer(SharedMix.bytes(engine.grid.rate)));
    this.#mix = new MixOutlet(mix);
    const workerData: WorkerStart = {
      ...{ engine, loops, blocks },
      ...{ clock: this.#clock.buffer, figures: this.#figures.buffer, levels: this.#levels.buffer, mix: mix.buffer },
    };
    this.#memory = new LoopMemory({
      samples: loops,
      pass: (command, pieces) => this.#post({ type: 'command', command, pieces }),
      tell: (fact) => this.#listener(fact),
    });
    // What node was started with is meant for the main program.
    const options = { workerData, resourceLimits, execArgv: [] };
    this.#worker = new Worker(new URL('../../engine/worker.js', import.meta.url), options);
    this.#stopped = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(messageOf(error)));
    this.#worker.on('exit', () => this.#fail('the audio worker has ended'));
  }

  /** Starts the worker; resolves once it can open a device. */
  static async start(engine: EngineOptions, blocks: Blocks): Promise<WorkerEngine> {
    const started = WorkerEngine.#begin(engine, blocks);
    await new Promise<void>((resolve, reject) => {
      started.#onReady = (reason) => (reason === undefined ? resolve() : reject(new Error(`sound: ${reason}`)));
    });
    return started;
  }

  static #begin(engine: EngineOptions, blocks: Blocks): WorkerEngine {
    try {
      return new WorkerEngine(engine, blocks);
    } catch (error) {
      throw new Error(`sound: ${messageOf(error)}`);
    }
  }

  /**
   * Opens a device; resolves once sound flows, with the threads that it hangs on. Rejects with a reason when it cannot be had;
   * nothing of it is open then.
   */
  openDevice(device: DeviceRequest): Promise<readonly number[]> {
    if (this.#failed !== undefined) return Promise.reject(new Error(this.#failed));
    return new Promise((resolve, reject) => {
      this.#onOpened = (opened) => (typeof opened === 'string' ? reject(new Error(opened)) : resolve(opened));
      this.#post({ type: 'open', device });
    });
  }

  /** There is no device: time goes on by the clock. Resolves once the facts say so. */
  wait(): Promise<void> {
    if (this.#failed !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onWaiting = resolve;
      this.#post({ type: 'wait' });
    });
  }

  send(command: SoundCommand): void {
    this.#memory.send(command);
  }

  onFact(listener: (fact: SoundFact) => void): void {
    this.#listener = listener;
  }

  onDevice(listener: DeviceListener): void {
    this.#device = listener;
  }

  /** Called when the worker itself is lost; the sound is gone for good then. */
  onFailed(listener: (reason: string) => void): void {
    this.#onFailed = listener;
  }

  frameAt(time: Millis): Frame {
    return this.#clock.frameAt(time);
  }

  heard(from: Frame, frames: Frame): Float32Array | undefined {
    return tapePiece(this.#tape, this.#clock.taken, from, frames);
  }

  lend(loopId: number): LentSound | undefined {
    return this.#memory.lend(loopId);
  }

  lendSoon(loopId: number): Promise<LentSound | undefined> {
    return this.#memory.lendSoon(loopId);
  }

  /** All that sounds comes from here: the tape and the loops. */
  memories(): readonly Float32Array[] {
    return [this.#tape, this.#loops];
  }

  /** The frames that went by so far, with a device or without. */
  get frame(): Frame {
    return this.#clock.taken;
  }

  /** How the sound has fared. */
  figures(): Figures {
    return this.#figures.read();
  }

  levels(): Levels {
    return this.#levels.read();
  }

  open(): MixReader {
    return this.#mix.open();
  }

  /** Ends the worker. Rejects when the driver does not let go of it: only the process's own end helps then. */
  async stop(): Promise<void> {
    this.#onFailed = () => undefined;
    this.#post({ type: 'stop' });
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_, reject) => {
      timer = setTimeout(reject, stopTimeoutMs, new Error('sound: the driver does not let go of the interface'));
    });
    try {
      await Promise.race([this.#stopped, givenUp]);
    } finally {
      clearTimeout(timer);
    }
  }

  #fail(reason: string): void {
    if (this.#failed !== undefined) return;
    this.#failed = reason;
    this.#onReady(reason);
    this.#onOpened(reason);
    this.#onWaiting();
    this.#onFailed(reason);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#tape = new Float32Array(message.tape);
        this.#onReady();
        break;
      case 'flowing':
        this.#onOpened(message.threads);
        break;
      case 'failed':
        this.#onOpened(message.reason);
        break;
      case 'waiting':
        this.#onWaiting();
        break;
      case 'lost':
        this.#device?.lost(message.reason);
        break;
      case 'offRate':
        this.#device?.offRate(message.rate);
        break;
      case 'facts':
        for (const fact of message.facts) this.#memory.hear(fact);
        break;
      case 'stopped':
        break;
    }
  }
}
