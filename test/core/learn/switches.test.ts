import { cc, hold, type Move, off, on, play, program, steps, stream, tap, tapCc, toFaders, words } from './player.ts';

type Law = readonly [law: string, moves: readonly Move[], said: readonly string[]];

const expectSaid = (moves: readonly Move[], said: readonly string[], options = {}): void =>
  expect(words(play(moves, options).said)).toEqual(said);

describe('a switch', () => {
  test.each<Law>([
    ['that is a note is learnt by a short press', tap(36), ['track-1 = note 36']],
    [
      'is let go of by a note-on of velocity 0',
      [
        [0, on(36)],
        [90, [0x90, 36, 0]],
      ],
      ['track-1 = note 36'],
    ],
    ['that is a control change is learnt by a short press', tapCc(64), ['track-1 = cc 64']],
    ['is learnt at 599 ms', tap(36, 599), ['track-1 = note 36']],
    [
      'is one by its channel too',
      [...tap(36), [500, [0x91, 36, 9]], [90, [0x91, 36, 0]]],
      ['track-1 = note 36', 'reset = note 36'],
    ],
    [
      'that bounces is one press',
      [
        [0, on(36)],
        [3, off(36)],
        [4, on(36)],
        [5, on(36)],
        [200, off(36)],
        [6, on(36)],
        [7, off(36)],
      ],
      ['track-1 = note 36'],
    ],
    [
      'that bounces as a control change is one press',
      [
        [0, cc(64, 127)],
        [3, cc(64, 127)],
        [4, cc(64, 0)],
        [5, cc(64, 127)],
        [200, cc(64, 0)],
      ],
      ['track-1 = cc 64'],
    ],
    ['that was down before the learning says nothing by its release', [[10, off(36)]], []],
  ])('%s', (_, moves, said) => expectSaid(moves, said));

  test.each<Law>([
    ['that is a program change is learnt at once', [[0, program(5)]], ['track-1 = program 5 without release']],
    [
      'after bank select too',
      [
        [0, cc(0, 20)],
        [1, cc(32, 20)],
        [1, program(5)],
      ],
      ['track-1 = program 5 without release'],
    ],
    [
      'is in conflict when it comes again, but not when it bounces',
      [
        [0, program(5)],
        [15, program(5)],
        [800, program(5)],
      ],
      ['track-1 = program 5 without release', 'tooSoon program 5', 'program 5 is track-1'],
    ],
    [
      'that is a note is known by its second press',
      [
        [0, on(36)],
        [900, on(36)],
      ],
      ['track-1 = note 36 without release'],
    ],
    [
      'that is a control change is known by its second press',
      [
        [0, cc(64, 127)],
        [900, cc(64, 127)],
      ],
      ['track-1 = cc 64 without release'],
    ],
    [
      'is known by its second press after a long wait too',
      [
        [0, on(36)],
        [3000, on(36)],
      ],
      ['held', 'track-1 = note 36 without release'],
    ],
    [
      'is in conflict at once when it is learnt',
      [
        [0, cc(64, 127)],
        [900, cc(64, 127)],
        [900, cc(64, 127)],
      ],
      ['track-1 = cc 64 without release', 'cc 64 is track-1'],
    ],
    [
      'leaves the way to others free after 5 s',
      [
        [0, on(36)],
        [5000, on(37)],
        [90, off(37)],
      ],
      ['held', 'track-1 = note 37'],
    ],
  ])('without release %s', (_, moves, said) => expectSaid(moves, said));

  test.each<Law>([
    [
      'is a conflict when it is learnt, and the slot stays',
      [...tap(36), ...tap(36), ...tap(37)],
      ['track-1 = note 36', 'note 36 is track-1', 'reset = note 37'],
    ],
    [
      'is ignored where a fader is asked for',
      [...toFaders, ...tap(40)],
      ['track-1 = note 36', 'skipped reset', 'skipped tap', 'skipped mute-click', 'isSwitch note 40'],
    ],
    [
      'is a conflict where a fader is asked for',
      [...toFaders, ...tap(36)],
      ['track-1 = note 36', 'skipped reset', 'skipped tap', 'skipped mute-click', 'note 36 is track-1'],
    ],
    [
      'brushed while another is down is ignored',
      [
        [0, on(36)],
        [80, on(37)],
        [20, off(37)],
        [50, off(36)],
      ],
      ['anotherIsDown note 37', 'track-1 = note 36'],
    ],
    [
      'hit together with another is ignored, and so is the other',
      [
        [0, on(36)],
        [20, on(37)],
        [5, on(38)],
        [50, off(36)],
        [5, off(37)],
        [5, off(38)],
      ],
      ['twoAtOnce note 37', 'tooSoon note 38'],
    ],
    [
      'that speaks with a note and a control change at once is learnt by the first',
      [
        [0, on(36)],
        [1, cc(20, 90)],
        [90, off(36)],
        [1, cc(20, 0)],
      ],
      ['anotherIsDown cc 20', 'track-1 = note 36'],
    ],
    [
      'that speaks with a program change and a control change is learnt by the first',
      [
        [0, program(1)],
        [1, cc(20, 127)],
      ],
      ['track-1 = program 1 without release', 'tooSoon cc 20'],
    ],
  ])('%s', (_, moves, said) => expectSaid(moves, said));
});

