// The looper as a child of this program, and what it lets others see.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { until } from './wait.mjs';

/** The tape of three minutes takes 69 MB, the loops' memory more; nothing else of it does. */
const soundKb = 60 * 1024;

export class Looper {
  #child;
  #name;
  #ended;
  /** What it has told of tracks so far, and how much of its file that is. */
  #told = [];
  #rest = '';
  #read = 0;

  constructor(name, config) {
    this.#name = name;
    const log = openSync(`/out/${name}.log`, 'w');
    const events = `/out/${name}.events.jsonl`;
    const args = ['run', '--rig', 'simulated', '--config', config, '--events', events];
    this.#child = spawn('hindsight/bin/hindsight', args, { stdio: ['ignore', 'ignore', log] });
    closeSync(log);
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  async ready() {
    await until(
      () => this.log().includes('"ready'),
      () => `ready in ${this.log()}`,
      60_000,
    );
  }

  log() {
    return readFileSync(`/out/${this.#name}.log`, 'utf8');
  }

  /** The states of a track so far, oldest first. */
  states(track) {
    this.#readOn();
    return this.#told.filter((event) => event.track === track).map(({ state }) => state);
  }

  /**
   * Memory that it holds in MB, and files that it has open. Tape and loops are left out: they are had once, bounded by their budget, and the kernel
   * brings them in by pieces of its own liking (khugepaged), at any time.
   */
  size() {
    const mappings = readFileSync(`/proc/${this.#child.pid}/smaps`, 'utf8').matchAll(
      /^Size: +(\d+) kB\n[\s\S]*?^Rss: +(\d+) kB/gm,
    );
    const sizes = [...mappings].map(([, size, resident]) => ({ size: Number(size), resident: Number(resident) }));
    const kilobytes = sizes.filter(({ size }) => size < soundKb).reduce((sum, { resident }) => sum + resident, 0);
    return { rssMb: Math.round(kilobytes / 1024), files: readdirSync(`/proc/${this.#child.pid}/fd`).length };
  }

  /** Seconds of a processor that it has used; the kernel counts hundredths. */
  cpuSeconds() {
    const [user, system] = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8')
      .split(') ')[1]
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  }

  async stop() {
    this.#child.kill('SIGTERM');
    return await this.#ended;
  }

  #readOn() {
    const file = openSync(`/out/${this.#name}.events.jsonl`, 'r');
    const chunk = Buffer.alloc(1 << 16);
    for (let length = -1; length !== 0; ) {
      length = readSync(file, chunk, 0, chunk.length, this.#read);
      this.#read += length;
      this.#rest += chunk.toString('latin1', 0, length);
    }
    closeSync(file);
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop();
    this.#told.push(...lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'track'));
  }
}
