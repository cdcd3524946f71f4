import { Worker } from 'node:worker_threads';
import { messageOf } from '../../core/errors.ts';
import type { Analysis, Analyst } from '../../ports/analyst.ts';
import type { Recording } from './correlate.ts';

const failed = (what: string): Error => new Error(`calibration: ${what}; measure again`);

/** A worker thread of its own for each measurement: sound, MIDI and lamps go on meanwhile, and nothing stays in memory. */
export class WorkerAnalyst implements Analyst {
  readonly #running = new Set<{ readonly worker: Worker; readonly stop: () => void }>();
  #closed = false;

  analyse({ rate, samples }: Recording): Promise<Analysis> {
    if (this.#closed) return Promise.reject(failed('the analysis is closed'));
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { rate, samples },
      // What node was started with is meant for the main program.
      execArgv: [],
    });
    return new Promise((resolve, reject) => {
      const running = { worker, stop: () => reject(failed('the analysis was stopped')) };
      this.#running.add(running);
      worker.once('message', resolve);
      worker.once('error', (error) => reject(failed(`the analysis failed: ${messageOf(error)}`)));
      worker.once('exit', (code) => {
        this.#running.delete(running);
        // After an answer or an error this says nothing any more.
        reject(failed(`the analysis ended without an answer (code ${code})`));
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(
      [...this.#running].map(({ worker, stop }) => {
        stop();
        return worker.terminate();
      }),
    );
  }
}
