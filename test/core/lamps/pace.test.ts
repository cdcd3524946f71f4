import fc from 'fast-check';
import type { Pace } from '../../../src/core/controller/profile.ts';
import { doubted, forgotten, freshLine, type Line, nextBurst } from '../../../src/core/lamps/pace.ts';
import type { Task } from '../../../src/core/lamps/task.ts';
import { defaultPace } from '../controller/a-profile.ts';

type Sent = { readonly at: number; readonly bytes: readonly number[] };

const bytesOf = (sent: readonly Sent[]): number => sent.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** Shows pictures at their times, and asks again when it is told to, as the sender does. */
const sending = (
  pace: Pace,
  pictures: readonly { readonly at: number; readonly tasks: readonly Task[] }[],
  untilMs = Number.POSITIVE_INFINITY,
): readonly Sent[] => {
  const sent: Sent[] = [];
  let line: Line = freshLine(pace, 0);
  let tasks: readonly Task[] = [];
  let againAt: number | undefined;
  let rest = pictures;
  for (;;) {
    const [next] = rest;
    const at = Math.min(next?.at ?? Number.POSITIVE_INFINITY, againAt ?? Number.POSITIVE_INFINITY);
    if (at > untilMs || at === Number.POSITIVE_INFINITY) return sent;
    if (next?.at === at) [tasks, rest] = [next.tasks, rest.slice(1)];
    const burst = nextBurst(line, tasks, pace, at);
    line = burst.line;
    sent.push(...burst.messages.map((bytes) => ({ at, bytes })));
    againAt = burst.againInMs === undefined ? undefined : at + burst.againInMs;
  }
};

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** A look of a lamp in messages that say of themselves whose they are, which look, and which part of how many. */
const lookOf = (id: (typeof ids)[number], look: number, sizes: readonly number[], status: number): Task => ({
  id,
  messages: sizes.map((size, part) => [
    status,
    ids.indexOf(id),
    look,
    part,
    sizes.length,
    ...Array<number>(size).fill(0),
  ]),
});

/** Pictures one after the other, some at once, some after a rest: of any lamps in any order, in messages of any kind. */
const pictures = fc
  .array(
    fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1500 })),
      looks: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom(...ids),
          look: fc.integer({ min: 0, max: 3 }),
          sizes: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90 })), { minLength: 1, maxLength: 3 }),
          status: fc.constantFrom(0x90, 0xf0),
        }),
        { selector: ({ id }) => id },
      ),
    }),
    { maxLength: 30, size: 'max' },
  )
  .map((list) => {
    let at = 0;
    return list.map(({ afterMs, looks }) => {
      at += afterMs;
      return { at, tasks: looks.map(({ id, look, sizes, status }) => lookOf(id, look, sizes, status)) };
    });
  });

const paces: fc.Arbitrary<Pace> = fc.record({
  bytesPerSecond: fc.constantFrom(1000, 3000, 20_000),
  burstBytes: fc.constantFrom(64, 200, 2000),
  gapMs: fc.constantFrom(0, 0, 1, 5),
  kindGapMs: fc.constantFrom(0, 0, 10),
});

/** The most bytes that were sent within any span of so many milliseconds. */
const mostWithin = (sent: readonly Sent[], spanMs: number): number =>
  Math.max(0, ...sent.map(({ at }) => bytesOf(sent.filter((one) => one.at >= at && one.at < at + spanMs))));

/** The messages by the tasks that they are of. Those of a task have to follow each other. */
const tasksIn = (sent: readonly Sent[]): readonly (readonly (readonly number[])[])[] => {
  const tasks: (readonly number[])[][] = [];
  for (const { bytes } of sent) {
    const [, id, look, part = 0, parts] = bytes;
    const last = tasks.at(-1);
    const isNew = last === undefined || last.length === last[0]?.[4];
    if (isNew) tasks.push([]);
    expect(part).toBe(isNew ? 0 : last.length);
    if (!isNew) expect(last[0]).toEqual(expect.arrayContaining([id, look, parts]));
    tasks.at(-1)?.push(bytes);
  }
  return tasks;
};

