import type { Pace } from '../controller/profile.ts';
import type { Millis } from '../time/units.ts';
import type { Task } from './task.ts';

type Bytes = readonly number[];

/**
 * What a device has been told, and how much more it can take now: a bucket of bytes that fills at the device's rate. `shown` is
 * what each task's last messages were; empty after a (re)connect, when all is unknown.
 */
export type Line = {
  readonly shown: ReadonlyMap<string, readonly Bytes[]>;
  /** Messages of a task that has begun: they go before anything else. */
  readonly begun: readonly Bytes[];
  readonly room: number;
  /** When `room` was counted, and until when a gap has to be kept after the last message. */
  readonly at: Millis;
  readonly last?: { readonly at: Millis; readonly isSysex: boolean };
};

export const freshLine = ({ burstBytes }: Pace, now: Millis): Line => ({
  shown: new Map(),
  begun: [],
  room: burstBytes,
  at: now,
});

/** A line of which nothing is known any more, with what it can take. */
export const forgotten = (line: Line): Line => ({ ...line, shown: new Map(), begun: [] });

/** A lamp whose look the device may have changed by itself. */
export const doubted = (line: Line, id: string): Line => ({
  ...line,
  shown: new Map([...line.shown].filter(([shown]) => shown !== id)),
});

const refilled = (line: Line, { bytesPerSecond, burstBytes }: Pace, now: Millis): Line => ({
  ...line,
  room: Math.min(burstBytes, line.room + ((now - line.at) * bytesPerSecond) / 1000),
  at: Math.max(now, line.at),
});

const isSysex = (message: Bytes): boolean => message[0] === 0xf0;

/** How long a message has to wait yet: for the gap after the last one, and for room. One larger than any burst waits for an empty line. */
const waitMs = (line: Line, message: Bytes, pace: Pace, now: Millis): number => {
  const { last } = line;
  const gapMs =
    last !== undefined && last.isSysex !== isSysex(message) ? Math.max(pace.gapMs, pace.kindGapMs) : pace.gapMs;
  const gap = last === undefined ? 0 : last.at + gapMs - now;
  const missing = Math.min(message.length, pace.burstBytes) - line.room;
  return Math.max(0, gap, (missing * 1000) / pace.bytesPerSecond);
};

const sent = (line: Line, message: Bytes, now: Millis): Line => ({
  ...line,
  begun: line.begun.slice(1),
  room: line.room - message.length,
  last: { at: now, isSysex: isSysex(message) },
});

/** Mostly they are the very same, as they come from the profile: then nothing is to be compared. */
const isSame = (some: readonly Bytes[] | undefined, others: readonly Bytes[]): boolean =>
  some === others ||
  (some !== undefined &&
    some.length === others.length &&
    some.every((message, index) => {
      const other = others[index];
      return message.length === other?.length && message.every((byte, at) => byte === other[at]);
    }));

/** What may be sent now, the line after it, and in how many whole milliseconds there is more to be sent. */
export type Burst = { readonly line: Line; readonly messages: readonly Bytes[]; readonly againInMs?: number };

/**
 * What of the tasks, in their order, a device has not been told yet and can take now. Asked again with newer tasks, what has not
 * been sent of older ones is never sent: the newest picture wins. Pure.
 */
export const nextBurst = (before: Line, tasks: readonly Task[], pace: Pace, now: Millis): Burst => {
  const shown = new Map(before.shown);
  const messages: Bytes[] = [];
  let line: Line = { ...refilled(before, pace, now), shown };
  const drain = (): number => {
    for (let message = line.begun[0]; message !== undefined; message = line.begun[0]) {
      const wait = waitMs(line, message, pace, now);
      if (wait > 0) return wait;
      messages.push(message);
      line = sent(line, message, now);
    }
    return 0;
  };
  let wait = drain();
  for (const task of tasks) {
    if (wait > 0) break;
    const [first] = task.messages;
    if (first === undefined || isSame(shown.get(task.id), task.messages)) continue;
    wait = waitMs(line, first, pace, now);
    if (wait > 0) break;
    shown.set(task.id, task.messages);
    line = { ...line, begun: task.messages };
    wait = drain();
  }
  return { line, messages, ...(wait > 0 && { againInMs: Math.ceil(wait) }) };
};