describe('a hold', () => {
  test.each<Law>([
    ['of a new switch skips', [...tap(36), ...hold(50)], ['track-1 = note 36', 'skipped reset']],
    ['skips from 600 ms on', [...tap(36), ...tap(50, 600)], ['track-1 = note 36', 'skipped reset']],
    ['skips up to 1999 ms', [...tap(36), ...tap(50, 1999)], ['track-1 = note 36', 'skipped reset']],
    [
      'of a learnt switch undoes the last',
      [...tap(36), ...tap(37), ...hold(36)],
      ['track-1 = note 36', 'reset = note 37', 'undone reset'],
    ],
    [
      'undoes a skip too',
      [...tap(36), ...hold(50), ...hold(36)],
      ['track-1 = note 36', 'skipped reset', 'undone reset'],
    ],
    [
      'of the last learnt frees it',
      [...tap(36), ...hold(36), ...tap(36)],
      ['track-1 = note 36', 'undone track-1', 'track-1 = note 36'],
    ],
    [
      'works where a fader is asked for',
      [...toFaders, ...hold(50), ...hold(36)],
      ['track-1 = note 36', 'skipped reset', 'skipped tap', 'skipped mute-click', 'skipped bars', 'undone bars'],
    ],
    ['of 2 s finishes', [...tap(36), ...tap(36, 2000)], ['track-1 = note 36', 'held', 'finished']],
    [
      'of 2 s finishes with a new switch too',
      [...tap(36), ...tap(50, 9000)],
      ['track-1 = note 36', 'held', 'finished'],
    ],
    ['of 2 s without a track does not finish', tap(36, 2000), ['held', 'noTrack']],
    ['of 10 s has lost its release', [...tap(36), ...tap(50, 10_000)], ['track-1 = note 36', 'held']],
  ])('%s', (_, moves, said) => expectSaid(moves, said));
});

describe('where a switch is asked for', () => {
  test.each<Law>([
    ['a fader is ignored', stream(7, steps(0, 127)), ['isTurned cc 7']],
    ['a fader that was left standing high is ignored', stream(7, steps(110, 20)), ['isTurned cc 7']],
    ['an encoder is ignored', stream(16, [65, 65, 65, 63, 63, 63], 300), ['isTurned cc 16']],
    ['an encoder in two’s complement is ignored', stream(16, [127, 127, 127, 127, 1, 1, 1]), ['isTurned cc 16']],
    ['a trembling pedal is ignored', stream(11, [90, 91, 90, 89, 90, 91, 90, 90, 91], 700), []],
    ['a pedal that trembles at its rest is ignored', stream(11, [0, 1, 0, 2, 0, 1, 0], 100), []],
    ['a trembling pedal blocks no switch', [...stream(11, [90, 91, 90, 91], 700), ...tap(36)], ['track-1 = note 36']],
  ])('%s', (_, moves, said) => expectSaid(moves, said));

  test.each<readonly [string, readonly number[]]>([
    ['MIDI clock', [0xf8]],
    ['active sensing', [0xfe]],
    ['start', [0xfa]],
    ['channel pressure', [0xd0, 100]],
    ['key pressure', [0xa0, 36, 100]],
    ['pitch bend', [0xe0, 0, 100]],
    ['all notes off', [0xb0, 123, 127]],
    ['system exclusive', [0xf0, 0x7e, 0x7f, 0x06, 0x01, 0xf7]],
    ['a truncated note', [0x90, 36]],
    ['data without a status', [36, 100]],
    ['a byte too large', [0x90, 36, 200]],
    ['nothing', []],
  ])('%s is passed over, even in a press', (_, bytes) => {
    expectSaid(
      [
        [0, bytes],
        [50, on(36)],
        [10, bytes],
        [90, off(36)],
        [10, bytes],
      ],
      ['track-1 = note 36'],
    );
  });
});
