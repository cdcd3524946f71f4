import type { Millis } from '../../core/time/units.ts';

/** More addresses than guess at once in any hall; the oldest is forgotten first. */
const mostAddresses = 1024;

type Tries = { readonly failedAt: readonly Millis[]; readonly lockedUntil: Millis };

/** Who guessed wrongly too often is not listened to for a while. */
export class Lockout {
  readonly #most: number;
  readonly #withinMs: Millis;
  readonly #tries = new Map<string, Tries>();

  constructor(most: number, withinMs: Millis) {
    this.#most = most;
    this.#withinMs = withinMs;
  }

  isLocked(address: string, now: Millis): boolean {
    return (this.#tries.get(address)?.lockedUntil ?? Number.NEGATIVE_INFINITY) > now;
  }

  fail(address: string, now: Millis): void {
    const before = this.#tries.get(address)?.failedAt ?? [];
    const failedAt = [...before.filter((at) => now - at < this.#withinMs), now];
    const isLocked = failedAt.length >= this.#most;
    this.#tries.delete(address);
    this.#tries.set(address, {
      failedAt: isLocked ? [] : failedAt,
      lockedUntil: isLocked ? now + this.#withinMs : Number.NEGATIVE_INFINITY,
    });
    if (this.#tries.size > mostAddresses) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#tries.keys();
    if (oldest !== undefined) this.#tries.delete(oldest);
  }
}
