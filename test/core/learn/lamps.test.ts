import { learningLamps } from '../../../src/core/learn/lamps.ts';
import { fader, hold, type Move, play, program, tap, tapCc, toFaders } from './player.ts';

const lampsAfter = (moves: readonly Move[], restMs: number): string[] =>
  learningLamps(play(moves, { restMs }).learning).map(({ trigger, as }) =>
    'number' in trigger ? `${trigger.kind} ${trigger.number} ${as}` : `${trigger.kind} ${as}`,
  );

describe('the lamps of a learning', () => {
  test.each<readonly [string, readonly Move[], number, readonly string[]]>([
    ['are left alone at first', [], 100, []],
    ['blink for what was just learnt', tap(36), 100, ['note 36 blinking']],
    ['are lit for what is learnt', tap(36), 1100, ['note 36 lit']],
    ['are those of control changes too', [...tap(36), ...tapCc(64)], 100, ['note 36 lit', 'cc 64 blinking']],
    ['blink in conflict', [...tap(36), ...tap(37), ...tap(36)], 100, ['note 36 blinking', 'note 37 lit']],
    ['blink for a second in conflict', [...tap(36), ...tap(37), ...tap(36)], 1100, ['note 36 lit', 'note 37 lit']],
    ['blink for what is undone', [...tap(36), ...tap(37), ...hold(36)], 100, ['note 36 lit', 'note 37 blinking']],
    ['go dark for what is undone', [...tap(36), ...tap(37), ...hold(36)], 1100, ['note 36 lit', 'note 37 dark']],
    [
      'blink for the switch that skips, then go dark',
      [...tap(36), ...hold(50)],
      100,
      ['note 36 lit', 'note 50 blinking'],
    ],
    ['go dark after the skip', [...tap(36), ...hold(50)], 1100, ['note 36 lit', 'note 50 dark']],
    [
      'blink for the switch that undoes a skip',
      [...tap(36), ...hold(50), ...hold(36)],
      100,
      ['note 36 blinking', 'note 50 dark'],
    ],
    ['are lit again for what is learnt again', [...tap(36), ...hold(36), ...tap(36)], 1100, ['note 36 lit']],
    ['are none for program changes', [[0, program(3)]], 100, []],
    ['are none for faders, which might have motors', [...toFaders, ...fader(7)], 1100, ['note 36 lit']],
    ['are dark when it is over', [...tap(36), ...hold(50), [500, 'finish']], 100, ['note 36 dark', 'note 50 dark']],
  ])('%s', (_, moves, restMs, lamps) => expect(lampsAfter(moves, restMs)).toEqual(lamps));
});
