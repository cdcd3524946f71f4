import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Line } from './show.ts';

/** Far beyond what anything here takes. */
const patienceMs = 10_000;

/** Follows a file of events while it grows. */
export class Follower {
  lines: readonly Line[] = [];
  readonly #path: string;
  readonly #watcher: ReturnType<typeof watch>;
  readonly #waiting = new Set<() => void>();

  constructor(path: string) {
    this.#path = path;
    this.#watcher = watch(dirname(path), (_, name) => {
      if (name === basename(path)) this.#read();
    });
  }

  /** The first of the lines from number `from` on for which `wanted` holds, once it is there. */
  line(wanted: (line: Line) => boolean, from = 0): Promise<Line> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find((line, index) => index >= from && wanted(line));
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no such line within ${patienceMs} ms: ${wanted}`));
      }, patienceMs);
      this.#waiting.add(look);
      look();
    });
  }

  /** The next line, from those there are now on, in which a track has come to a state. */
  state(track: number, state: string): Promise<Line> {
    const from = this.lines.length;
    return this.line((line) => line.type === 'track' && line.track === track && line.state === state, from);
  }

  close(): void {
    this.#watcher.close();
  }

  /** What is after the last line feed is not a whole line yet. */
  #read(): void {
    if (!existsSync(this.#path)) return;
    const whole = readFileSync(this.#path, 'utf8').split('\n').slice(0, -1);
    this.lines = whole.map((line) => JSON.parse(line) as Line);
    for (const look of this.#waiting) look();
  }
}
