import type { SetupMessage } from '../../core/controller/profile.ts';

type Bytes = readonly number[];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether these bytes are what a setup message waits for: as they begin, and long enough for what is to be changed in them. */
export const isAnswer = ({ expect = [], patch }: SetupMessage, bytes: Bytes): boolean =>
  bytes.length > (patch?.offset ?? -1) &&
  bytes.length >= expect.length &&
  expect.every((byte, at) => byte === 'any' || byte === bytes[at]);

/** Waits for the answer to one setup message at a time. */
export class Answers {
  #settle: ((answer: Bytes | undefined) => void) | undefined;
  #message: SetupMessage | undefined;

  /** What comes from the device. */
  hear(bytes: Bytes): void {
    if (this.#message !== undefined && isAnswer(this.#message, bytes)) this.#settle?.(bytes);
  }

  /** Undefined when none came in time. To be called before the message is sent: an answer may come at once. */
  async to(message: SetupMessage): Promise<Bytes | undefined> {
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Bytes | undefined>((resolve) => {
        this.#message = message;
        this.#settle = resolve;
        timer = setTimeout(() => resolve(undefined), message.timeoutMs);
      });
    } finally {
      clearTimeout(timer);
      this.#message = undefined;
    }
  }

  /** Nobody waits any more. */
  cancel(): void {
    this.#settle?.(undefined);
  }
}

/** What a device is set up through. */
export type SetupLink = {
  readonly answers: Answers;
  /** Whether to go on: others may end it during a wait. */
  may(): boolean;
  /** Throws when the sequencer refuses. */
  send(bytes: Bytes): void;
  unanswered(): void;
};

const exchange = async (message: SetupMessage, link: SetupLink): Promise<void> => {
  const answering = link.answers.to(message);
  try {
    link.send(message.bytes);
  } catch (error) {
    link.answers.cancel();
    throw error;
  }
  const answer = await answering;
  if (!link.may()) return;
  if (answer === undefined) link.unanswered();
  else if (message.patch !== undefined) link.send(answer.with(message.patch.offset, message.patch.value));
};

/** Sends each message in its turn, with its pause, and waits for the answers that are expected. */
export const setUp = async (messages: readonly SetupMessage[], link: SetupLink): Promise<void> => {
  for (const message of messages) {
    if (!link.may()) return;
    if (message.expect === undefined) link.send(message.bytes);
    else await exchange(message, link);
    if (message.waitMs > 0) await pause(message.waitMs);
  }
};
