import fc from 'fast-check';
import {
  type Entry,
  latencyIn,
  latencyText,
  readLatencies,
  withLatency,
} from '../../../src/adapters/files/latency-text.ts';
import { at, key, latency } from './latencies.ts';

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const entry: Entry = { ...key(), ...latency(480) };

describe('of the latencies of a rig', () => {
  const measured = latency(480);
  const manual = latency(500, 'manual');
  const kept = (...all: readonly ReturnType<typeof latency>[]) =>
    all.reduce<readonly Entry[]>((entries, one) => withLatency(entries, key(), one), []);

  test.each([
    ['none holds before one is kept', kept(), undefined, 0],
    ['the measured one holds', kept(measured), measured, 1],
    ['one that is set by hand goes before what was measured', kept(measured, manual), manual, 2],
    ['one that is measured after that holds again', kept(manual, measured), measured, 2],
    ['one that is measured again takes the place of its like', kept(measured, manual, latency(490)), latency(490), 2],
    ['one that was set takes over again', kept(manual, measured, manual), manual, 2],
  ])('%s', (_, entries, holds, count) => {
    expect(latencyIn(entries, key())).toEqual(holds);
    expect(entries).toHaveLength(count);
  });

  test('one that holds already changes nothing', () => {
    const entries = kept(manual, measured);
    expect(withLatency(entries, key(), { ...measured })).toBe(entries);
  });

  test('the one that was kept last holds, whatever the clock said', () => {
    const late = { ...measured, at: '2031-01-01T00:00:00Z' };
    expect(latencyIn(kept(late, manual), key())).toEqual(manual);
  });

  test.each([
    { input: 'alsa:PCH,0' },
    { output: 'alsa:PCH,0' },
    { rate: 44_100 },
    { blockFrames: 128 },
    { queueBlocks: 3 },
    { inputChannels: [1] },
    { outputChannels: [3, 4] },
  ])('none holds for a rig with another %o', (other) => {
    expect(latencyIn(kept(measured), key(other))).toBeUndefined();
  });
});

test('what is kept for any rigs is read back the same, and the last one of each rig holds', () => {
  const arbitraryKept = fc.record({
    rig: fc.record({ input: fc.string({ minLength: 1 }), queueBlocks: fc.integer({ min: 1, max: 2 }) }),
    frames: fc.nat(96_000),
    source: fc.constantFrom('measured' as const, 'manual' as const),
    spreadFrames: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  });
  fc.assert(
    fc.property(fc.array(arbitraryKept, { maxLength: 8 }), (all) => {
      const entries = all.reduce<readonly Entry[]>(
        (list, { rig, ...rest }) => withLatency(list, key(rig), { ...rest, at }),
        [],
      );
      const text = readLatencies(Buffer.from(latencyText({}, entries)));
      expect(text).toEqual({ kind: 'sound', head: {}, entries, mistakes: [] });
      for (const [index, { rig, ...rest }] of all.entries()) {
        const isLast = all.slice(index + 1).every((later) => JSON.stringify(later.rig) !== JSON.stringify(rig));
        if (isLast) expect(latencyIn(entries, key(rig))).toEqual({ ...rest, at });
      }
    }),
  );
});

test.each([Number.POSITIVE_INFINITY, Number.NaN])('a confidence of %d is none', (confidence) => {
  const entries = withLatency([], key(), { ...latency(480), confidence });
  expect(latencyIn(entries, key())).toEqual(latency(480));
});

test('a file is one to read and to edit, and ends with its line', () => {
  const text = latencyText({}, [{ ...key({ inputChannels: [1], outputChannels: [2] }), ...latency(480) }]);
  expect(text).toBe(`{
  "version": 1,
  "latencies": [
    {
      "input": "usb:1235:8210:Y8ABC,0",
      "output": "usb:1235:8210:Y8ABC,0",
      "rate": 48000,
      "blockFrames": 256,
      "queueBlocks": 2,
      "inputChannels": [
        1
      ],
      "outputChannels": [
        2
      ],
      "source": "measured",
      "frames": 480,
      "at": "2026-05-01T20:15:00.000Z"
    }
  ]
}
`);
});

