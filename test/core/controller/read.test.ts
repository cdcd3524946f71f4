import fc from 'fast-check';
import type { Control } from '../../../src/core/controller/profile.ts';
import { newReader, read } from '../../../src/core/controller/read.ts';
import { aControl, cc, note } from './a-profile.ts';

const controlChange = 0xb0;

/** What the messages move, one after the other, in short: `press a`, `turn a 0.5`. */
const movesOf = (controls: readonly Control[], ...messages: readonly (readonly number[])[]): readonly string[] => {
  let reader = newReader;
  return messages.map((bytes) => {
    const after = read(reader, { controls }, bytes);
    reader = after.reader;
    return after.moves
      .map((move) => {
        if (move.type === 'turn') return `turn ${move.control} ${Number(move.place.toFixed(4))}`;
        return move.type === 'step' ? `step ${move.control} ${move.steps}` : `${move.type} ${move.control}`;
      })
      .join(', ');
  });
};

describe('a pad', () => {
  const pad = aControl('a', { on: note(36) });

  test('is pressed by a note-on on any channel, and released by a note-off or a note-on of velocity 0', () => {
    for (let channel = 0; channel < 16; channel += 1) {
      const on = 0x90 + channel;
      expect(movesOf([pad], [on, 36, 1], [on, 36, 0], [on, 36, 127], [0x80 + channel, 36, 64])).toEqual([
        'press a',
        'release a',
        'press a',
        'release a',
      ]);
    }
  });

  test('is pressed only from its threshold on', () => {
    const hard = aControl('a', { on: { kind: 'note', number: 36, pressAt: 40 } });
    expect(movesOf([hard], [0x90, 36, 39], [0x90, 36, 40])).toEqual(['release a', 'press a']);
  });

  test('does not hear what is for another', () => {
    expect(movesOf([pad], [0x90, 35, 100], [controlChange, 36, 100], [0xa0, 36, 90], [0xfe], [0xf8], [])).toEqual(
      Array(6).fill(''),
    );
  });

  test('says how hard it was pressed', () => {
    expect(read(newReader, { controls: [pad] }, [0x90, 36, 99]).moves).toEqual([
      { type: 'press', control: 'a', value: 99 },
    ]);
  });
});

describe('a switch whose value says which one it is', () => {
  const switches = [1, 2].map((value) =>
    aControl(`s${value}`, {
      on: { kind: 'cc', number: 104, value, pressAt: 1 },
      off: { kind: 'cc', number: 105, value, pressAt: 1 },
    }),
  );

  test('is pressed by its value and released by the other message with it', () => {
    expect(movesOf(switches, [controlChange, 104, 2], [controlChange, 104, 1], [controlChange, 105, 2])).toEqual([
      'press s2',
      'press s1',
      'release s2',
    ]);
  });

  test('may have 0 for a value', () => {
    const zero = aControl('z', { on: { kind: 'cc', number: 104, value: 0, pressAt: 1 } });
    expect(movesOf([zero], [controlChange, 104, 0], [controlChange, 104, 9])).toEqual(['press z', '']);
  });
});

test('a switch with a release message of its own is pressed again at any value after it', () => {
  const own = aControl('a', { on: cc(20), off: cc(21) });
  expect(movesOf([own], [controlChange, 20, 90], [controlChange, 21, 1], [controlChange, 20, 100])).toEqual([
    'press a',
    'release a',
    'press a',
  ]);
});

describe('channel pressure and pitch bend', () => {
  test('are a switch where it is said from where on they are a press', () => {
    const squeeze = aControl('s', { on: { kind: 'pressure', pressAt: 100 } });
    expect(movesOf([squeeze], [0xd0, 99], [0xd0, 100], [0xd0, 120], [0xd0, 0])).toEqual([
      'release s',
      'press s',
      '',
      'release s',
    ]);
    const lever = aControl('l', { on: { kind: 'pitch', pressAt: 12_000 } });
    expect(movesOf([lever], [0xe0, 0, 64], [0xe0, 127, 127], [0xe0, 0, 64])).toEqual([
      'release l',
      'press l',
      'release l',
    ]);
  });
});

