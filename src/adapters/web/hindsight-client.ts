import { messageOf, UserError } from '../../core/errors.ts';
import type { FrontOfHouse } from '../../ports/front-of-house.ts';
import type { Logger } from '../../ports/logger.ts';
import {
  type ClientMessage,
  clientMessageSchema,
  idIn,
  type MessageId,
  type ServerMessage,
} from '../../protocol/hindsight-v1.ts';
import { mistakesOf, parseJson } from '../../protocol/mistakes.ts';
import { mostHz } from '../../protocol/versions.ts';
import { bytesOf } from './bytes.ts';
import type { Changes } from './changes.ts';
import type { Connection, ConnectionOwner } from './connection.ts';
import type { Topics } from './topics.ts';

type Question = Extract<ClientMessage, { type: 'sets' | 'waveform' }>;
type Answer = Extract<ServerMessage, { type: 'done' | 'refused' | 'error' | 'sets' | 'waveform' }>;

/** What all clients of this protocol share. */
export type SharedParts = {
  readonly front: FrontOfHouse;
  readonly changes: Changes;
  readonly topics: Topics;
  readonly log: Logger;
  readonly openQuestions: number;
};

/** One front end that speaks `hindsight.v1`. */
export class HindsightClient implements ConnectionOwner {
  readonly #connection: Connection;
  readonly #shared: SharedParts;
  #openQuestions = 0;

  constructor(connection: Connection, shared: SharedParts) {
    this.#connection = connection;
    this.#shared = shared;
    shared.changes.join(connection);
  }

  dropped(): void {
    this.#error(null, 'too-many', 'more messages than are taken; some were dropped; send fewer');
  }

  caughtUp(): void {
    this.#shared.changes.caughtUp(this.#connection);
    this.#shared.topics.caughtUp(this.#connection);
  }

  gone(): void {
    this.#shared.changes.leave(this.#connection);
    this.#shared.topics.leave(this.#connection);
  }

  hear(text: string | undefined): void {
    const value = text === undefined ? undefined : parseJson(text);
    if (value === undefined) {
      this.#error(null, 'not-json', 'the message is no JSON text; allowed are the messages of hindsight.v1');
      return;
    }
    const read = clientMessageSchema.safeParse(value);
    if (!read.success) {
      this.#error(idIn(value), 'malformed', mistakesOf(read.error));
      return;
    }
    this.#do(read.data);
  }

  #do(message: ClientMessage): void {
    switch (message.type) {
      case 'command':
        this.#command(message);
        return;
      case 'watch':
        this.#shared.topics.watch(this.#connection, message.topics, message.hz ?? mostHz);
        return;
      case 'resync':
        this.#shared.changes.greet(this.#connection);
        return;
      case 'sets':
      case 'waveform':
        void this.#ask(message);
        return;
    }
  }

  #command({ id, command, frame }: Extract<ClientMessage, { type: 'command' }>): void {
    try {
      const refusal = this.#shared.front.command(command, frame);
      if (refusal === undefined) this.#answer({ type: 'done', id, seq: this.#shared.front.nextSeq });
      else this.#answer({ type: 'refused', id, ...refusal });
    } catch (thrown) {
      this.#failed(id, `command ${command.type}`, thrown);
    }
  }

  async #ask(question: Question): Promise<void> {
    const { id, type } = question;
    if (this.#openQuestions >= this.#shared.openQuestions) {
      this.#refuse(id, 'too-many', `${this.#openQuestions} questions wait for their answers; ask again after them`);
      return;
    }
    this.#openQuestions += 1;
    try {
      this.#answer(await this.#answerTo(question));
    } catch (thrown) {
      if (thrown instanceof UserError) this.#refuse(id, thrown.code, thrown.message);
      else this.#failed(id, type, thrown);
    } finally {
      this.#openQuestions -= 1;
    }
  }

  async #answerTo(question: Question): Promise<Answer> {
    const { id } = question;
    if (question.type === 'sets') {
      const { sets, lines } = await this.#shared.front.sets(question.question);
      return { type: 'sets', id, sets, lines };
    }
    const { loop } = question;
    const peaks = await this.#shared.front.waveform(loop);
    if (peaks !== undefined) return { type: 'waveform', id, loop, peaks };
    return { type: 'refused', id, code: 'no-such-loop', reason: `loop ${loop} is not there, or not whole yet` };
  }

  #answer(answer: Answer): void {
    this.#connection.answer(bytesOf(answer));
  }

  #refuse(id: MessageId, code: string, reason: string): void {
    this.#answer({ type: 'refused', id, code, reason });
  }

  #error(id: MessageId | null, code: string, reason: string): void {
    this.#answer({ type: 'error', id, code, reason });
  }

  /** A mistake of the program must not end the show; it is told to whoever looks after the box. */
  #failed(id: MessageId, what: string, thrown: unknown): void {
    this.#shared.log.error(`web: ${what} failed: ${messageOf(thrown)}`);
    this.#refuse(id, 'failed', 'the looper could not do it; its log says why');
  }
}
