import { messageOf } from '../../core/errors.ts';
import type { DeviceRequest } from '../../engine/protocol.ts';
import type { Logger } from '../../ports/logger.ts';
import type { WorkerEngine } from './worker-engine.ts';

/** A look is cheap, and a player who has put the plug back waits for it. */
const lookMs = 250;
/** An interface that is there but cannot be opened: somebody else may have it, for longer than a moment, and each try is heard in the log. */
const againMs = 1000;
const longestMs = 5000;

/** A device that could be opened, or why there is none. */
export type Found<Rig> = { readonly rig: Rig } | { readonly why: string };

export type KeeperParts<Rig extends { readonly device: DeviceRequest; readonly title: string }> = {
  readonly engine: Pick<WorkerEngine, 'openDevice' | 'wait' | 'onDevice'>;
  /** Looks for the device. It is asked again and again while there is none. */
  readonly look: () => Promise<Found<Rig>>;
  readonly log: Logger;
  /** Sound flows, and hangs on these threads. */
  readonly onFlowing: (rig: Rig, threads: readonly number[]) => void;
};

/**
 * Keeps a device under the engine: opens the one that is there, and when it goes looks for it until it is back. Says what it waits for
 * once, however long that takes.
 */
export class Keeper<Rig extends { readonly device: DeviceRequest; readonly title: string }> {
  readonly #parts: KeeperParts<Rig>;
  /** Who is under the engine, or was last. */
  #title = 'the interface';
  /** That it is away has been said. */
  #isLost = false;
  #said = '';
  #pauseMs = lookMs;
  #isClosed = false;
  #waiting: NodeJS.Timeout | undefined;
  #wake: () => void = () => undefined;

  constructor(parts: KeeperParts<Rig>) {
    this.#parts = parts;
  }

  /** Opens what is there; resolves as soon as sound flows, or it is known that it has to be waited for. */
  async start(): Promise<void> {
    const { engine, log } = this.#parts;
    engine.onDevice({
      lost: (reason) => {
        if (this.#isClosed) return;
        log.warn(`sound: ${this.#title} is lost: ${reason}; the grid goes on, and so will the loops when it is back`);
        this.#isLost = true;
        void this.#seek();
      },
      offRate: (rate) =>
        log.error(
          `sound: ${this.#title} runs at ${Math.round(rate)} Hz, which is not what was asked for; set audio.rate to a rate that it has`,
        ),
    });
    if (await this.#try()) return;
    await engine.wait();
    void this.#seek();
  }

  /** What it waits for; undefined while sound flows. */
  get waitsFor(): string | undefined {
    if (this.#isLost) return `${this.#title} is gone`;
    return this.#said === '' ? undefined : this.#said;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#waiting);
    this.#wake();
  }

  async #seek(): Promise<void> {
    while (!this.#isClosed && !(await this.#try())) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#waiting = setTimeout(resolve, this.#pauseMs);
      });
    }
  }

  /** Whether sound flows now. */
  async #try(): Promise<boolean> {
    const { engine, look, onFlowing } = this.#parts;
    try {
      const found = await look();
      if (this.#isClosed) return false;
      if ('why' in found) {
        this.#pauseMs = lookMs;
        if (!this.#isLost) this.#sayOnce(found.why);
        return false;
      }
      this.#pauseMs = Math.min(longestMs, Math.max(againMs, this.#pauseMs * 2));
      this.#title = found.rig.title;
      const threads = await engine.openDevice(found.rig.device);
      this.#said = '';
      this.#isLost = false;
      this.#pauseMs = lookMs;
      onFlowing(found.rig, threads);
      return true;
    } catch (error) {
      this.#sayOnce(`${this.#title}: ${messageOf(error)}`);
      return false;
    }
  }

  #sayOnce(why: string): void {
    if (why === this.#said || this.#isClosed) return;
    this.#said = why;
    this.#parts.log.warn(`sound: waiting for the interface: ${why}`);
  }
}
