import type { WavWriter } from '../wav-writer.ts';

/** WAV files that are being written, by number. */
export class OpenOuts {
  readonly #writers = new Map<number, WavWriter>();
  #last = 0;

  add(writer: WavWriter): number {
    this.#last += 1;
    this.#writers.set(this.#last, writer);
    return this.#last;
  }

  write(out: number, piece: Float32Array): void {
    this.#writerOf(out).write(piece, piece.length / 2);
  }

  commit(out: number): void {
    this.#writerOf(out).commit();
    this.#writers.delete(out);
  }

  abort(out: number): void {
    this.#writers.get(out)?.abort();
    this.#writers.delete(out);
  }

  abortAll(): void {
    for (const out of this.#writers.keys()) this.abort(out);
  }

  #writerOf(out: number): WavWriter {
    const writer = this.#writers.get(out);
    if (writer === undefined) throw new RangeError(`no file is written under ${out}`);
    return writer;
  }
}
