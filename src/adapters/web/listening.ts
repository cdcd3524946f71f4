import { endianness } from 'node:os';
import type { FrontOfHouse, MixPiece } from '../../ports/front-of-house.ts';
import { type ListenFormat, tooManyListeners } from '../../protocol/listen-v1.ts';
import { bytesOf } from './bytes.ts';
import type { Connection, ConnectionOwner } from './connection.ts';

const bytesPerFrame = 4;
const headBytes = 8;

/** What may be on its way to a listener; who is later than that hears a gap instead of the past. */
const mostSeconds = 0.2;

/** The number of the first frame, then the samples; all little endian. */
export const soundBytes = ({ frame, samples }: MixPiece): Uint8Array => {
  const bytes = Buffer.alloc(headBytes + samples.byteLength);
  bytes.writeBigInt64LE(BigInt(frame));
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), headBytes);
  if (endianness() === 'BE') bytes.subarray(headBytes).swap16();
  return bytes;
};

/** Those who hear the mix. It is made only while there are any. */
export class Listening {
  readonly #front: FrontOfHouse;
  readonly #most: number;
  readonly #connections = new Map<Connection, number>();
  #stop: (() => void) | undefined;

  constructor(front: FrontOfHouse, most: number) {
    this.#front = front;
    this.#most = most;
  }

  get size(): number {
    return this.#connections.size;
  }

  join(connection: Connection): ConnectionOwner {
    const owner: ConnectionOwner = {
      hear: () => undefined,
      dropped: () => undefined,
      caughtUp: () => undefined,
      gone: () => this.#leave(connection),
    };
    if (this.#connections.size >= this.#most) {
      connection.close(tooManyListeners, `${this.#most} may listen at once; setting web.listeners`);
      return owner;
    }
    const { rate } = this.#front.snapshot().state;
    this.#connections.set(connection, rate * mostSeconds * bytesPerFrame);
    const format: ListenFormat = { type: 'format', rate, channels: 2, bits: 16 };
    connection.answer(bytesOf(format));
    try {
      this.#stop ??= this.#front.listen(this.#tell);
    } catch (thrown) {
      this.#leave(connection);
      throw thrown;
    }
    return owner;
  }

  #leave(connection: Connection): void {
    this.#connections.delete(connection);
    if (this.#connections.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  readonly #tell = (piece: MixPiece): void => {
    const bytes = soundBytes(piece);
    for (const [connection, most] of this.#connections) connection.stream(bytes, { binary: true, most });
  };
}
