import { existsSync, type FSWatcher, watch } from 'node:fs';

/** Tells that something may have been plugged in or out. */
export type PlugEvents = {
  /** Does nothing while it listens already, or cannot: it may be tried again at any time. */
  listen(changed: () => void): void;
  close(): void;
};

/**
 * The folder with a node for each card's ports. Only nodes that come and go count: each message sent writes to one, and is
 * told as a change.
 */
export class DeviceNodes implements PlugEvents {
  readonly #folder: string;
  #watcher: FSWatcher | undefined;

  constructor(folder = '/dev/snd') {
    this.#folder = folder;
  }

  listen(changed: () => void): void {
    if (this.#watcher !== undefined || !existsSync(this.#folder)) return;
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, (event) => {
        if (event !== 'rename') return;
        // The folder goes with the last card, and the next one is another.
        if (!existsSync(this.#folder)) this.close();
        changed();
      });
      this.#watcher.on('error', () => this.close());
    } catch {
      this.#watcher = undefined;
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