const keyOf = (messages: readonly (readonly number[])[]): string => messages.map((bytes) => bytes.join(' ')).join(', ');

const longest = (sent: readonly Sent[]): number => Math.max(0, ...sent.map(({ bytes }) => bytes.length));

describe('whatever is to be shown,', () => {
  test('within any second no more goes than the rate and a burst', () => {
    fc.assert(
      fc.property(pictures, paces, (list, pace) => {
        const sent = sending(pace, list);
        const burst = Math.max(pace.burstBytes, longest(sent));
        expect(mostWithin(sent, 1000)).toBeLessThanOrEqual(pace.bytesPerSecond + burst);
        expect(mostWithin(sent, 50)).toBeLessThanOrEqual(pace.bytesPerSecond / 20 + burst);
      }),
    );
  });

  test('in the end the device shows the last picture, and was told nothing that it showed already', () => {
    fc.assert(
      fc.property(pictures, paces, (list, pace) => {
        const shown = new Map<string, string>();
        for (const messages of tasksIn(sending(pace, list))) {
          const id = ids[messages[0]?.[1] ?? -1] ?? '';
          expect(shown.get(id)).not.toBe(keyOf(messages));
          shown.set(id, keyOf(messages));
        }
        for (const { id, messages } of list.at(-1)?.tasks ?? []) expect(shown.get(id)).toBe(keyOf(messages));
      }),
    );
  });

  test('gaps are kept, and longer ones where the kind changes', () => {
    fc.assert(
      fc.property(pictures, paces, (list, pace) => {
        const sent = sending(pace, list);
        sent.slice(1).forEach(({ at, bytes }, index) => {
          const before = sent[index];
          if (before === undefined) return;
          const isOther = (before.bytes[0] === 0xf0) !== (bytes[0] === 0xf0);
          expect(at - before.at).toBeGreaterThanOrEqual(isOther ? Math.max(pace.gapMs, pace.kindGapMs) : pace.gapMs);
        });
      }),
    );
  });

  test('by the default pace never more than the kernel has room for goes within 100 ms', () => {
    fc.assert(
      fc.property(pictures, (list) => {
        expect(mostWithin(sending(defaultPace, list), 100)).toBeLessThan(4096);
      }),
    );
    // The worst case: far more than a burst, at once, anew each millisecond.
    const flood = Array.from({ length: 300 }, (_, at) => ({
      at,
      tasks: Array.from({ length: 100 }, (_lamp, lamp) => ({
        id: String(lamp),
        messages: [[0xf0, lamp, at & 127, 0xf7]],
      })),
    }));
    const sent = sending(defaultPace, flood);
    expect(mostWithin(sent, 100)).toBeLessThan(4096);
    expect(mostWithin(sent, 100)).toBeGreaterThan(3900);
  });
});

const slow: Pace = { bytesPerSecond: 1000, burstBytes: 64, gapMs: 0, kindGapMs: 0 };
const lamp = (id: string, look: number): Task => ({ id, messages: [[0x90, id.charCodeAt(0), look]] });
const looks = (sent: readonly Sent[]): string[] =>
  sent.map(({ at, bytes: [, id = 0, look] }) => `${at} ${String.fromCharCode(id)}${look}`);

