import { TestScheduler } from 'rxjs/testing';
import type { TimedMove } from '../../src/streams/gestures.ts';
import { settledTurns } from '../../src/streams/turns.ts';

const turn = (control: string, place: number): TimedMove => ({ type: 'turn', control, place, at: 0 });

const moves: Readonly<Record<string, TimedMove>> = {
  a: turn('tempo', 0.1),
  b: turn('tempo', 0.2),
  c: turn('tempo', 0.3),
  x: turn('bars', 0.5),
  y: turn('bars', 0.6),
  s: { type: 'step', control: 'wheel', steps: 1, at: 0 },
  p: { type: 'press', control: 'pad', value: 127, at: 0 },
};

/** A mark is a millisecond. */
const settles = (moved: string, passed: string): void => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ hot, expectObservable }) => {
    const settled$ = hot(moved, moves).pipe(settledTurns({ now: () => scheduler.now() }, scheduler));
    expectObservable(settled$).toBe(passed, moves);
  });
};

test.each([
  ['a fader that is moved slowly passes at once', 'a-----b-----c', 'a-----b-----c'],
  [
    'the first place passes at once, of those that follow too soon the last once it is time',
    'abc-----------',
    'a----c--------',
  ],
  ['a flood is thinned out to one in five milliseconds', 'abcabcabca------', 'a----c----a-----'],
  ['each fader by itself', 'axby----------', 'ax---by-------'],
  ['what waits passes before a switch that comes after it', 'abp-----------', 'a-(bp)--------'],
  ['switches and encoders pass as they are', 'psps(psps)', 'psps(psps)'],
])('%s', (_, moved, passed) => settles(moved, passed));
