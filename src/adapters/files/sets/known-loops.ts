/** Which sounds on disk are those of which loops that were written. */
export class KnownLoops {
  readonly #loops = new Map<number, string>();

  soundOf(loopId: number): string | undefined {
    return this.#loops.get(loopId);
  }

  wrote(loopId: number, sound: string): void {
    this.#loops.set(loopId, sound);
  }

  /** A set was kept: whether loops are forgotten that no set and no undo needs. */
  settle(needed: ReadonlySet<number>): boolean {
    const before = this.#loops.size;
    for (const loopId of this.#loops.keys()) if (!needed.has(loopId)) this.#loops.delete(loopId);
    return this.#loops.size < before;
  }

  sounds(): readonly string[] {
    return [...this.#loops.values()];
  }
}
