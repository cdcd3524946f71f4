import { truncateSync } from 'node:fs';
import fc from 'fast-check';
import { readMidiFile } from '../../../src/adapters/files/midi-reader.ts';
import { type Scratch, scratch, userErrorOf } from './scratch.ts';
import { endOfTrack, midiChunk, midiHeader, midiTrack, smf, tempoEvent, varInt } from './smf.ts';

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

const read = (bytes: Iterable<number>) => readMidiFile(folder.put('set.mid', Uint8Array.from(bytes)));
/** A file of one track with this content, its end included. */
const oneTrack = (...content: number[]) => [...midiHeader(0, 1, 480), ...midiChunk('MTrk', content)];
const on = [0x90, 60, 100];
const off = [0x90, 60, 0];

describe('messages', () => {
  test.each([
    ['a note on', [0x9f, 127, 1]],
    ['a note on of velocity 0, which stays one', [0x90, 60, 0]],
    ['a note off', [0x80, 60, 64]],
    ['key pressure', [0xa0, 60, 1]],
    ['a control change', [0xb9, 7, 127]],
    ['a program change', [0xc3, 127]],
    ['channel pressure', [0xd3, 5]],
    ['a pitch bend', [0xe0, 0, 64]],
    ['system exclusive', [0xf0, 0x7e, 0x7f, 6, 1, 0xf7]],
    ['long system exclusive', [0xf0, ...new Array(300).fill(5), 0xf7]],
    ['empty system exclusive', [0xf0, 0xf7]],
  ])('%s has the bytes of the wire', (_, bytes) => {
    expect(read(smf([{ tick: 480, bytes }]))).toEqual([{ seconds: 0.5, bytes }]);
  });

  test('running status is spelled out', () => {
    const content = [0, ...on, 10, 60, 0, 10, 0xc1, 5, 10, 6, 0, ...endOfTrack];
    const messages = read(oneTrack(...content));
    expect(messages.map(({ bytes }) => bytes)).toEqual([on, off, [0xc1, 5], [0xc1, 6]]);
  });

  test('system exclusive in packets is one message, at its last', () => {
    const content = [0, 0xf0, 2, 1, 2, 120, 0xf7, 1, 3, 120, 0xf7, 2, 4, 0xf7, 0, ...endOfTrack];
    expect(read(oneTrack(...content))).toEqual([{ seconds: 0.25, bytes: [0xf0, 1, 2, 3, 4, 0xf7] }]);
  });

  test('an escape goes out as it is, an empty one not at all', () => {
    const content = [0, 0xf7, 1, 0xfa, 0, 0xf7, 0, 0, 0xf7, 3, 0xf2, 1, 2, 0, ...endOfTrack];
    expect(read(oneTrack(...content)).map(({ bytes }) => bytes)).toEqual([[0xfa], [0xf2, 1, 2]]);
  });

  test('meta events are left out, known and unknown, long and empty', () => {
    const text = new Array(200).fill(0x61);
    const content = [
      0,
      0xff,
      3,
      ...varInt(200),
      ...text,
      0,
      0xff,
      0x60,
      0,
      ...varInt(240),
      0xff,
      1,
      0,
      0,
      0xff,
      0x58,
      4,
      4,
      2,
      24,
      8,
    ];
    expect(read(oneTrack(...content, 0, ...on, 0, ...endOfTrack))).toEqual([
      { seconds: expect.any(Number), bytes: on },
    ]);
  });

  test('a file without messages has none', () => {
    expect(read(smf([]))).toEqual([]);
  });
});

