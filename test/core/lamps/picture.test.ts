import { defaultStyle } from '../../../src/config/profile/style.ts';
import type { Action } from '../../../src/core/controller/action.ts';
import { notYetPlayed, type Playing } from '../../../src/core/controller/play.ts';
import type { Lamp, Looks, Profile } from '../../../src/core/controller/profile.ts';
import type { Warning } from '../../../src/core/health/warning.ts';
import { picture } from '../../../src/core/lamps/picture.ts';
import type { Step } from '../../../src/core/session/history.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { aLamp, aPad, aPage, aProfile, aSwitch, looksOn, pads } from '../controller/a-profile.ts';
import { loop, loopFact, type Situation, sessionIn, trackIn } from '../session/situations.ts';

const incoming: NonNullable<SessionState['incoming']> = {
  ...{ phase: 'reading', name: 'ballad', bpm: 90, beatsPerBar: 3, bars: 2, click: { volume: 0.5, muted: false } },
  contents: [],
};

const aStep: Step = { deed: 'clear', bpm: 120, beatsPerBar: 4, before: [], after: [] };

const shades = (session: SessionState, profile: Profile, playing: Playing = notYetPlayed) =>
  picture(session, profile, playing).map(({ lamp, look }) => `${lamp.id} ${look.shade}`);

const full = looksOn(1, {
  off: 0,
  red: 1,
  orange: 2,
  yellow: 3,
  green: 4,
  cyan: 5,
  blue: 6,
  purple: 7,
  white: 8,
  'dim-red': 9,
  'dim-orange': 10,
  'dim-cyan': 11,
  'dim-purple': 12,
  'dim-white': 13,
});

const trouble = { storage: { state: 'trouble', code: 'disk-full', reason: 'no space is left' } } as const;

const pulse = (lit: boolean, beat = 0, bar = 0) => ({ bar, beat, lit });