describe('a pedal that tells of its way', () => {
  const pedal = aControl('p', { on: { kind: 'cc', number: 64, pressAt: 64 } });
  const to = (...values: readonly number[]) => values.map((value) => [controlChange, 64, value]);

  test('is pressed once on the way down and released on the way up', () => {
    expect(movesOf([pedal], ...to(30, 70, 100, 127, 90, 50, 80))).toEqual([
      'release p',
      'press p',
      '',
      '',
      '',
      'release p',
      'press p',
    ]);
  });

  test('is pressed again by the same value: the release in between was lost', () => {
    expect(movesOf([pedal], ...to(127, 127))).toEqual(['press p', 'press p']);
  });

  test('does so with key pressure too', () => {
    const poly = aControl('k', { on: { kind: 'poly', number: 36, pressAt: 10 } });
    expect(movesOf([poly], [0xa0, 36, 20], [0xa0, 36, 30], [0xa0, 36, 0])).toEqual(['press k', '', 'release k']);
  });
});

test('a switch that does not tell its release is pressed by each message, and by no value below', () => {
  const blind = aControl('b', { on: cc(7), release: false });
  expect(movesOf([blind], [controlChange, 7, 127], [controlChange, 7, 100], [controlChange, 7, 0])).toEqual([
    'press b',
    'press b',
    '',
  ]);
});

test('a switch that toggles is pressed by its on and by its off', () => {
  const toggle = aControl('t', { on: cc(7), release: 'toggle' });
  expect(movesOf([toggle], [controlChange, 7, 127], [controlChange, 7, 0])).toEqual(['press t', 'press t']);
  const pad = aControl('t', { on: note(7), release: 'toggle' });
  expect(movesOf([pad], [0x90, 7, 127], [0x80, 7, 64])).toEqual(['press t', 'press t']);
});

describe('several sensors under one key', () => {
  const key = aControl('k', { on: { kind: 'ccs', numbers: [44, 45, 46], pressAt: 24, releaseAt: 8 } });
  const at = (number: number, value: number) => [controlChange, number, value];

  test('press it once one of them is over the threshold, and release it when all are back', () => {
    expect(
      movesOf([key], at(44, 23), at(45, 24), at(46, 100), at(45, 0), at(46, 9), at(46, 8), at(44, 0), at(44, 24)),
    ).toEqual(['', 'press k', '', '', '', '', 'release k', 'press k']);
  });

  test('do not tremble between the two thresholds', () => {
    expect(movesOf([key], at(44, 24), at(44, 20), at(44, 30), at(44, 9), at(44, 24))).toEqual([
      'press k',
      '',
      '',
      '',
      '',
    ]);
  });
});

describe('a fader', () => {
  const turn = {
    command: 'setClickVolume',
    scale: { kind: 'linear', from: 0, to: 1, round: false, curve: 1 },
  } as const;
  const bindings = { turn: { ...turn, pickUp: false } };

  test('says its place, from 0 to 1', () => {
    const fader = aControl('f', { on: cc(22), bindings });
    expect(movesOf([fader], [controlChange, 22, 0], [controlChange, 22, 127], [controlChange, 22, 64])).toEqual([
      'turn f 0',
      'turn f 1',
      `turn f ${Number((64 / 127).toFixed(4))}`,
    ]);
  });

  test('of 14 bits is moved by both of its control changes; the coarse one sets the fine one back', () => {
    const fader = aControl('f', { on: cc(1), fine: true, bindings });
    expect(
      movesOf(
        [fader],
        [controlChange, 33, 5],
        [controlChange, 1, 64],
        [controlChange, 33, 127],
        [controlChange, 1, 127],
        [controlChange, 33, 127],
      ),
    ).toEqual(
      [5, 64 * 128, 64 * 128 + 127, 127 * 128, 16_383].map((value) => `turn f ${Number((value / 16_383).toFixed(4))}`),
    );
  });

  test('may be a wheel for the pitch, of 14 bits, or the pressure on the whole channel', () => {
    const wheel = aControl('w', { on: { kind: 'pitch' }, bindings });
    const pressure = aControl('c', { on: { kind: 'pressure' }, bindings });
    expect(movesOf([wheel, pressure], [0xe0, 0, 0], [0xe0, 127, 127], [0xd0, 127])).toEqual([
      'turn w 0',
      'turn w 1',
      'turn c 1',
    ]);
  });
});