describe('a device is told', () => {
  test('all at once as far as a burst goes, the rest as its rate allows', () => {
    const tasks = [...'abcdefghijklmnopqrstuvwxyz'].map((id) => lamp(id, 1));
    const sent = looks(sending(slow, [{ at: 0, tasks }]));
    // 21 messages of 3 bytes are 63; then one more each 3 ms.
    expect(sent.filter((one) => one.startsWith('0 '))).toHaveLength(21);
    expect(sent.slice(21)).toEqual(['2 v1', '5 w1', '8 x1', '11 y1', '14 z1']);
  });

  test('only what differs', () => {
    const sent = sending(slow, [
      { at: 0, tasks: [lamp('a', 1), lamp('b', 1)] },
      { at: 10, tasks: [lamp('a', 1), lamp('b', 2)] },
      { at: 20, tasks: [lamp('b', 2), lamp('a', 1)] },
    ]);
    expect(looks(sent)).toEqual(['0 a1', '0 b1', '10 b2']);
  });

  test('the newest picture: what had not been sent of an older one never is', () => {
    const tight = { ...slow, burstBytes: 3 };
    const sent = sending(tight, [
      { at: 0, tasks: [lamp('a', 1), lamp('b', 1), lamp('c', 1)] },
      { at: 1, tasks: [lamp('c', 2), lamp('a', 2), lamp('b', 1)] },
      { at: 4, tasks: [lamp('c', 3), lamp('b', 3), lamp('a', 1)] },
    ]);
    expect(looks(sent)).toEqual(['0 a1', '3 c2', '6 c3', '9 b3']);
  });

  test('what is most urgent now, before what was waiting', () => {
    const tight = { ...slow, burstBytes: 3 };
    const sent = sending(tight, [
      { at: 0, tasks: [lamp('a', 1), lamp('b', 1), lamp('c', 1)] },
      { at: 1, tasks: [lamp('c', 1), lamp('a', 1), lamp('b', 1)] },
    ]);
    expect(looks(sent)).toEqual(['0 a1', '3 c1', '6 b1']);
  });

  test('a task whole before anything else, once it has begun, though it is out of date by then', () => {
    const both = (look: number): Task => ({
      id: 'two',
      messages: [
        [0xb0, 1, look],
        [0xb0, 2, look],
      ],
    });
    const sent = sending({ ...slow, burstBytes: 3 }, [
      { at: 0, tasks: [both(1)] },
      { at: 1, tasks: [lamp('a', 1), both(2)] },
    ]);
    expect(sent.map(({ bytes }) => bytes)).toEqual([
      [0xb0, 1, 1],
      [0xb0, 2, 1],
      [0x90, 97, 1],
      [0xb0, 1, 2],
      [0xb0, 2, 2],
    ]);
  });

  test('a message that is larger than a burst as well, after a rest, and then nothing until the rate has made up for it', () => {
    const large: Task = { id: 'large', messages: [Array<number>(164).fill(1)] };
    const sent = sending(slow, [
      { at: 0, tasks: [lamp('a', 1)] },
      { at: 1, tasks: [lamp('a', 1), large, lamp('b', 1)] },
    ]);
    // The bucket is full again 3 ms after the first message; 100 bytes are owed then, and 3 to be had.
    expect(sent.map(({ at, bytes }) => `${bytes.length} at ${at}`)).toEqual(['3 at 0', '164 at 3', '3 at 106']);
  });

  test('all anew once nothing is known of it any more, or one lamp of which nothing is', () => {
    const tasks = [lamp('a', 1), lamp('b', 1)];
    const { line } = nextBurst(freshLine(slow, 0), tasks, slow, 0);
    expect(nextBurst(line, tasks, slow, 1).messages).toHaveLength(0);
    expect(nextBurst(forgotten(line), tasks, slow, 1).messages).toHaveLength(2);
    expect(nextBurst(doubted(line, 'b'), tasks, slow, 1).messages).toEqual(lamp('b', 1).messages);
    expect(nextBurst(doubted(line, 'stranger'), tasks, slow, 1).messages).toHaveLength(0);
  });

  test('anew no faster than ever: a device that comes and goes does not get more than it can take', () => {
    const tasks = [...'abcdefghijklmnopqrstu'].map((id) => lamp(id, 1));
    const { line } = nextBurst(freshLine(slow, 0), tasks, slow, 0);
    expect(nextBurst(forgotten(line), tasks, slow, 0).messages).toHaveLength(0);
    expect(nextBurst(forgotten(line), tasks, slow, 30).messages).toHaveLength(10);
  });

  test('nothing of a task without messages, which holds nothing up', () => {
    expect(looks(sending(slow, [{ at: 0, tasks: [{ id: 'none', messages: [] }, lamp('a', 1)] }]))).toEqual(['0 a1']);
  });
});