describe('the lamp of a control shows', () => {
  const shadeOf = (action: Action, changed: Partial<SessionState> = {}, playing = notYetPlayed): string | undefined => {
    const profile = aProfile({
      controls: [aSwitch('a', 1, action)],
      lamps: [aLamp('a', full)],
      pages: [aPage(), aPage(1)],
    });
    const session = sessionIn('EMPTY', { pulse: pulse(true), ...changed });
    return picture(session, profile, playing)[0]?.look.shade;
  };
  const second = { ...notYetPlayed, page: 1 };
  const held = { tracks: [trackIn('STOPPED', 1), trackIn('EMPTY', 2)] };

  test.each<[string, string, Action, Partial<SessionState>, Playing]>([
    ['reset', 'dim-red', { command: 'reset' }, {}, notYetPlayed],
    ['reset while there is something', 'red', { command: 'reset' }, held, notYetPlayed],
    ['tap on the beat', 'white', { command: 'tap' }, { pulse: pulse(true) }, notYetPlayed],
    ['tap after it', 'dim-white', { command: 'tap' }, { pulse: pulse(false) }, notYetPlayed],
    ['the click that sounds', 'orange', { command: 'muteClick' }, {}, notYetPlayed],
    [
      'the click that is muted',
      'dim-orange',
      { command: 'muteClick' },
      { click: { volume: 1, muted: true } },
      notYetPlayed,
    ],
    ['the bars that are set', 'cyan', { command: 'setBars', bars: 4 }, { bars: 4 }, notYetPlayed],
    ['other bars', 'dim-cyan', { command: 'setBars', bars: 8 }, { bars: 4 }, notYetPlayed],
    ['that there is a page above', 'purple', { command: 'pageUp' }, {}, notYetPlayed],
    ['that there is none above', 'dim-purple', { command: 'pageUp' }, {}, second],
    ['that there is a page below', 'purple', { command: 'pageDown' }, {}, second],
    ['that there is none below', 'dim-purple', { command: 'pageDown' }, {}, notYetPlayed],
    ['a tempo', 'dim-white', { command: 'setBpm', bpm: 90 }, {}, notYetPlayed],
    ['tempo up', 'dim-white', { command: 'changeBpm', by: 1 }, {}, notYetPlayed],
    ['calibrate', 'dim-white', { command: 'calibrate' }, {}, notYetPlayed],
    ['calibrate', 'white', { command: 'calibrate' }, { calibration: { phase: 'sounding', id: 1 } }, notYetPlayed],
    [
      'calibrate',
      'off',
      { command: 'calibrate' },
      { calibration: { phase: 'weighing', id: 1, from: 0 }, pulse: pulse(false) },
      notYetPlayed,
    ],
    [
      'calibrate',
      'green',
      { command: 'calibrate' },
      { calibration: { phase: 'idle', last: 'succeeded' } },
      notYetPlayed,
    ],
    ['calibrate', 'red', { command: 'calibrate' }, { calibration: { phase: 'idle', last: 'failed' } }, notYetPlayed],
    ['undo without a past', 'off', { command: 'undo' }, {}, notYetPlayed],
    ['undo', 'yellow', { command: 'undo' }, { history: { past: [aStep], future: [] } }, notYetPlayed],
    ['redo without a future', 'off', { command: 'redo' }, { history: { past: [aStep], future: [] } }, notYetPlayed],
    ['redo', 'yellow', { command: 'redo', at: 'bar' }, { history: { past: [], future: [aStep] } }, notYetPlayed],
    ['a new set', 'dim-white', { command: 'newSet' }, {}, notYetPlayed],
    ['a set without a name', 'off', { command: 'saveSet' }, {}, notYetPlayed],
    ['a set with a name', 'green', { command: 'saveSet' }, { setName: 'opener' }, notYetPlayed],
    ['a set with that name', 'green', { command: 'saveSet', name: 'opener' }, { setName: 'opener' }, notYetPlayed],
    ['a set with another name', 'off', { command: 'saveSet', name: 'ballad' }, { setName: 'opener' }, notYetPlayed],
    ['that nothing is saved', 'red', { command: 'saveSet' }, { setName: 'opener', ...trouble }, notYetPlayed],
    [
      'that nothing is saved, between the beats',
      'off',
      { command: 'saveSet' },
      { setName: 'opener', ...trouble, pulse: pulse(false) },
      notYetPlayed,
    ],
    ['the set that is loaded', 'white', { command: 'loadSet', name: 'opener' }, { setName: 'opener' }, notYetPlayed],
    ['another set', 'dim-white', { command: 'loadSet', name: 'ballad' }, { setName: 'opener' }, notYetPlayed],
    ['the next set', 'dim-white', { command: 'loadSet', by: 1 }, { setName: 'opener' }, notYetPlayed],
    ['a set on its way', 'white', { command: 'loadSet', place: 2 }, { incoming }, notYetPlayed],
    [
      'a set on its way, between the beats',
      'off',
      { command: 'loadSet', name: 'opener' },
      { incoming, setName: 'opener', pulse: pulse(false) },
      notYetPlayed,
    ],
    ['nothing', 'off', { command: 'none' }, {}, notYetPlayed],
  ])('%s: %s', (_, shade, action, changed, playing) => {
    expect(shadeOf(action, changed, playing)).toBe(shade);
  });

  test.each(['stomp', 'record', 'start', 'stop', 'clear'] as const)('the track that it does a %s on', (command) => {
    expect(shadeOf({ command, track: 1 }, { tracks: [trackIn('PLAYING', 1)] })).toBe('green');
    expect(shadeOf({ command, track: 1 }, { tracks: [trackIn('PLAYING', 1), trackIn('RECORDING', 2)] }, second)).toBe(
      'red',
    );
  });

  test('the track that it takes anew, and without one that touched last', () => {
    const tracks = [trackIn('PLAYING', 1), trackIn('RECORDING', 2), trackIn('STOPPING', 3)];
    const retake = { command: 'retake', laterMs: 5 } as const;
    expect(shadeOf({ ...retake, track: 1 }, { tracks })).toBe('green');
    expect(shadeOf({ ...retake, track: 1 }, { tracks }, second)).toBe('red');
    expect(shadeOf(retake, { tracks, touched: 3 })).toBe('yellow');
    expect(shadeOf(retake, { tracks, touched: 3 }, second)).toBe('yellow');
  });

  test('nothing for a track that is not there, also where an empty one is dimly lit', () => {
    expect(shades(sessionIn('EMPTY'), pads(5))).toEqual([
      'track-1 dim-white',
      'track-2 dim-white',
      'track-3 dim-white',
      'track-4 off',
      'track-5 off',
    ]);
  });

  test('what the page binds it to, and what is held where a press does nothing', () => {
    const profile = aProfile({
      controls: [aSwitch('a', 1, { command: 'none' }, { hold: { command: 'reset' } }), aPad(1)],
      lamps: [aLamp('a', full), aLamp('track-1', full)],
      pages: [aPage(), aPage(1, { 'track-1': { press: { command: 'muteClick' } } })],
    });
    const session = sessionIn('PLAYING');
    expect(shades(session, profile).toSorted()).toEqual(['a red', 'track-1 dim-white']);
    expect(shades(session, profile, second).toSorted()).toEqual(['a red', 'track-1 orange']);
  });

  test('nothing where nothing is bound', () => {
    const profile = aProfile({ controls: [], lamps: [aLamp('a', full)] });
    expect(shades(sessionIn('EMPTY'), profile)).toEqual(['a off']);
  });
});