test("a player's own keys ride along, and change nothing", () => {
  const noted = { note: 'at home', version: 1, latencies: [{ note: 'the amp', ...entry }] };
  const text = readLatencies(bytesOf(noted));
  if (text.kind !== 'sound') throw new Error(text.kind);
  expect(latencyIn(text.entries, key())).toEqual(latency(480));
  expect(JSON.parse(latencyText(text.head, text.entries))).toEqual(noted);
});

test.each<[string, unknown, string]>([
  ['no list of keys', 5, 'latencies[0] is 5; allowed is a latency with its rig'],
  ['no interface', { ...entry, input: '' }, 'latencies[0].input is ""; allowed is an interface, such as '],
  ['no output', { ...entry, output: undefined }, 'latencies[0].output is missing; allowed is an interface, such as '],
  ['no rate', { ...entry, rate: 0 }, 'latencies[0].rate is 0; allowed is a whole number from 1'],
  ['half a block', { ...entry, blockFrames: 0.5 }, 'latencies[0].blockFrames is 0.5; allowed is a whole number from 1'],
  ['a queue in words', { ...entry, queueBlocks: 'two' }, 'latencies[0].queueBlocks is "two"; allowed is a whole'],
  ['no channels', { ...entry, inputChannels: [] }, 'latencies[0].inputChannels is []; allowed is a list of channel'],
  ['channel 0', { ...entry, outputChannels: [0] }, 'latencies[0].outputChannels is [0]; allowed is a list of channel'],
  [
    'another source',
    { ...entry, source: 'guess' },
    'latencies[0].source is "guess"; allowed is "measured" or "manual"',
  ],
  ['too much', { ...entry, frames: 96_001 }, 'latencies[0].frames is 96001; allowed is a whole number from 0 to 96000'],
  ['less than none', { ...entry, frames: -1 }, 'latencies[0].frames is -1; allowed is a whole number from 0 to 96000'],
  ['no time', { ...entry, at: 'at noon' }, 'latencies[0].at is "at noon"; allowed is a time, such as '],
  [
    'no spread',
    { ...entry, spreadFrames: null },
    'latencies[0].spreadFrames is null; allowed is a number, or left out',
  ],
  ['no confidence', { ...entry, confidence: 'much' }, 'latencies[0].confidence is "much"; allowed is a number'],
])('an entry with %s is left out, and the others hold', (_, broken, says) => {
  const text = readLatencies(bytesOf({ version: 1, latencies: [broken, entry] }));
  expect(text).toEqual({ kind: 'sound', head: {}, entries: [entry], mistakes: [expect.stringContaining(says)] });
});

test.each<[string, string | Uint8Array, string]>([
  ['half written', '{ "version": 1, "lat', 'is not JSON'],
  ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'is not JSON in UTF-8'],
  ['zeros, as a power cut may leave them', new Uint8Array(64), 'is not JSON'],
  ['a list', '[]', 'has no keys with values'],
  ['without a version', '{ "latencies": [] }', 'its version is missing, not 1'],
  ['of version 0', '{ "version": 0, "latencies": [] }', 'its version is 0, not 1'],
  ['without latencies', '{ "version": 1 }', 'a list is needed, but it is missing'],
  ['with latencies by name', '{ "version": 1, "latencies": {} }', 'a list is needed, but it is {}'],
])('a file that is %s is damaged', (_, content, says) => {
  const text = readLatencies(Buffer.from(content));
  expect(text).toEqual({ kind: 'damaged', what: expect.stringContaining(says) });
});

test('any bytes are read without a throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (bytes) => {
      expect(['sound', 'newer', 'damaged']).toContain(readLatencies(bytes).kind);
    }),
  );
});

test('a file of a newer version is told as that, whatever it holds', () => {
  expect(readLatencies(bytesOf({ version: 2, rigs: {} }))).toEqual({ kind: 'newer', version: 2 });
});
