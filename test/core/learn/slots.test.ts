import { sayingLevel, sayingText } from '../../../src/core/learn/saying.ts';
import { asked, cc, type Move, off, on, play, tap, words } from './player.ts';

type Law = readonly [law: string, moves: readonly Move[], said: readonly string[]];

const expectSaid = (moves: readonly Move[], said: readonly string[], options = {}): void =>
  expect(words(play(moves, options).said)).toEqual(said);

describe('the slots', () => {
  const settings = ['reset', 'tap', 'mute-click', 'bars', 'tempo', 'click-volume'];

  test.each([
    [1, ['track-1']],
    [3, ['track-1', 'track-2', 'track-3']],
    [12, [1, 2, 3, 4, 5, 6, 7, 8].map((track) => `track-${track}`)],
  ])('of a session of %i tracks are asked for in order', (tracks, names) => {
    const moves: Move[] = [...tap(36), ...Array(names.length + 5).fill([500, 'skip'])];
    const { said, learning } = play(moves, { tracks });
    expect(asked(said)).toEqual([...names, ...settings]);
    expect(words(said).at(-1)).toBe('finished');
    expect(learning.over).toBe(true);
  });

  test('begin again when all are passed over, since no track is learnt', () => {
    const { said } = play([...Array(7).fill([500, 'skip'])]);
    expect(asked(said)).toEqual(['track-1', ...settings, 'track-1']);
    expect(words(said).at(-1)).toBe('noTrack');
  });

  test('are asked for again after an undo', () => {
    expect(asked(play([...tap(36), [500, 'undo']]).said)).toEqual(['track-1', 'reset', 'track-1']);
  });
});

describe('from outside', () => {
  test.each<Law>([
    ['undo has nothing to undo at first', [[0, 'undo']], ['nothingToUndo']],
    ['finish writes what is learnt', [...tap(36), [500, 'finish']], ['track-1 = note 36', 'finished']],
    ['finish needs a track', [[500, 'finish']], ['noTrack']],
    ['cancel gives up', [...tap(36), [500, 'cancel']], ['track-1 = note 36', 'cancelled']],
    ['nothing is heard once it is over', [[0, 'cancel'], ...tap(36), [0, 'finish']], ['cancelled']],
  ])('%s', (_, moves, said) => expectSaid(moves, said));
});

describe('the player’s silence', () => {
  test('of 60 s gives up', () => {
    expectSaid([], ['noAnswer'], { restMs: 60_000 });
    expectSaid([], [], { restMs: 59_999 });
  });

  test('begins with the last answer', () => {
    expectSaid(
      [
        [59_000, on(36)],
        [100, off(36)],
      ],
      ['track-1 = note 36'],
      { restMs: 59_000 },
    );
  });

  test('is not broken by stray controls', () => {
    const tremble: Move[] = Array.from({ length: 60 }, (_, second) => [1000, cc(11, 90 + (second % 2))]);
    expectSaid(tremble, ['noAnswer']);
  });
});

describe('the log', () => {
  test('leads through the slots in plain words', () => {
    const { said } = play([...tap(36), [500, on(36)], [80, on(37)], [20, off(36)], [500, 'cancel']]);
    expect(said.map((saying) => `${sayingLevel(saying)}: ${sayingText(saying)}`)).toEqual([
      'info: 1 of 7, track 1: press a switch for it; hold any new switch for a second to skip it',
      'info: track 1 is note 36 on channel 1',
      'info: 2 of 7, reset: press a switch for it; hold any new switch for a second to skip it',
      'debug: note 37 on channel 1 is ignored: another one is down',
      'info: note 36 on channel 1 is track 1 already; use another one for reset, or hold a learnt switch for a second to undo',
      'info: learning is cancelled; nothing is written',
    ]);
  });
});