describe('a row of lamps that belong to no control shows', () => {
  const row = (kind: 'beat' | 'bar', count: number): Profile =>
    aProfile({
      lamps: Array.from({ length: count }, (_, index) => ({
        ...aLamp(`${kind}-${index + 1}`, full),
        show: kind === 'beat' ? { kind, beat: index + 1 } : { kind, bar: index + 1 },
      })),
    });

  test.each([
    [0, ['beat-1 white', 'beat-2 off', 'beat-3 off', 'beat-4 off']],
    [1, ['beat-1 off', 'beat-2 cyan', 'beat-3 off', 'beat-4 off']],
    [3, ['beat-1 off', 'beat-2 off', 'beat-3 off', 'beat-4 cyan']],
    [4, ['beat-1 off', 'beat-2 off', 'beat-3 off', 'beat-4 off']],
  ])('the beat, the first one otherwise: beat %d', (beat, expected) => {
    for (const lit of [true, false]) {
      expect(shades(sessionIn('EMPTY', { pulse: pulse(lit, beat) }), row('beat', 4))).toEqual(expected);
    }
  });

  test.each([
    [0, 4, 1],
    [3, 4, 4],
    [4, 4, 1],
    [7, 2, 2],
    [9, 1, 1],
    [9, 8, 2],
  ])('the bar through those that a stomp captures: bar %d of %d is lamp %d', (bar, bars, lit) => {
    const lamps = shades(sessionIn('EMPTY', { pulse: pulse(true, 0, bar), bars }), row('bar', 4));
    expect(lamps.filter((lamp) => !lamp.endsWith(' off'))).toEqual([`bar-${lit} purple`]);
  });
});

describe('a long hold that is coming', () => {
  const playing = (lit: boolean): Playing => ({ ...notYetPlayed, warning: { control: 'track-1', lit } });

  test('makes its lamp flicker, whatever it shows else, and no other one', () => {
    const session = sessionIn('EMPTY', { tracks: [trackIn('PLAYING', 1), trackIn('PLAYING', 2)] });
    expect(shades(session, pads(2), playing(true))).toEqual(['track-1 white', 'track-2 green']);
    expect(shades(session, pads(2), playing(false))).toEqual(['track-1 off', 'track-2 green']);
  });
});