describe('tracks', () => {
  test('are merged in order of time, and of tracks where times are equal', () => {
    const note = (key: number) => [0x90, key, 1];
    const messages = read([
      ...midiHeader(1, 3, 480),
      ...midiTrack([
        { tick: 480, bytes: note(1) },
        { tick: 480, bytes: note(2) },
        { tick: 960, bytes: note(6) },
      ]),
      ...midiTrack([
        { tick: 0, bytes: note(0) },
        { tick: 480, bytes: note(3) },
      ]),
      ...midiTrack([
        { tick: 480, bytes: note(4) },
        { tick: 481, bytes: note(5) },
      ]),
    ]);
    expect(messages.map(({ bytes }) => bytes[1])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('a tempo in any track holds for all', () => {
    const messages = read([
      ...midiHeader(1, 2, 480),
      ...midiTrack([{ tick: 960, bytes: on }]),
      ...midiTrack([{ tick: 480, bytes: tempoEvent(1_000_000) }]),
    ]);
    expect(messages).toEqual([{ seconds: 1.5, bytes: on }]);
  });

  test('tempo changes of several tracks are taken in order of time', () => {
    const messages = read([
      ...midiHeader(1, 2, 480),
      ...midiTrack([
        { tick: 960, bytes: tempoEvent(2_000_000) },
        { tick: 1440, bytes: on },
      ]),
      ...midiTrack([{ tick: 480, bytes: tempoEvent(1_000_000) }]),
    ]);
    expect(messages).toEqual([{ seconds: 3.5, bytes: on }]);
  });

  test('chunks of other kinds, a longer header and bytes after the last track do not matter', () => {
    const [header, track] = [midiHeader(1, 1, 480), midiTrack([{ tick: 480, bytes: on }])];
    const alien = midiChunk('XFIH', [1, 2, 3]);
    const longer = [...header.slice(0, 7), 8, ...header.slice(8), 0, 0];
    for (const file of [
      [...header, ...alien, ...track],
      [...longer, ...track],
      [...header, ...track, 0, 0, 0],
    ]) {
      expect(read(file)).toEqual([{ seconds: 0.5, bytes: on }]);
    }
  });
});

describe('times', () => {
  const at = (
    ticks: readonly number[],
    tempos: readonly { tick: number; microsPerBeat: number }[],
    ticksPerBeat = 480,
  ) =>
    read(
      smf(
        ticks.map((tick) => ({ tick, bytes: on })),
        { tempos, ticksPerBeat },
      ),
    ).map(({ seconds }) => seconds);

  test.each([
    { what: '120 BPM unless told', tempos: [], ticks: [0, 480, 961], seconds: [0, 0.5, 961 / 960] },
    { what: 'a tempo from the start', tempos: [{ tick: 0, microsPerBeat: 250_000 }], ticks: [480], seconds: [0.25] },
    {
      what: 'tempo changes, which hold from their own tick on',
      tempos: [
        { tick: 480, microsPerBeat: 1_000_000 },
        { tick: 960, microsPerBeat: 100_000 },
      ],
      ticks: [480, 481, 960, 1440],
      seconds: [0.5, 0.5 + 1 / 480, 1.5, 1.6],
    },
    {
      what: 'the last of several changes at a tick',
      tempos: [
        { tick: 480, microsPerBeat: 1 },
        { tick: 480, microsPerBeat: 1_000_000 },
      ],
      ticks: [960],
      seconds: [1.5],
    },
    { what: 'the slowest tempo', tempos: [{ tick: 0, microsPerBeat: 0xff_ffff }], ticks: [480], seconds: [16.777215] },
    {
      what: 'a change after the last message',
      tempos: [{ tick: 999, microsPerBeat: 1 }],
      ticks: [480],
      seconds: [0.5],
    },
  ])('$what', ({ tempos, ticks, seconds }) => {
    expect(at(ticks, tempos)).toEqual(seconds);
  });

  test('a division other than 480', () => {
    expect(at([1, 96, 32_767], [], 96)).toEqual([0.5 / 96, 0.5, (32_767 * 0.5) / 96]);
  });

  test('two hours at an odd tempo end on the very double, however many messages came before', () => {
    const tempos = [{ tick: 0, microsPerBeat: 454_545 }];
    const ticks = Array.from({ length: 100_000 }, (_, index) => index * 76);
    expect(at(ticks, tempos)).toEqual(ticks.map((tick) => (tick * 454_545) / 480e6));
  });

  test('any tempo map gives the double nearest to the true time', () => {
    const changes = fc.array(fc.tuple(fc.nat(100_000), fc.integer({ min: 1, max: 0xff_ffff })), { maxLength: 20 });
    fc.assert(
      fc.property(changes, fc.nat(200_000), fc.integer({ min: 1, max: 32_767 }), (wild, tick, ticksPerBeat) => {
        const tempos = wild.map(([at, microsPerBeat]) => ({ tick: at, microsPerBeat })).sort((a, b) => a.tick - b.tick);
        let [units, last, tempo] = [0n, 0, 500_000];
        for (const change of [...tempos.filter((change) => change.tick <= tick), { tick, microsPerBeat: 0 }]) {
          units += BigInt(change.tick - last) * BigInt(tempo);
          [last, tempo] = [change.tick, change.microsPerBeat];
        }
        expect(at([tick], tempos, ticksPerBeat)).toEqual([Number(units) / (ticksPerBeat * 1e6)]);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    { division: 0xe8_04, tick: 96 * 60, seconds: 60 },
    { division: 0xe7_28, tick: 1001, seconds: 1.001 },
    { division: 0xe3_50, tick: 2400, seconds: 1.001 },
    { division: 0xe2_50, tick: 2400, seconds: 1 },
  ])('SMPTE division $division: tick $tick, and tempo has no say', ({ division, tick, seconds }) => {
    const events = [
      { tick: 0, bytes: tempoEvent(1) },
      { tick, bytes: on },
    ];
    expect(read([...midiHeader(0, 1, division), ...midiTrack(events)])).toEqual([{ seconds, bytes: on }]);
  });

  test('the builder for other tests puts a message at its second, to a tick', () => {
    const tempos = [
      { tick: 0, microsPerBeat: 600_000 },
      { tick: 960, microsPerBeat: 300_000 },
    ];
    const seconds = [0, 0.6, 1.2, 1.5, 60];
    const bytes = smf(
      seconds.map((second) => ({ seconds: second, bytes: on })),
      { tempos },
    );
    read(bytes).forEach((message, index) => {
      expect(message.seconds).toBeCloseTo(seconds[index] ?? -1, 9);
    });
  });
});

describe('files that are refused, each with its code', () => {
  const whole = [
    ...smf([
      { tick: 0, bytes: on },
      { tick: 480, bytes: off },
    ]),
  ];
  const end = [0, ...endOfTrack];
  const track = midiTrack([]);
  test.each<[string, string, Iterable<number>]>([
    ['file-empty', '0 bytes', []],
    ['midi-not-midi', 'not a MIDI file', Buffer.from('This is text.')],
    ['midi-not-midi', 'not a MIDI file', Buffer.from('RIFF\0\0\0\0RMID')],
    ['midi-not-midi', 'not a MIDI file', [0]],
    ['midi-truncated', 'within its header', whole.slice(0, 1)],
    ['midi-truncated', 'within its header', whole.slice(0, 13)],
    ['midi-truncated', '0 of the 1 tracks', whole.slice(0, 14)],
    ['midi-truncated', '0 of the 1 tracks', whole.slice(0, 21)],
    ['midi-truncated', 'a chunk that starts at byte 14', whole.slice(0, 22)],
    ['midi-truncated', 'a chunk that starts at byte 14', whole.slice(0, -1)],
    ['midi-truncated', '1 of the 2 tracks', [...midiHeader(1, 2, 480), ...track]],
    ['midi-truncated', 'a chunk', [...midiHeader(0, 1, 480), ...midiChunk('MTrk', end, 0xffff_ffff)]],
    ['midi-format-unsupported', 'format 2', [...midiHeader(2, 1, 480), ...track]],
    ['midi-format-unsupported', 'format 9', [...midiHeader(9, 1, 480), ...track]],
    ['midi-damaged', 'no tracks', midiHeader(1, 0, 480)],
    ['midi-damaged', 'more tracks than the 1', [...midiHeader(1, 1, 480), ...track, ...track]],
    ['midi-damaged', 'header of 4 bytes', [...midiHeader(0, 1, 480).slice(0, 7), 4, 0, 0, 0, 1, 0, 0]],
    ['midi-damaged', '0 ticks per beat', [...midiHeader(0, 1, 0), ...track]],
    ['midi-damaged', '23 frames per second', [...midiHeader(0, 1, 0xe9_04), ...track]],
    ['midi-damaged', 'of 0 ticks', [...midiHeader(0, 1, 0xe8_00), ...track]],
    ['midi-damaged', 'no end event', oneTrack()],
    ['midi-damaged', 'no end event', oneTrack(0, ...on)],
    ['midi-damaged', 'goes on after its end', oneTrack(...end, 0, ...on)],
    ['midi-damaged', 'longer than its track', oneTrack(0, 0x90, 60)],
    ['midi-damaged', 'longer than its track', oneTrack(0)],
    ['midi-damaged', 'longer than its track', oneTrack(0x80)],
    ['midi-damaged', 'longer than its track', oneTrack(0, 0xff, 1, 100, 0x61, ...end)],
    ['midi-damaged', 'more than 4 bytes', oneTrack(0x81, 0x80, 0x80, 0x80, 0, ...on, ...end)],
    ['midi-damaged', '(0x3c) starts no event', oneTrack(0, 60, 100, ...end)],
    ['midi-damaged', '(0x3c) starts no event', oneTrack(0, ...on, 0, 0xff, 1, 0, 0, 60, 0, ...end)],
    ['midi-damaged', '(0x3c) starts no event', oneTrack(0, ...on, 0, 0xf0, 1, 0xf7, 0, 60, 0, ...end)],
    ['midi-damaged', '(0xf8) starts no event', oneTrack(0, 0xf8, ...end)],
    ['midi-damaged', 'a status byte within', oneTrack(0, 0x90, 60, 0x90, ...end)],
    ['midi-damaged', 'a status byte within', oneTrack(0, 0x90, 0x80, 1, ...end)],
    ['midi-damaged', 'not well formed', oneTrack(0, 0xf0, 3, 1, 0x90, 0xf7, ...end)],
    ['midi-damaged', 'not well formed', oneTrack(0, 0xf0, 3, 1, 0xf7, 0xf7, ...end)],
    ['midi-damaged', 'not well formed', oneTrack(0, 0xf0, 1, 1, 0, 0xf0, 1, 0xf7, ...end)],
    ['midi-damaged', 'starts no event', oneTrack(0, 0xf0, 1, 1, 0, ...on, ...end)],
    ['midi-damaged', 'ends within a system exclusive', oneTrack(0, 0xf0, 1, 1, ...end)],
    ['midi-damaged', 'has no status', oneTrack(0, 0xf7, 1, 1, ...end)],
    ['midi-damaged', 'a tempo', oneTrack(0, 0xff, 0x51, 2, 1, 1, ...end)],
    ['midi-damaged', 'a tempo', oneTrack(0, ...tempoEvent(0), ...end)],
  ])('%s: %s', (code, says, bytes) => {
    const path = folder.put('set.mid', Uint8Array.from(bytes));
    const error = userErrorOf(() => readMidiFile(path));
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(says)]);
    expect(error.message.startsWith(`${path}: `)).toBe(true);
    expect(error.message).toMatch(/^[^;]+; [^;]+; [^;]+$/);
  });

  test('file-missing and file-is-folder', () => {
    expect(userErrorOf(() => readMidiFile(folder.path('none.mid'))).code).toBe('file-missing');
    expect(userErrorOf(() => readMidiFile(folder.folder)).code).toBe('file-is-folder');
  });

  test('midi-too-large: beyond 64 MiB, without reading it', () => {
    const path = folder.put('set.mid', Uint8Array.from(whole));
    truncateSync(path, 64 * 1024 * 1024 + 1);
    const error = userErrorOf(() => readMidiFile(path));
    expect([error.code, error.message]).toEqual(['midi-too-large', expect.stringContaining(path)]);
    truncateSync(path, 64 * 1024 * 1024);
    expect(readMidiFile(path)).toHaveLength(2);
  });

  test('a file cut short anywhere is refused, and one byte changed is read or refused, never worse', () => {
    const path = folder.path('set.mid');
    for (let length = 1; length < whole.length; length += 1) {
      folder.put('set.mid', Uint8Array.from(whole.slice(0, length)));
      expect(userErrorOf(() => readMidiFile(path)).code).toBe('midi-truncated');
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        folder.put('set.mid', Uint8Array.from(whole.with(at, value)));
        try {
          for (const { seconds, bytes } of readMidiFile(path)) {
            expect(seconds).toBeGreaterThanOrEqual(0);
            expect(bytes[0]).toBeGreaterThanOrEqual(0x80);
          }
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'UserError', message: expect.stringContaining(path) });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no file is left open', () => {
    const before = folder.openFiles();
    read(whole);
    userErrorOf(() => read(whole.slice(0, 30)));
    expect(folder.openFiles()).toBe(before);
  });
});
