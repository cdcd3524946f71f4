import { setImmediate } from 'node:timers/promises';
import { messageOf, UserError } from '../../../core/errors.ts';
import type { Answer, Call } from './calls.ts';
import type { Pause } from './pour.ts';

/** What pauses while it is done, and may be overtaken by a `keep` while it waits. Others mean the set as it was kept before them. */
const isLong = ({ method }: Call): boolean => method === 'read' || method === 'importInto';

const closed = { code: 'sets-closed', message: 'sets: the store is being closed; start anew' } as const;

/** Does calls in their order, but that a `keep` overtakes what is long: it waits for no more than the slice that is being read. */
export class CallQueue {
  readonly #perform: (call: Call, pause: Pause) => unknown;
  readonly #answer: (answer: Answer) => void;
  readonly #waiting: Call[] = [];
  #busy = false;

  constructor(perform: (call: Call, pause: Pause) => unknown, answer: (answer: Answer) => void) {
    this.#perform = perform;
    this.#answer = answer;
  }

  add(call: Call): void {
    const place = call.method === 'keep' ? this.#waiting.findLastIndex((other) => !isLong(other)) + 1 : Infinity;
    this.#waiting.splice(place, 0, call);
    if (call.method === 'close') this.#giveUp();
    if (!this.#busy) void this.#run();
  }

  /** Nobody waits any more for what is long. */
  #giveUp(): void {
    const given = this.#waiting.filter(isLong);
    this.#waiting.splice(0, Number.POSITIVE_INFINITY, ...this.#waiting.filter((call) => !isLong(call)));
    for (const { id } of given) this.#answer({ id, ok: false, ...closed });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    for (let call = this.#waiting.shift(); call !== undefined; call = this.#waiting.shift()) await this.#do(call);
    this.#busy = false;
  }

  async #do(call: Call): Promise<void> {
    const { id } = call;
    try {
      this.#answer({ id, ok: true, value: await this.#perform(call, () => this.#pause()) });
    } catch (thrown) {
      const code = thrown instanceof UserError ? thrown.code : undefined;
      this.#answer({ id, ok: false, code, message: messageOf(thrown) });
    }
  }

  /** Lets calls come in, and does those that are urgent. */
  async #pause(): Promise<void> {
    await setImmediate();
    if (this.#waiting.some(({ method }) => method === 'close')) throw new UserError(closed.code, closed.message);
    while (this.#waiting[0]?.method === 'keep') {
      const call = this.#waiting.shift();
      if (call !== undefined) await this.#do(call);
    }
  }
}