describe('the most urgent comes first:', () => {
  const list: readonly Situation[] = ['EMPTY', 'PLAYING', 'EMPTY', 'STOPPED', 'RECORDING', 'EMPTY'];
  const session = (touched: number): SessionState =>
    sessionIn('EMPTY', { tracks: list.map((situation, index) => trackIn(situation, index + 1)), touched });
  const profile = pads(6, {
    controls: [...pads(6).controls, aSwitch('reset', 60, { command: 'reset' })],
    lamps: [aLamp('reset', full), ...pads(6).lamps],
  });
  const order = (touched: number): string[] =>
    picture(session(touched), profile, notYetPlayed).map(({ lamp }) => lamp.id.replace('track-', ''));

  test.each([
    [1, ['1', '2', '4', '5', 'reset', '3', '6']],
    [5, ['5', '2', '4', 'reset', '1', '3', '6']],
    [6, ['6', '2', '4', '5', 'reset', '1', '3']],
  ])('track %d that was touched, then what holds something, then the rest', (touched, expected) => {
    expect(order(touched)).toEqual(expected);
  });

  test.each(['stomp', 'record', 'start', 'stop', 'clear'] as const)('after a %s, be it refused', (type) => {
    const after = reduce(sessionIn('STOPPED'), { type: 'command', frame: 0, command: { type, track: 3 } }).session;
    expect(picture(after, pads(3), notYetPlayed)[0]?.lamp.id).toBe('track-3');
  });

  test('of two lamps of one track both', () => {
    const twin = { ...aLamp('twin', full), show: { kind: 'control', control: 'track-5' } } as const;
    const lamps = picture(session(5), { ...profile, lamps: [...profile.lamps, twin] }, notYetPlayed);
    expect(lamps.slice(0, 2).map(({ lamp }) => lamp.id)).toEqual(['track-5', 'twin']);
  });

  test('a retake without a track goes with the track touched last', () => {
    const controls = [...profile.controls, aSwitch('retake', 61, { command: 'retake', moreBars: 1 })];
    const lamps = picture(
      session(3),
      { ...profile, controls, lamps: [...profile.lamps, aLamp('retake', full)] },
      notYetPlayed,
    );
    expect(lamps.slice(0, 2).map(({ lamp }) => lamp.id)).toEqual(['track-3', 'retake']);
  });

  test('on a page the tracks of that page', () => {
    const paged = { ...profile, pages: [aPage(), aPage(4)] };
    const lamps = picture(session(5), paged, { ...notYetPlayed, page: 1 });
    expect(lamps[0]?.lamp.id).toBe('track-1');
  });
});

describe('without an interface', () => {
  const profile = pads(3, {
    controls: [
      ...pads(3).controls,
      aSwitch('calibrate', 60, { command: 'calibrate' }),
      aSwitch('none', 61, { command: 'none' }),
    ],
    lamps: [
      ...pads(3).lamps,
      aLamp('calibrate', full),
      aLamp('none', full),
      { ...aLamp('beat', full), show: { kind: 'beat', beat: 1 } },
      { ...aLamp('bar', full), show: { kind: 'bar', bar: 1 } },
    ],
  });
  const tracks = [trackIn('PLAYING', 1), trackIn('STOPPED', 2), trackIn('EMPTY', 3)];
  const away = (lit: boolean, changed: Partial<SessionState> = {}): SessionState =>
    sessionIn('EMPTY', { tracks, interface: 'away', pulse: pulse(lit, 1), ...changed });

  test('all lamps are red in the first half of each beat, whatever they belong to', () => {
    const red = profile.lamps.map(({ id }) => `${id} red`);
    for (const beat of [0, 1, 2, 3]) {
      expect(shades(away(true, { pulse: pulse(true, beat) }), profile).toSorted()).toEqual(red.toSorted());
    }
  });

  test('and show what they always show in the second half', () => {
    const here = { ...away(false), interface: 'here' } as const;
    expect(picture(away(false), profile, notYetPlayed)).toEqual(picture(here, profile, notYetPlayed));
    expect(shades(away(false), profile)).toContain('track-1 green');
  });

  test('a lamp that is warned by its own, of a hold or by a wait that has just begun, gives way', () => {
    const warned: Playing = { ...notYetPlayed, warning: { control: 'track-1', lit: false } };
    expect(shades(away(true, { fresh: [2] }), pads(3), warned)).toEqual(['track-1 red', 'track-2 red', 'track-3 red']);
  });

  test.each([
    ['one colour', { off: 0, on: 127 }, 'on'],
    ['green alone', { off: 0, green: 1 }, 'green'],
    ['orange for red', { off: 0, green: 1, orange: 2 }, 'orange'],
  ] as const)('lamps of %s are all lit', (_, palette, shade) => {
    const lamps = [1, 2, 3].map((track) => aLamp(`track-${track}`, looksOn(35 + track, palette)));
    const plain = pads(3, { lamps });
    expect(shades(away(true), plain)).toEqual([1, 2, 3].map((track) => `track-${track} ${shade}`));
  });

  test('no lamp blinks by itself in the alarm, also one that can', () => {
    const lamp = aLamp('track-1', full, { blink: looksOn(1, { green: 1, yellow: 2 }, 0x91) });
    expect(picture(away(true), pads(1, { lamps: [lamp] }), notYetPlayed)).toEqual([
      { lamp, look: { shade: 'red', by: 'steady' } },
    ]);
  });

  test('it ends when the interface is back, at once', () => {
    const fact = (type: 'interfaceLost' | 'interfaceBack') =>
      ({ type: 'fact', fact: { type, frame: 300_000 } }) as const;
    const before = sessionIn('EMPTY', { tracks, pulse: pulse(true, 1) });
    const lost = reduce(before, fact('interfaceLost')).session;
    const back = reduce(lost, fact('interfaceBack')).session;
    expect(shades(lost, pads(3))).toEqual(['track-1 red', 'track-2 red', 'track-3 red']);
    expect(shades(back, pads(3))).toEqual(shades(before, pads(3)));
  });
});

