import { closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, UserError } from '../../core/errors.ts';
import type { KeptLatency, LatencyStore, RigKey } from '../../ports/latency-store.ts';
import { openInput, readAt } from './input-file.ts';
import { type Entry, type LatencyText, latencyIn, latencyText, readLatencies, withLatency } from './latency-text.ts';
import { makeFolder } from './made-folder.ts';
import { copyAside, setAside } from './set-aside.ts';
import { openAside, writeError } from './write-aside.ts';

type Sound = Extract<LatencyText, { readonly kind: 'sound' }>;

/** What the file holds now, whether it may be replaced, and its bytes where that would lose something. */
type Found = Sound & { readonly replaceable: boolean; readonly bytes?: Uint8Array };

/** A latency takes 400 bytes; more is another file by mistake. */
const limitBytes = 1024 * 1024;

/** So that a file that is wrong all over does not flood the log. */
const mostMistakes = 5;

const nothing: Found = { kind: 'sound', head: {}, entries: [], mistakes: [], replaceable: true };
const untouchable: Found = { ...nothing, replaceable: false };

const untilTheEnd = 'what is measured now holds until the end of this run';

const readFile = (path: string): Uint8Array => {
  const input = openInput(path);
  try {
    const bytes = new Uint8Array(Math.min(input.size, limitBytes + 1));
    return bytes.subarray(0, readAt(input, bytes, bytes.length, 0));
  } finally {
    closeSync(input.fd);
  }
};

/** What a file says. Throws the codes of `openInput`, but for an empty one, which a power cut has left. */
const readText = (path: string): { readonly bytes: Uint8Array; readonly text: LatencyText } => {
  try {
    const bytes = readFile(path);
    const isTooLarge = bytes.length > limitBytes;
    return { bytes, text: isTooLarge ? { kind: 'damaged', what: 'is larger than 1 MB' } : readLatencies(bytes) };
  } catch (thrown) {
    if (!(thrown instanceof UserError) || thrown.code !== 'file-empty') throw thrown;
    return { bytes: new Uint8Array(), text: { kind: 'damaged', what: 'is empty' } };
  }
};

/**
 * The latencies in a JSON file that a person may edit, also while this runs: it is read anew each time. Each trouble is told once by
 * `warn`, in the form `where: what is wrong; what was done; what to do`.
 */
export class LatencyFile implements LatencyStore {
  readonly #path: string;
  readonly #warn: (text: string) => void;
  readonly #told = new Set<string>();
  /** What could not be written yet, which goes before what the file says. */
  #unwritten: readonly Entry[] = [];

  constructor(path: string, warn: (text: string) => void) {
    this.#path = path;
    this.#warn = warn;
  }

  load(key: RigKey): KeptLatency | undefined {
    return latencyIn(this.#entries(this.#find()), key);
  }

  keep(key: RigKey, latency: KeptLatency): void {
    const found = this.#find();
    const before = this.#entries(found);
    if (withLatency(before, key, latency) === before && this.#unwritten.length === 0) return;
    this.#unwritten = withLatency(this.#unwritten, key, latency);
    if (found.replaceable) this.#write(found);
  }

  #entries({ entries }: Found): readonly Entry[] {
    return this.#unwritten.reduce((list, entry) => withLatency(list, entry, entry), entries);
  }

  #write(found: Found): void {
    try {
      makeFolder(dirname(this.#path));
      const copy = found.bytes && copyAside(this.#path, found.bytes);
      const aside = openAside(this.#path);
      aside.append(Buffer.from(latencyText(found.head, this.#entries(found)), 'utf8'));
      aside.commit();
      this.#unwritten = [];
      // All is well, so that the next trouble is news.
      this.#told.clear();
      if (copy !== undefined)
        this.#warn(`${this.#path}: is written without what was left out; ${copy} has it as it was`);
    } catch (thrown) {
      const { message } = thrown instanceof UserError ? thrown : writeError(this.#path, thrown);
      this.#tell(`${message}; ${untilTheEnd}`);
    }
  }

  #find(): Found {
    try {
      const { bytes, text } = readText(this.#path);
      switch (text.kind) {
        case 'sound':
          return this.#soundOf(text, bytes);
        case 'damaged':
          return this.#damaged(text.what);
        case 'newer':
          this.#tell(
            `${this.#path}: is of version ${text.version}, which a newer Hindsight wrote; it is left as it is and ${untilTheEnd}; update, or move it away`,
          );
          return untouchable;
      }
    } catch (thrown) {
      if (thrown instanceof UserError && thrown.code === 'file-missing') return nothing;
      this.#tell(`${messageOf(thrown)}; ${untilTheEnd}`);
      return untouchable;
    }
  }

  #soundOf(text: Sound, bytes: Uint8Array): Found {
    const more = text.mistakes.length - mostMistakes;
    const mistakes = [...text.mistakes.slice(0, mostMistakes), ...(more > 0 ? [`${more} more are wrong`] : [])];
    for (const mistake of mistakes) {
      this.#tell(`${this.#path}: ${mistake}; left out, while the others hold; mend it, or measure again`);
    }
    return { ...text, replaceable: true, ...(text.mistakes.length > 0 ? { bytes } : {}) };
  }

  #damaged(what: string): Found {
    try {
      const name = setAside(this.#path);
      this.#tell(`${this.#path}: ${what}; it is now ${name} and no latency is known; measure again, or mend it`);
      return nothing;
    } catch (thrown) {
      this.#tell(`${this.#path}: ${what} and cannot be set aside (${messageOf(thrown)}); ${untilTheEnd}`);
      return untouchable;
    }
  }

  #tell(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#warn(text);
  }
}
