import { Worker } from 'node:worker_threads';
import type { SoundCommand } from '../../core/sound/command.ts';
import type { SoundFact } from '../../core/sound/fact.ts';
import type { Frame, Millis } from '../../core/time/units.ts';
import { SharedClock } from '../../engine/frame-clock.ts';
import type { DeviceRequest, EngineOptions, FromWorker, ToWorker, WorkerStart } from '../../engine/protocol.ts';
import type { AudioEngine } from '../../ports/audio-engine.ts';

/** A stop that takes longer is cut: the player has left. */
const stopTimeoutMs = 1500;
/** An interface that gives no block by then will not. */
const startTimeoutMs = 5000;

/** The engine in its worker, on a device, seen from the main thread. */
export class WorkerEngine implements AudioEngine {
  readonly #worker: Worker;
  readonly #clock = new SharedClock(new SharedArrayBuffer(SharedClock.bytes));
  readonly #stopped: Promise<void>;
  #listener: (fact: SoundFact) => void = () => undefined;
  #onFlowing: () => void = () => undefined;
  #onFailed: (reason: string) => void = () => undefined;

  private constructor(engine: EngineOptions, device: DeviceRequest) {
    const workerData: WorkerStart = { engine, device, clock: this.#clock.buffer };
    this.#worker = new Worker(new URL('../../engine/worker.js', import.meta.url), { workerData });
    this.#stopped = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => this.#onFailed(error.message));
  }

  /** Starts the worker; resolves once sound flows. Rejects when the device cannot be had. */
  static async start(engine: EngineOptions, device: DeviceRequest): Promise<WorkerEngine> {
    const started = new WorkerEngine(engine, device);
    try {
      await started.#flows();
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

  async stop(): Promise<void> {
    this.#post({ type: 'stop' });
    const timer = setTimeout(() => void this.#worker.terminate(), stopTimeoutMs);
    await this.#stopped;
    clearTimeout(timer);
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
        this.#onFailed(message.reason);
        break;
      case 'stopped':
        break;
    }
  }
}
