/** A value that changes, and those who look at it. */
export class Store<Value> {
  #now: Value;
  readonly #lookers = new Set<() => void>();

  constructor(first: Value) {
    this.#now = first;
  }

  get now(): Value {
    return this.#now;
  }

  set(next: Value): void {
    if (Object.is(next, this.#now)) return;
    this.#now = next;
    for (const look of [...this.#lookers]) look();
  }

  update(change: (now: Value) => Value): void {
    this.set(change(this.#now));
  }

  /** Returns how to look away. */
  subscribe(look: () => void): () => void {
    this.#lookers.add(look);
    return () => {
      this.#lookers.delete(look);
    };
  }
}
