import fc from 'fast-check';
import { meets, signalOf, signalText } from '../../../src/core/controller/signal.ts';
import type { Trigger } from '../../../src/core/controller/trigger.ts';

describe('a message taken apart', () => {
  test.each([
    [[0x90, 36, 100], { kind: 'note', channel: 1, number: 36, value: 100 }],
    [[0x99, 36, 0], { kind: 'note', channel: 10, number: 36, value: 0 }],
    [[0x8f, 36, 64], { kind: 'note', channel: 16, number: 36, value: 0 }],
    [[0xa0, 36, 5], { kind: 'poly', channel: 1, number: 36, value: 5 }],
    [[0xb1, 20, 127], { kind: 'cc', channel: 2, number: 20, value: 127 }],
    [[0xc0, 5], { kind: 'program', channel: 1, number: 5 }],
    [[0xd2, 99], { kind: 'pressure', channel: 3, value: 99 }],
    [[0xe0, 0, 64], { kind: 'pitch', channel: 1, value: 8192 }],
    [[0xe0, 127, 127], { kind: 'pitch', channel: 1, value: 16_383 }],
    [[0xfa], { kind: 'start' }],
    [[0xfb], { kind: 'continue' }],
    [[0xfc], { kind: 'stop' }],
    [[0xf0, 1, 2, 0xf7], { kind: 'sysex', bytes: [0xf0, 1, 2, 0xf7] }],
  ])('%j is %j', (bytes, signal) => {
    expect(signalOf(bytes)).toEqual(signal);
  });

  test.each<[string, readonly number[]]>([
    ['nothing', []],
    ['a status alone', [0x90]],
    ['a note without its velocity', [0x90, 36]],
    ['a control change without its value', [0xb0, 20]],
    ['a program change without its program', [0xc0]],
    ['a pitch bend of one byte', [0xe0, 1]],
    ['sysex without an end', [0xf0, 0x7e, 0x7f, 6, 1]],
    ['sysex that has only begun', [0xf0]],
    ['the end of a sysex', [1, 2, 0xf7]],
    ['active sensing', [0xfe]],
    ['a clock tick', [0xf8]],
    ['a song position', [0xf2, 36, 100]],
    ['a reset', [0xff]],
    ['data without a status', [36, 100]],
  ])('%s is no signal', (_, bytes) => {
    expect(signalOf(bytes)).toBeUndefined();
  });
});

describe('a trigger means', () => {
  const note: Trigger = { kind: 'note', number: 36, pressAt: 1 };
  const sysex = { kind: 'sysex', prefix: [0xf0, 0, 0x20, 0x33] } as const;
  test.each<[Trigger, readonly number[], boolean]>([
    [note, [0x90, 36, 1], true],
    [note, [0x95, 36, 1], true],
    [note, [0x90, 37, 1], false],
    [note, [0xb0, 36, 1], false],
    [note, [0xa0, 36, 1], false],
    [{ ...note, channel: 10 }, [0x99, 36, 1], true],
    [{ ...note, channel: 10 }, [0x90, 36, 1], false],
    [{ ...note, value: 3 }, [0x90, 36, 3], true],
    [{ ...note, value: 3 }, [0x90, 36, 4], false],
    [{ kind: 'cc', number: 64, pressAt: 64 }, [0xb0, 64, 0], true],
    [{ kind: 'poly', number: 36, pressAt: 64 }, [0xa0, 36, 0], true],
    [{ kind: 'ccs', numbers: [44, 45], pressAt: 24, releaseAt: 8 }, [0xb0, 45, 1], true],
    [{ kind: 'ccs', numbers: [44, 45], pressAt: 24, releaseAt: 8 }, [0xb0, 46, 1], false],
    [{ kind: 'program', number: 5 }, [0xc3, 5], true],
    [{ kind: 'program', number: 5, channel: 1 }, [0xc3, 5], false],
    [{ kind: 'pitch' }, [0xe0, 0, 0], true],
    [{ kind: 'pressure', channel: 2 }, [0xd1, 0], true],
    [{ kind: 'start' }, [0xfa], true],
    [{ kind: 'start' }, [0xfb], false],
    [{ kind: 'mmc', command: 2 }, [0xf0, 0x7f, 0x7f, 6, 2, 0xf7], true],
    [{ kind: 'mmc', command: 2 }, [0xf0, 0x7f, 0x10, 6, 2, 0xf7], true],
    [{ kind: 'mmc', command: 2 }, [0xf0, 0x7f, 0x7f, 6, 1, 0xf7], false],
    [{ kind: 'mmc', command: 2 }, [0xf0, 0x7e, 0x7f, 6, 2, 0xf7], false],
    [{ kind: 'mmc', command: 2 }, [0xf0, 0x7f, 0x7f, 7, 2, 0xf7], false],
    [sysex, [0xf0, 0, 0x20, 0x33, 9, 9, 0xf7], true],
    [sysex, [0xf0, 0, 0x20, 0x33, 0xf7], true],
    [sysex, [0xf0, 0, 0x20, 0xf7], false],
    [sysex, [0xf0, 0, 0x21, 0x33, 0xf7], false],
  ])('%j by %j: %s', (trigger, bytes, isMeant) => {
    const signal = signalOf(bytes);
    expect(signal !== undefined && meets(trigger, signal)).toBe(isMeant);
  });
});

test.each([
  [[0x90, 36, 127], 'note 36 on channel 1, 127'],
  [[0xc1, 4], 'program 4 on channel 2'],
  [[0xe0, 0, 64], 'pitch on channel 1, 8192'],
  [[0xfa], 'start'],
  [[0xf0, 0x7f, 0x7f, 6, 5, 0xf7], 'mmc rewind'],
  [[0xf0, 0x7f, 0x7f, 6, 99, 0xf7], 'mmc 99'],
  [[0xf0, 1, 2, 0xf7], 'sysex of 4 bytes'],
])('%j is told as "%s"', (bytes, text) => {
  const signal = signalOf(bytes);
  expect(signal && signalText(signal)).toBe(text);
});

test('no bytes at all make it stumble, and what is a signal has words', () => {
  const bytes = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 9 }),
    fc.array(fc.integer({ min: 0, max: 255 })).map((rest) => [0xf0, ...rest]),
    fc.array(fc.integer(), { maxLength: 4 }),
  );
  fc.assert(
    fc.property(bytes, (message) => {
      const signal = signalOf(message);
      expect(signal === undefined || signalText(signal).length > 0).toBe(true);
    }),
  );
});