describe('an encoder', () => {
  test.each([
    ['twosComplement', [1, 3, 63, 64, 127, 125], [1, 3, 63, -64, -1, -3]],
    ['signBit', [1, 3, 63, 65, 67, 127], [1, 3, 63, -1, -3, -63]],
    ['offset', [65, 67, 127, 63, 61, 0], [1, 3, 63, -1, -3, -64]],
  ] as const)('in %s says %j for %j', (relative, values, steps) => {
    const encoder = aControl('e', { on: cc(16), relative });
    expect(movesOf([encoder], ...values.map((value) => [controlChange, 16, value]))).toEqual(
      steps.map((count) => `step e ${count}`),
    );
  });

  test.each([
    ['twosComplement', [0]],
    ['signBit', [0, 64]],
    ['offset', [64]],
  ] as const)('in %s does not move by %j', (relative, values) => {
    const encoder = aControl('e', { on: cc(16), relative });
    expect(movesOf([encoder], ...values.map((value) => [controlChange, 16, value]))).toEqual(values.map(() => ''));
  });
});

describe('what comes as one message is a press:', () => {
  test.each<[string, Control['on'], readonly number[]]>([
    ['a program change', { kind: 'program', number: 5 }, [0xc0, 5]],
    ['start', { kind: 'start' }, [0xfa]],
    ['stop', { kind: 'stop' }, [0xfc]],
    ['continue', { kind: 'continue' }, [0xfb]],
    ['MMC', { kind: 'mmc', command: 6 }, [0xf0, 0x7f, 0, 6, 6, 0xf7]],
    ['sysex that begins so', { kind: 'sysex', prefix: [0xf0, 0x7d] }, [0xf0, 0x7d, 1, 2, 3, 0xf7]],
  ])('%s', (_, on, bytes) => {
    expect(movesOf([aControl('a', { on, release: false })], bytes, bytes)).toEqual(['press a', 'press a']);
    expect(movesOf([aControl('a', { on, release: false })], bytes.slice(0, -1))).toEqual(['']);
  });
});

describe('whatever comes in,', () => {
  const controls: readonly Control[] = [
    aControl('pad', { on: note(36) }),
    aControl('pedal', { on: cc(64) }),
    aControl('key', { on: { kind: 'ccs', numbers: [44, 45], pressAt: 24, releaseAt: 8 } }),
    aControl('fader', { on: cc(1), fine: true }),
    aControl('encoder', { on: cc(16), relative: 'signBit' }),
    aControl('value', { on: { kind: 'cc', number: 104, value: 3, pressAt: 1 }, off: cc(105) }),
    aControl('wheel', { on: { kind: 'pitch' } }),
    aControl('mmc', { on: { kind: 'mmc', command: 2 }, release: false }),
    aControl('sysex', { on: { kind: 'sysex', prefix: [0xf0, 0x7d] }, release: false }),
  ];
  const byte = fc.integer({ min: 0, max: 127 });
  const message = fc.oneof(
    fc.tuple(fc.constantFrom(0x80, 0x90, 0xa0, 0xb0, 0xe0), fc.constantFrom(1, 16, 33, 36, 44, 45, 64, 104, 105), byte),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 6 }),
    fc.array(byte, { maxLength: 40 }).map((data) => [0xf0, 0x7d, ...data]),
  );

  test('reading never stumbles, tells only of controls that are there, and remembers a bounded lot', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 100, size: 'max' }), (messages) => {
        let reader = newReader;
        for (const bytes of messages) {
          const after = read(reader, { controls }, bytes);
          reader = after.reader;
          for (const move of after.moves) {
            expect(controls.map(({ id }) => id)).toContain(move.control);
            if (move.type === 'step') expect(move.steps).not.toBe(0);
          }
        }
        // A value of each control, and of each of two sensors.
        expect(reader.size).toBeLessThanOrEqual(controls.length + 2);
      }),
    );
  });
});
