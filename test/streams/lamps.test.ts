import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { lamps, type StateAt } from '../../src/streams/lamps.ts';
import { generic } from '../core/lamps/profiles.ts';
import { loop, type Situation, sessionIn, trackIn } from '../core/session/situations.ts';

/** The session of two tracks at a frame; the first three pads of a controller tell of it. */
const at = (frame: number, first: Situation, second: Situation, lit = true, touched = 1): StateAt => ({
  frame,
  session: sessionIn('EMPTY', {
    tracks: [trackIn(first, 1, { ...loop, id: 1 }), trackIn(second, 2)],
    pulse: { bar: 0, beat: 0, lit },
    touched,
  }),
});

const profile = { ...generic, lamps: generic.lamps.slice(0, 3) };
const lamp = (frame: number, track: number, value: number) => ({ frame, bytes: [0x90, 35 + track, value] });

const states = {
  e: at(1, 'EMPTY', 'EMPTY'),
  t: at(2, 'TRIGGERED/capture', 'EMPTY'),
  p: at(3, 'PLAYING', 'EMPTY'),
  d: at(4, 'PLAYING', 'STOPPING', false),
  b: at(5, 'STOPPED', 'PLAYING', true, 2),
};

const messages = {
  // All of it, for a state each.
  '1': lamp(1, 1, 0),
  '2': lamp(1, 2, 0),
  '3': lamp(1, 3, 0),
  '4': lamp(3, 1, 5),
  '5': lamp(3, 2, 0),
  '6': lamp(3, 3, 0),
  // Differences.
  t: lamp(2, 1, 7),
  p: lamp(3, 1, 5),
  x: lamp(5, 2, 5),
  y: lamp(5, 1, 1),
};

const marbles = (law: (helpers: RunHelpers) => void): void =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(law);

const expectLamps = (lines: { readonly states: string; readonly connected: string; readonly sent: string }): void =>
  marbles(({ hot, expectObservable }) => {
    const sent$ = lamps(profile, hot(lines.states, states), hot(lines.connected, states));
    expectObservable(sent$).toBe(lines.sent, messages);
  });

describe('the lamps of a controller', () => {
  test('are all sent when it connects, then only those that change', () => {
    expectLamps({
      connected: 'e--------------',
      states: '   -------t------p',
      sent: '     (123)--t------p',
    });
  });

  test('are not sent while nothing changes', () => {
    expectLamps({
      connected: 'e-------',
      states: '   -----e-e-',
      sent: '     (123)---',
    });
  });

  test('do not tell of what is dark and stays dark', () => {
    expectLamps({
      connected: 'p------------',
      states: '   -------d-----',
      sent: '     (456)--------',
    });
  });

  test('are sent touched track first', () => {
    expectLamps({
      connected: 'p---------',
      states: '   -------b----',
      sent: '     (456)--(xy)',
    });
  });

  test('are all sent anew after each connect, with the session as it is then', () => {
    expectLamps({
      connected: 'e----------p-------p----',
      states: '   -------p----------------',
      sent: '     (123)--p---(456)---(456)',
    });
  });

  test('are all sent before the first connect too, as nothing is known', () => {
    expectLamps({
      connected: '------',
      states: '   e-----',
      sent: '     (123)-',
    });
  });
});
