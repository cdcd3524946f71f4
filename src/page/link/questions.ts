import type { Millis } from '../../core/time/units.ts';
import type { ServerMessage } from '../../protocol/hindsight-v1.ts';

type Answer = Extract<ServerMessage, { id: unknown }>;
/** Why there is no answer: the question never left, its line went before one came, or none came in time. */
type NoAnswer = { readonly type: 'unsent' | 'cutOff' | 'overdue' };
export type Heard = Answer | NoAnswer;

/** Questions that wait for their answers. Each gets one or hears why not: a looper drops what comes too fast without naming it. */
export class Questions {
  readonly #settle = new Map<number, (heard: Heard) => void>();

  asked(id: number, limitMs: Millis): Promise<Heard> {
    return new Promise((resolve) => {
      const settle = (heard: Heard): void => {
        clearTimeout(timer);
        this.#settle.delete(id);
        resolve(heard);
      };
      const timer = setTimeout(() => settle({ type: 'overdue' }), limitMs);
      this.#settle.set(id, settle);
    });
  }

  heard(answer: Answer): void {
    if (typeof answer.id === 'number') this.#settle.get(answer.id)?.(answer);
  }

  /** The line is let go of: what it still owed does not come. */
  cutOff(): void {
    for (const settle of [...this.#settle.values()]) settle({ type: 'cutOff' });
  }
}
