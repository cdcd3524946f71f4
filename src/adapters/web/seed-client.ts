import { messageOf } from '../../core/errors.ts';
import type { SessionCommand } from '../../core/session/command.ts';
import type { TrackView } from '../../core/track/view.ts';
import type { FrontOfHouse } from '../../ports/front-of-house.ts';
import type { Logger } from '../../ports/logger.ts';
import type { CalibrationDiagram, SessionClient } from '../../ports/session-client.ts';
import { notJson, readSeedMessage, seedVersion } from '../../protocol/seed-v0.ts';
import type { Connection, ConnectionOwner } from './connection.ts';
import { type SeedWords, seedBytes } from './seed-words.ts';

/** One front end that speaks the seed's protocol. It is told of nothing before it asks to be. */
export class SeedClient implements ConnectionOwner, SessionClient {
  readonly #connection: Connection;
  readonly #front: FrontOfHouse;
  readonly #words: SeedWords;
  readonly #log: Logger;
  /** Both stay as long as the looper runs. */
  readonly #tracks: number;
  readonly #rate: number;
  #leave: (() => void) | undefined;
  #isGreeted = false;
  #lacks = false;
  /** The picture of a measurement, which is not told again with the rest. */
  #missedDiagram: Uint8Array | undefined;

  constructor(connection: Connection, front: FrontOfHouse, words: SeedWords, log: Logger) {
    this.#connection = connection;
    this.#front = front;
    this.#words = words;
    this.#log = log;
    const { tracks, rate } = front.snapshot().state;
    this.#tracks = tracks.length;
    this.#rate = rate;
  }

  dropped(): void {
    this.#error('Too many messages; some were dropped; send fewer');
  }

  caughtUp(): void {
    if (!this.#lacks || this.#leave === undefined) return;
    this.#register();
    if (this.#missedDiagram !== undefined && this.#tell(this.#missedDiagram)) this.#missedDiagram = undefined;
  }

  gone(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  bpm(bpm: number): void {
    this.#tell(seedBytes({ event: 'bpm', bpm }));
  }

  clickVolume(volume: number): void {
    this.#tell(seedBytes({ event: 'clicktrack_volume', volume }));
  }

  beat(beat: number): void {
    this.#connection.stream(seedBytes({ event: 'tempo', beat }));
  }

  tracks(tracks: readonly TrackView[]): void {
    this.#tell(this.#words.tracks(tracks));
    if (this.#isGreeted) return;
    this.#isGreeted = this.#tell(
      seedBytes({ event: 'major_version', message: seedVersion, using_automatic_latency_correction: false }),
    );
  }

  latency(seconds: number): void {
    this.#tell(seedBytes({ event: 'latency', latency_seconds: seconds }));
  }

  calibrationDiagram(diagram: CalibrationDiagram): void {
    const bytes = this.#words.diagram(diagram);
    this.#missedDiagram = this.#tell(bytes) ? undefined : bytes;
  }

  hear(text: string | undefined): void {
    if (text === undefined) {
      this.#error(notJson);
      return;
    }
    const wish = readSeedMessage(text, this.#tracks, this.#rate);
    switch (wish.type) {
      case 'initialize':
        this.#isGreeted = false;
        this.#register();
        return;
      case 'command':
        this.#command(wish.command);
        return;
      case 'mistake':
        this.#error(wish.message);
        return;
    }
  }

  /** The session tells a client that joins how all is: whoever asks again, or lacks something, joins anew. */
  #register(): void {
    this.#lacks = false;
    this.#leave?.();
    this.#leave = this.#front.registerClient(this);
  }

  #command(command: SessionCommand): void {
    try {
      const refusal = this.#front.command(command);
      if (refusal !== undefined) this.#error(refusal.reason);
    } catch (thrown) {
      this.#log.error(`web: command ${command.type} failed: ${messageOf(thrown)}`);
      this.#error('The looper could not do it; its log says why');
    }
  }

  /** Whether it will be read. */
  #tell(bytes: Uint8Array): boolean {
    const isTold = this.#connection.inform(bytes);
    if (!isTold) this.#lacks = true;
    return isTold;
  }

  #error(message: string): void {
    this.#connection.answer(seedBytes({ event: 'error', message }));
  }
}
