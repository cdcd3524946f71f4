import { Worker } from 'node:worker_threads';
import { messageOf } from '../../core/errors.ts';
import type { SoundCommand } from '../../core/sound/command.ts';
import type { SoundFact } from '../../core/sound/fact.ts';
import type { Frame, Millis } from '../../core/time/units.ts';
import { SharedClock } from '../../engine/frame-clock.ts';
import type { DeviceRequest, EngineOptions, FromWorker, ToWorker, WorkerStart } from '../../engine/protocol.ts';
import type { AudioEngine } from '../../ports/audio-engine.ts';

/** A stop that takes longer will not come: a driver whose interface is gone holds its threads for ever. */
const stopTimeoutMs = 2000;
/** An interface that is gone says nothing: its frames stop. */
const silenceMs = 2000;
/** An interface that gives no block by then will not. */
const startTimeoutMs = 5000;

/** The engine in its worker, on a device, seen from the main thread. */
export class WorkerEngine implements AudioEngine {
  readonly #worker: Worker;
  readonly #clock = new SharedClock(new SharedArrayBuffer(SharedClock.bytes));
  readonly #stopped: Promise<void>;
  #watch: NodeJS.Timeout | undefined;
  #listener: (fact: SoundFact) => void = () => undefined;
  #onFlowing: () => void = () => undefined;
  #onFailed: (reason: string) => void = () => undefined;

  private constructor(engine: EngineOptions, device: DeviceRequest) {
    const workerData: WorkerStart = { engine, device, clock: this.#clock.buffer };
    this.#worker = new Worker(new URL('../../engine/worker.js', import.meta.url), { workerData });
    this.#stopped = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(messageOf(error)));
    this.#worker.on('exit', () => this.#fail('the audio worker has ended'));
  }

  /** Starts the worker; resolves once sound flows. Rejects when the device cannot be had. */
  static async start(engine: EngineOptions, device: DeviceRequest): Promise<WorkerEngine> {
    const started = new WorkerEngine(engine, device);
    try {
      await started.#flows();
      started.#watchFrames();
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  send(command: SoundCommand): void {
    this.#post({ type: 'command', command });
  }

  onFact(listener: (fact: SoundFact) => void): void {
    this.#listener = listener;
  }

  /** Called when the device or the worker is lost; the sound is gone then. */
  onFailed(listener: (reason: string) => void): void {
    this.#onFailed = listener;
  }

  frameAt(time: Millis): Frame {
    return this.#clock.frameAt(time);
  }

  /** Ends the worker. Rejects when the driver does not let go of it: only the process's own end helps then. */
  async stop(): Promise<void> {
    clearInterval(this.#watch);
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

  /** Says once that the sound is lost when no frame has come for a while. */
  #watchFrames(): void {
    let last = this.#clock.taken;
    this.#watch = setInterval(() => {
      const { taken } = this.#clock;
      if (taken === last) this.#fail('no sound comes any more; was the interface unplugged?');
      last = taken;
    }, silenceMs);
    this.#watch.unref();
  }

  #fail(reason: string): void {
    clearInterval(this.#watch);
    this.#onFailed(reason);
  }

  #flows(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(new Error(`sound: ${reason}`));
      const timer = setTimeout(fail, startTimeoutMs, 'the interface is open but no sound comes; plug it anew');
      this.#onFlowing = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#onFailed = (reason) => {
        clearTimeout(timer);
        fail(reason);
      };
    });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'flowing':
        this.#onFlowing();
        break;
      case 'facts':
        for (const fact of message.facts) this.#listener(fact);
        break;
      case 'failed':
        this.#fail(message.reason);
        break;
      case 'stopped':
        break;
    }
  }
}