describe('while nothing can be saved', () => {
  const tracks = [trackIn('PLAYING', 1), trackIn('STOPPED', 2), trackIn('EMPTY', 3)];
  const session = (changed: Partial<SessionState> = {}): SessionState =>
    sessionIn('EMPTY', { tracks, ...trouble, pulse: pulse(true), ...changed });
  const others = pads(3, {
    controls: [...pads(3).controls, aSwitch('reset', 60, { command: 'reset' })],
    lamps: [...pads(3).lamps, aLamp('reset', full), { ...aLamp('beat', full), show: { kind: 'beat', beat: 1 } }],
  });

  test('the lamps of loops are red as a bar begins, and no others', () => {
    expect(shades(session(), others).toSorted()).toEqual(
      ['track-1 red', 'track-2 red', 'track-3 dim-white', 'reset red', 'beat white'].toSorted(),
    );
  });

  test.each([
    [0, false],
    [1, true],
    [3, true],
  ])('all show what they always show else: beat %d, lit %s', (beat, lit) => {
    const now = { pulse: pulse(lit, beat) };
    const well = session({ ...now, storage: { state: 'well' } });
    expect(picture(session(now), others, notYetPlayed)).toEqual(picture(well, others, notYetPlayed));
  });

  test.each([
    ['one colour', { off: 0, on: 127 }, ['track-1 off', 'track-2 on']],
    ['green alone', { off: 0, green: 1 }, ['track-1 off', 'track-2 green']],
    ['orange for red', { off: 0, green: 1, orange: 2 }, ['track-1 orange', 'track-2 orange']],
  ] as const)(
    'one that is always lit goes out where it has no red, and no stopped loop looks like none: %s',
    (_, palette, shown) => {
      const lamps = [1, 2].map((track) => aLamp(`track-${track}`, looksOn(35 + track, palette)));
      expect(shades(session(), pads(2, { lamps }))).toEqual(shown);
    },
  );

  test('a lamp that the device pulses is red for as long', () => {
    const lamp = aLamp('track-1', full, { pulse: looksOn(1, { red: 1 }, 0x92) });
    const recording = session({ tracks: [trackIn('RECORDING', 1)] });
    expect(picture(recording, pads(1, { lamps: [lamp] }), notYetPlayed)).toEqual([
      { lamp, look: { shade: 'red', by: 'steady' } },
    ]);
  });

  test('the flicker of a long hold goes before it, and the alarm without an interface before both', () => {
    const warned: Playing = { ...notYetPlayed, warning: { control: 'track-1', lit: false } };
    expect(shades(session(), pads(1), warned)).toEqual(['track-1 off']);
    expect(shades(session({ interface: 'away' }), pads(1), warned)).toEqual(['track-1 red']);
  });
});

