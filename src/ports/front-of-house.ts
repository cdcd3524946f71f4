import type { SessionCommand } from '../core/session/command.ts';
import type { Refusal } from '../core/session/refusal.ts';
import type { Frame } from '../core/time/units.ts';
import type { Change, Health, Snapshot, Streamed, Topic } from '../protocol/hindsight-v1.ts';
import type { SetsQuestion } from './backstage.ts';
import type { SessionClient } from './session-client.ts';
import type { SetView } from './set-store.ts';

/** What was answered to a question about the sets: its lines, and the sets where a list was asked for. */
export type SetsAnswer = { readonly lines: readonly string[]; readonly sets: readonly SetView[] };

/** Which set is to be exported: by its name, else the current one; passes of its longest loop in the mix, 1 to 64; with what is on the tape, or without. */
export type ExportWish = { readonly name?: string; readonly passes: number; readonly tape: boolean };

/** A ZIP file that is there until it is removed. */
export type ExportedSet = { readonly path: string; remove(): Promise<void> };

/** The mix as it went out: interleaved stereo, 16 bits. `frame` is its first one; a gap between two pieces is what was not sent. */
export type MixPiece = { readonly frame: Frame; readonly samples: Int16Array };

/**
 * The looper as front ends see it, however they reach it. Main thread only. Listeners are called in a turn of their own, after engine, lamps and logs
 * have heard of what happened; all of them get the same objects, which nobody may change. Those that `stop` are not called any more.
 */
export interface FrontOfHouse {
  /** Joins a front end that speaks the seed's words: see `Session.registerClient`. Returns how to let go of it. */
  registerClient(client: SessionClient): () => void;
  /** Does what the player wants, at a frame or at what is heard now; the refusal, where it is refused. What was meant more than a second ago is; a frame to come is taken for now. */
  command(command: SessionCommand, frame?: Frame): Refusal | undefined;
  /** The number of the change that tells of all that happened up to now. */
  readonly nextSeq: number;
  /** How things are, or were up to 10 ms ago. `onChange` goes on from its `seq`. */
  snapshot(): Snapshot;
  onChange(listener: (change: Change) => void): () => void;
  /** Streams a topic, `position` and `levels` 30 times a second, `health` once, `lamps` and `monitor` as they change. What nobody watches costs nothing. */
  watch<T extends Topic>(topic: T, listener: (message: Streamed<T>) => void): () => void;
  health(): Health;
  /** Rejects with a `UserError` for what cannot be done, as the store says. */
  sets(question: SetsQuestion): Promise<SetsAnswer>;
  /** Writes a set as a ZIP. Rejects with a `UserError`: `export-busy` while another one is written, `export-failed`. */
  exportSet(wish: ExportWish, signal: AbortSignal): Promise<ExportedSet>;
  /** How a loop looks: its highest samples in 256 equal parts, 0 to 255; undefined for a loop that is not there, or not whole yet. */
  waveform(loop: number): Promise<readonly number[] | undefined>;
  /** The picture of the last measurement, an SVG; undefined before the first one. */
  calibrationSvg(): string | undefined;
  /** Hears the mix, in pieces of about 20 ms, from now on. What nobody listens to is not made. */
  listen(listener: (piece: MixPiece) => void): () => void;
}

/** Who is there, for `health`: told by who serves them. */
export type Audience = Health['clients'];
