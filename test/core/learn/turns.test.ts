import { fader, type Move, pitch, play, steps, stream, toFaders, words } from './player.ts';

/** What is said from the first fader on. */
const saidOf = (moves: readonly Move[]): string[] => words(play([...toFaders, [500, [0xf8]], ...moves]).said).slice(4);

type Law = readonly [law: string, moves: readonly Move[], said: readonly string[]];

const bends = (values: readonly number[]): Move[] =>
  values.map((value, index) => [index === 0 ? 500 : 20, pitch(value)]);

/** The lower half runs through its range for each step of the upper one. */
const fine = (number: number): Move[] =>
  steps(20, 60, 1).flatMap((value) => [
    ...stream(number, [value]).map(([, bytes]): Move => [5, bytes]),
    ...stream(number + 32, steps(8, 120, 8), 1).map(([, bytes]): Move => [1, bytes]),
  ]);

describe('a fader', () => {
  test.each<Law>([
    ['is learnt by a quarter of its way up', stream(7, steps(10, 42)), ['bars = cc 7']],
    ['is learnt by a quarter of its way down', stream(7, steps(90, 58)), ['bars = cc 7']],
    ['is not learnt by less', stream(7, steps(10, 40)), []],
    ['is learnt when thrown', stream(7, [0, 14, 28, 42, 56, 70], 2), ['bars = cc 7']],
    [
      'is learnt though it trembles',
      stream(7, [10, 13, 12, 16, 15, 20, 19, 25, 24, 30, 29, 36, 35, 43]),
      ['bars = cc 7'],
    ],
    ['is not learnt when it goes to and fro', stream(7, [...steps(10, 36), ...steps(36, 10), ...steps(10, 36)]), []],
    ['is not learnt by a jump', stream(7, [0, 127, 0]), ['isSwitch cc 7']],
    ['is not learnt when it creeps', stream(7, steps(10, 60, 1), 200), []],
    ['that is a pitch bend is learnt', bends(steps(8192, 13000, 400)), ['bars = pitch']],
    ['of 14 bits is learnt by its upper half', fine(7), ['bars = cc 7']],
    [
      'that moves on after it was learnt is no conflict',
      stream(7, [...steps(0, 127, 1), ...steps(127, 0, 1)]),
      ['bars = cc 7'],
    ],
    [
      'that is learnt is a conflict when it moves again later',
      [...fader(7), [3000, 'skip'], ...fader(7)],
      ['bars = cc 7', 'skipped tempo', 'cc 7 is bars'],
    ],
    [
      'moved together with another is ignored',
      steps(10, 50).flatMap((value): Move[] => [
        [10, [0xb0, 7, value]],
        [10, [0xb0, 8, value]],
      ]),
      ['twoAtOnce cc 7', 'twoAtOnce cc 8'],
    ],
    [
      'is learnt beside a pedal that trembles',
      steps(10, 50).flatMap((value): Move[] => [
        [10, [0xb0, 7, value]],
        [10, [0xb0, 11, 90 + (value % 4)]],
      ]),
      ['bars = cc 7'],
    ],
  ])('%s', (_, moves, said) => expect(saidOf(moves)).toEqual(said));

  test('of a kind each: all three are learnt one after the other', () => {
    expect(saidOf([...fader(7), ...fader(8), ...fader(9)])).toEqual([
      'bars = cc 7',
      'tempo = cc 8',
      'click-volume = cc 9',
      'finished',
    ]);
  });
});

describe('an encoder', () => {
  test.each<Law>([
    ['of 1 and 127 is two’s complement', stream(16, [1, 1, 1, 127, 127, 127]), ['bars = cc 16 twosComplement']],
    ['of 1 and 65 has bit 6 as its sign', stream(16, [65, 65, 1, 1]), ['bars = cc 16 signBit']],
    ['of 65 and 63 is an offset', stream(16, [65, 65, 65, 63, 63]), ['bars = cc 16 offset']],
    [
      'turned fast in between is known all the same',
      stream(16, [1, 3, 5, 1, 127, 124, 127]),
      ['bars = cc 16 twosComplement'],
    ],
    ['turned one way is not known yet', stream(16, [1, 1, 1, 1, 1, 2, 2, 1]), []],
    ['that clicks once to each side is not known yet', stream(16, [1, 127]), []],
    ['turned slowly is known', stream(16, [63, 63, 65, 65], 500), ['bars = cc 16 offset']],
    [
      'turned on after it was learnt is no conflict',
      stream(16, [1, 1, 127, 127, 1, 1, 127, 127]),
      ['bars = cc 16 twosComplement'],
    ],
    [
      'is not what a fader is that goes through the middle',
      stream(16, [...steps(56, 72, 1), ...steps(72, 56, 1), ...steps(56, 72, 1)]),
      [],
    ],
  ])('%s', (_, moves, said) => expect(saidOf(moves)).toEqual(said));
});