describe('a lamp that has just begun to wait is lit at once', () => {
  const dark = { pulse: pulse(false, 1) };
  const next = (situation: Situation, ...inputs: Parameters<typeof reduce>[1][]) => {
    const session = inputs.reduce((state, input) => reduce(state, input).session, sessionIn(situation, dark));
    return picture(session, pads(3), notYetPlayed).find(({ lamp }) => lamp.id === 'track-2')?.look.shade;
  };
  const stomp = { type: 'command', frame: 200_000, command: { type: 'stomp', track: 2 } } as const;
  const offbeat = { type: 'fact', fact: { type: 'offbeat', frame: 204_000 } } as const;
  const beat = { type: 'fact', fact: { type: 'beat', frame: 216_000, bar: 2, beat: 1 } } as const;

  test.each([
    ['EMPTY', 'off'],
    ['PLAYING', 'off'],
    ['STOPPED', 'off'],
  ] as const)('also in the dark half, and blinks from the next beat on: %s', (situation, later) => {
    expect(next(situation, stomp)).toBe('yellow');
    expect(next(situation, stomp, beat)).toBe('yellow');
    expect(next(situation, stomp, beat, offbeat)).toBe(later);
  });

  test('and shows what came of it when the wait is over', () => {
    const stopped = { type: 'fact', fact: loopFact('loopStopped') } as const;
    expect(next('PLAYING', stomp, stopped)).toBe('blue');
  });

  test('whatever the pattern of the wait is', () => {
    const style = { ...defaultStyle, STOPPING: { colour: 'blue', dim: false, as: 'spark' } } as const;
    const { session } = reduce(sessionIn('PLAYING', { pulse: pulse(true) }), stomp);
    expect(shades(session, pads(3, { style }))).toContain('track-2 blue');
  });

  test('and no other lamp with it', () => {
    const tracks = [trackIn('STOPPING', 1, { ...loop, id: 4 }), trackIn('PLAYING', 2), trackIn('EMPTY', 3)];
    const { session } = reduce(sessionIn('EMPTY', { pulse: pulse(false, 1), tracks }), stomp);
    expect(shades(session, pads(2)).toSorted()).toEqual(['track-1 off', 'track-2 yellow']);
  });
});

describe('a lamp of health shows', () => {
  const warning = (level: 'bad' | 'warn'): Warning => ({
    ...{ code: level === 'bad' ? 'under-voltage' : 'hot', level, title: 'Ill', text: 'it is ill' },
    sinceSeconds: 1,
  });
  const shadeOf = (looks: Looks, changed: Partial<SessionState>): string | undefined => {
    const lamp: Lamp = { id: 'well', show: { kind: 'health' }, steady: looks };
    return picture(sessionIn('EMPTY', changed), aProfile({ lamps: [lamp] }), notYetPlayed)[0]?.look.shade;
  };
  const one = looksOn(1, { off: 0, on: 1 });
  const two = looksOn(1, { off: 0, red: 1, green: 2 });
  const dim = looksOn(1, { off: 0, red: 1, green: 2, orange: 4, 'dim-green': 3 });
  const redOnly = looksOn(1, { off: 0, red: 1 });
  const [bad, warn] = [{ warnings: [warning('bad')] }, { warnings: [warning('warn')] }];
  const both = { warnings: [warning('warn'), warning('bad')] };

  test.each([
    ['green while all is well', two, {}, 'green', 'green'],
    ['a dim green where it has one', dim, {}, 'dim-green', 'dim-green'],
    ['nothing where it has one colour', one, {}, 'off', 'off'],
    ['nothing where it has only red', redOnly, {}, 'off', 'off'],
    ['red, blinking, what is heard or lost', two, bad, 'red', 'off'],
    ['orange, blinking, what may come to that', dim, warn, 'orange', 'off'],
    ['the worst of all', dim, both, 'red', 'off'],
    ['with one colour that it blinks', one, warn, 'on', 'off'],
  ])('%s', (_, looks, changed, onTheBeat, after) => {
    expect(shadeOf(looks, { ...changed, pulse: pulse(true) })).toBe(onTheBeat);
    expect(shadeOf(looks, { ...changed, pulse: pulse(false) })).toBe(after);
  });
});
