import type { Profile } from '../../../src/core/controller/profile.ts';
import { darkness } from '../../../src/core/lamps/dark.ts';
import { picture } from '../../../src/core/lamps/picture.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { loop, loopFact, type Situation, sessionIn, trackIn } from '../session/situations.ts';
import { generic, hex, launchpad } from './profiles.ts';

const shown = (session: SessionState, profile: Profile): string[] => [...picture(session, profile).values()].map(hex);

const pulse = (lit: boolean) => ({ bar: 0, beat: 0, lit });

/** Eight tracks in all situations, the first one twice. */
const all: readonly Situation[] = [
  'EMPTY',
  'TRIGGERED/capture',
  'TRIGGERED/start',
  'RECORDING',
  'PLAYING',
  'STOPPING',
  'STOPPED',
  'EMPTY',
];
const eight = (changed: Partial<SessionState> = {}): SessionState =>
  sessionIn('EMPTY', {
    tracks: all.map((situation, index) => trackIn(situation, index + 1, { ...loop, id: index + 1 })),
    ...changed,
  });

describe('the picture of the generic controller is a note-on for each pad, its velocity the state', () => {
  test('in the lit half of a beat', () => {
    expect(shown(eight({ pulse: pulse(true) }), generic)).toEqual([
      '90 24 00',
      '90 25 07',
      '90 26 07',
      '90 27 03',
      '90 28 05',
      '90 29 07',
      '90 2A 01',
      '90 2B 00',
    ]);
  });

  test('in the dark half what waits is dark', () => {
    expect(shown(eight({ pulse: pulse(false) }), generic)).toEqual([
      '90 24 00',
      '90 25 00',
      '90 26 00',
      '90 27 03',
      '90 28 05',
      '90 29 00',
      '90 2A 01',
      '90 2B 00',
    ]);
  });
});

describe('the picture of the Launchpad Mini MK3 is a colour for each pad of its bottom row', () => {
  test('in the lit half of a beat', () => {
    expect(shown(eight({ pulse: pulse(true) }), launchpad)).toEqual([
      '90 0B 01',
      '90 0C 0D',
      '90 0D 0D',
      '90 0E 05',
      '90 0F 15',
      '90 10 0D',
      '90 11 2D',
      '90 12 01',
    ]);
  });

  test('in the dark half what waits is dark', () => {
    expect(shown(eight({ pulse: pulse(false) }), launchpad)).toEqual([
      '90 0B 01',
      '90 0C 00',
      '90 0D 00',
      '90 0E 05',
      '90 0F 15',
      '90 10 00',
      '90 11 2D',
      '90 12 01',
    ]);
  });
});

test.each([
  ['generic', generic, ['90 24 00', '90 25 00', '90 26 00']],
  ['launchpad', launchpad, ['90 0B 01', '90 0C 01', '90 0D 01']],
] as const)('a pad without a track is dark, also where an empty track is not: %s', (_, profile, tracks) => {
  const lamps = shown(sessionIn('EMPTY'), profile);
  expect(lamps.slice(0, 3)).toEqual(tracks);
  expect(lamps.slice(3).map((message) => message.slice(-2))).toEqual(['00', '00', '00', '00', '00']);
});

test('all dark is every lamp of the controller, at its dark value', () => {
  expect(darkness(launchpad).map(hex)).toEqual(
    ['0B', '0C', '0D', '0E', '0F', '10', '11', '12'].map((note) => `90 ${note} 00`),
  );
  expect(darkness({ ...generic, dark: 2 }).map(hex)[7]).toBe('90 2B 02');
});

describe('what is touched goes first', () => {
  test.each([1, 2, 5, 8])('track %d, the others in their order', (touched) => {
    const order = [...picture(eight({ touched }), generic).keys()];
    const others = [1, 2, 3, 4, 5, 6, 7, 8].filter((id) => id !== touched);
    expect(order).toEqual([touched, ...others].map((id) => `stomp-${id}`));
  });

  test.each(['stomp', 'record', 'start', 'stop', 'clear'] as const)('after a %s, be it refused', (type) => {
    const { session } = reduce(sessionIn('STOPPED'), { type: 'command', frame: 0, command: { type, track: 3 } });
    expect([...picture(session, generic).keys()][0]).toBe('stomp-3');
  });

  test('of two lamps of one track both', () => {
    const [first] = generic.lamps;
    const twin = { id: 'twin', track: 5, message: [0x91, 0x24, 'value'] as const };
    const lamps = first === undefined ? [twin] : [...generic.lamps, twin];
    const order = [...picture(eight({ touched: 5 }), { ...generic, lamps }).keys()];
    expect(order.slice(0, 3)).toEqual(['stomp-5', 'twin', 'stomp-1']);
  });
});

describe('a lamp that has just begun to wait is lit at once', () => {
  const dark = { pulse: pulse(false) };
  const next = (situation: Situation, ...inputs: Parameters<typeof reduce>[1][]) => {
    const session = inputs.reduce((state, input) => reduce(state, input).session, sessionIn(situation, dark));
    return picture(session, generic).get('stomp-2')?.[2];
  };
  const stomp = { type: 'command', frame: 200_000, command: { type: 'stomp', track: 2 } } as const;
  const offbeat = { type: 'fact', fact: { type: 'offbeat', frame: 204_000 } } as const;
  const beat = { type: 'fact', fact: { type: 'beat', frame: 216_000, bar: 2, beat: 1 } } as const;

  test.each(['EMPTY', 'PLAYING', 'STOPPED'] as const)(
    'also in the dark half, and blinks from the next beat on: %s',
    (situation) => {
      expect(next(situation, stomp)).toBe(7);
      expect(next(situation, stomp, beat)).toBe(7);
      expect(next(situation, stomp, beat, offbeat)).toBe(0);
    },
  );

  test('and goes out of its own when the wait is over', () => {
    expect(next('PLAYING', stomp, { type: 'fact', fact: loopFact('loopStopped') })).toBe(1);
  });

  test('and no other lamp with it', () => {
    const tracks = [trackIn('STOPPING', 1, { ...loop, id: 4 }), trackIn('PLAYING', 2), trackIn('EMPTY', 3)];
    const { session } = reduce(sessionIn('EMPTY', { ...dark, tracks }), stomp);
    expect(picture(session, generic).get('stomp-1')?.[2]).toBe(0);
  });
});
