import { close, open, read } from 'node:fs';
import type { Millis } from '../../core/time/units.ts';

/** More than any file says that is read here; of /proc/meminfo the first lines will do. */
const mostBytes = 4096;

type Waiting = (text: string | undefined) => void;

/**
 * Small files of /proc and /sys that are read again and again: each stays open, so that a look is one call on libuv's pool and a few microseconds
 * of the main thread. What these take is summed up in `heldMs`. A file that cannot be read is tried anew the next time.
 */
export class KeptFiles {
  readonly #handles = new Map<string, number>();
  readonly #buffer = Buffer.alloc(mostBytes);
  #closed = false;
  #heldMs: Millis = 0;
  #longestMs: Millis = 0;
  /** One at a time: they share a buffer, and never take more than one thread of the pool. */
  #last: Promise<unknown> = Promise.resolve();

  /** How long the main thread was held up by reading. */
  get heldMs(): Millis {
    return this.#heldMs;
  }

  /** And how long at once at most. */
  get longestMs(): Millis {
    return this.#longestMs;
  }

  /** Work on what was read, counted too. */
  timed<Value>(work: () => Value): Value {
    const began = performance.now();
    try {
      return work();
    } finally {
      const tookMs = performance.now() - began;
      this.#heldMs += tookMs;
      this.#longestMs = Math.max(this.#longestMs, tookMs);
    }
  }

  /** What a file says, without blanks around; undefined where it says nothing or cannot be read. Never rejects. */
  text(path: string): Promise<string | undefined> {
    const text = this.#last.then(() => new Promise<string | undefined>((resolve) => this.#open(path, resolve)));
    this.#last = text;
    return text;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    for (const handle of this.#handles.values()) close(handle, () => undefined);
    this.#handles.clear();
  }

  #open(path: string, resolve: Waiting): void {
    const handle = this.#handles.get(path);
    if (this.#closed) resolve(undefined);
    else if (handle !== undefined) this.#read(path, handle, resolve);
    else
      this.timed(() =>
        open(path, 'r', (error, opened) => {
          if (error !== null) {
            resolve(undefined);
            return;
          }
          this.#handles.set(path, opened);
          this.#read(path, opened, resolve);
        }),
      );
  }

  #read(path: string, handle: number, resolve: Waiting): void {
    this.timed(() =>
      read(handle, this.#buffer, 0, mostBytes, 0, (error, bytes) =>
        this.timed(() => {
          if (error !== null) this.#letGo(path, handle);
          resolve(error === null ? this.#buffer.toString('latin1', 0, bytes).trim() || undefined : undefined);
        }),
      ),
    );
  }

  #letGo(path: string, handle: number): void {
    this.#handles.delete(path);
    close(handle, () => undefined);
  }
}
