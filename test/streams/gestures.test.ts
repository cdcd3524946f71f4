import { map, Observable, Subject, skip } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Played } from '../../src/core/controller/play.ts';
import type { GestureSettings } from '../../src/core/gesture/gesture.ts';
import { gestureSettings, gestures, type TimedMove } from '../../src/streams/gestures.ts';
import { aControl, aPad, aPage, aProfile, aSwitch, defaultTimes, note } from '../core/controller/a-profile.ts';

const settings: GestureSettings = {
  ...defaultTimes,
  momentary: new Set(['a', 'b', 'c']),
  chords: [],
  proving: new Set(),
  warned: new Set(),
};

/** A press is `a`, `b` or `c`, a release `A`, `B` or `C`. */
const moveOf = (mark: string, at: number): TimedMove => {
  const control = mark.toLowerCase();
  return mark === control ? { type: 'press', control, value: 127, at } : { type: 'release', control, at };
};

/** In short: `hold a`, with the time that it means where that is another than the one at which it comes. */
const short = (played: Played, now: number): string => {
  const late = played.at === now ? '' : ` of ${played.at}`;
  if (played.type === 'warn') return `${played.lit ? 'lit' : 'dark'} ${played.control}${late}`;
  return `${played.type} ${played.control}${played.type === 'chord' ? `+${played.with}` : ''}${late}`;
};

type Case = {
  readonly hand: string;
  readonly told: string;
  readonly values: Readonly<Record<string, string>>;
  readonly settings?: Partial<GestureSettings>;
  /** How long each message has been on its way, in milliseconds. */
  readonly lateMs?: number;
};

/** Plays a line of presses and releases, a frame a millisecond, and compares what is told, by its marks. */
const expectGestures = ({ hand, told, values, settings: changed = {}, lateMs = 0 }: Case): void => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  const clock = { now: () => scheduler.now() };
  scheduler.run(({ hot, expectObservable }) => {
    const gestures$ = hot(hand).pipe(
      map((mark) => moveOf(mark, scheduler.now() - lateMs)),
      gestures({ ...settings, ...changed }, clock, scheduler),
      map((played) => short(played, scheduler.now())),
    );
    expectObservable(gestures$).toBe(told, values);
  });
};

describe('a switch that goes down and up', () => {
  test('is a press at once, then a release and a tap', () => {
    expectGestures({
      hand: 'a 99ms A 2s |',
      told: 'p 99ms (rt) 1997ms |',
      values: { p: 'press a', r: 'release a', t: 'tap a' },
    });
  });

  test('is a tap just before the time of a hold', () => {
    expectGestures({
      hand: 'a 598ms A 2s |',
      told: 'p 598ms (rt) 1997ms |',
      values: { p: 'press a', r: 'release a', t: 'tap a' },
    });
  });

  test('is a hold, and no tap, when it is up exactly in its time', () => {
    expectGestures({
      hand: 'a 599ms A 2s |',
      told: 'p 599ms (hr) 1997ms |',
      values: { p: 'press a', h: 'hold a', r: 'release a' },
    });
  });

  test('is each of the holds as its time comes, and stuck in the end; a release after that is one all the same', () => {
    expectGestures({
      hand: 'a 10499ms A 99ms A|',
      told: 'p 599ms h 1399ms l 2999ms n 4999ms s 499ms r 100ms |',
      values: { p: 'press a', h: 'hold a', l: 'longHold a', n: 'learnHold a', s: 'stuck a', r: 'release a' },
    });
  });
});

describe('two quick presses', () => {
  const values = { p: 'press a', d: 'double a', r: 'release a', t: 'tap a' };

  test('are a press and a double press, and a third one begins anew', () => {
    expectGestures({
      hand: 'a 49ms A 149ms a 49ms A 49ms a 49ms A 9ms |',
      told: 'p 49ms (rt) 146ms d 49ms (rt) 46ms p 49ms (rt) 6ms |',
      values,
    });
  });

  test('are two presses when the second one comes later than it may', () => {
    expectGestures({ hand: 'a 49ms A 249ms a|', told: 'p 49ms (rt) 246ms d|', values });
    expectGestures({ hand: 'a 49ms A 250ms a|', told: 'p 49ms (rt) 247ms p|', values });
  });
});

describe('a long hold that means something', () => {
  test('is warned of from the hold on: dark, lit, dark, until its time or its end', () => {
    const values = { p: 'press a', h: 'hold a', d: 'dark a', i: 'lit a', l: 'longHold a', r: 'release a' };
    const warned = { warned: new Set(['a']) };
    expectGestures({
      hand: 'a 999ms A 1s |',
      told: 'p 599ms (hd) 121ms i 124ms d 124ms i 24ms r 1s |',
      values,
      settings: warned,
    });
    // From 600 on every 125 ms, twelve times: the last one, lit, at 1975.
    expectGestures({
      hand: 'a 2099ms A 9ms |',
      told: `p 599ms (hd) 121ms i 124ms ${'d 124ms i 124ms '.repeat(4)}d 124ms i 24ms l 99ms r 9ms |`,
      values,
      settings: warned,
    });
  });
});

describe('two switches', () => {
  const values = {
    p: 'press a',
    q: 'press b',
    r: 'release a',
    t: 'tap a',
    u: 'release b',
    v: 'tap b',
    h: 'hold a',
    k: 'hold b',
    l: 'alone a',
    m: 'alone b',
    c: 'chord a+b',
    e: 'chord b+a',
  };
  const settings = { chords: [['a', 'b']] as const };

  test('that overlap are each for itself where they make no chord', () => {
    expectGestures({
      hand: 'a 9ms b 9ms A 9ms a 9ms A 569ms B 100ms |',
      told: 'p 9ms q 9ms (rt) 6ms z 9ms (rt) 566ms (ku) 97ms |',
      values: { ...values, z: 'double a' },
    });
  });

  test('make a chord when they go down together, in either order, and then have no gestures of their own but the releases', () => {
    expectGestures({ hand: 'a 58ms b 700ms A 9ms B 2s |', told: 'p 58ms c 700ms r 9ms u 2s |', values, settings });
    expectGestures({ hand: 'b 9ms a 9ms A 9ms B 2s |', told: 'q 9ms e 9ms r 9ms u 2s |', values, settings });
  });

  test('are alone when no other one has come in time', () => {
    expectGestures({ hand: 'a 59ms b 99ms |', told: 'p 59ms (lq) 56ms m 39ms |', values, settings });
    expectGestures({ hand: 'a 29ms A 9ms b 9ms B 9ms |', told: 'p 29ms (rt) 6ms q 9ms (uv) 6ms |', values, settings });
  });

  test('make no chord with a third one, which is pressed as ever', () => {
    expectGestures({
      hand: 'a 9ms b 9ms c 9ms |',
      told: 'p 9ms c 9ms x 9ms |',
      values: { ...values, x: 'press c' },
      settings,
    });
  });
});

describe('a contact that bounces', () => {
  const settings = { bounceMs: 15 };
  const values = { p: 'press a', r: 'release a', t: 'tap a', h: 'hold a', d: 'double a' };

  test('as it is pressed is pressed once', () => {
    expectGestures({ hand: 'aAaAa 199ms A 9ms |', told: 'p---- 199ms (rt) 6ms |', values, settings });
  });

  test('as it is released is released once, and not pressed again', () => {
    expectGestures({ hand: 'a 199ms AaAaA 99ms |', told: 'p 199ms (rt)- 99ms |', values, settings });
  });

  test('may end the other way: it counts as it stands when it has come to rest', () => {
    expectGestures({ hand: 'aA 99ms |', told: 'p 14ms (rt) 82ms |', values, settings });
    expectGestures({
      hand: 'a 199ms Aa 99ms |',
      told: 'p 199ms (rt) 11ms d 85ms |',
      values,
      settings: { bounceMs: 15, doubleMs: 300 },
    });
  });

  test('of a switch that does not tell its release is dropped, and nothing comes of it later', () => {
    expectGestures({
      hand: 'aa 12ms a 200ms a 9s |',
      told: '(pt) 211ms (dt) 8997ms |',
      values,
      settings: { ...settings, momentary: new Set() },
    });
  });

  test('is not looked for where the profile says that there is none', () => {
    expectGestures({ hand: 'aA 9ms a 99ms |', told: 'p(rt) 6ms d 99ms |', values });
  });
});

describe('a release', () => {
  const values = { p: 'press a', q: 'press a', r: 'release a', t: 'tap a', h: 'hold a of 588', k: 'hold a' };

  test('that is lost is made up for by the next press', () => {
    expectGestures({ hand: 'a 399ms a 9ms A 9ms |', told: 'p 399ms (rq) 6ms (rt) 6ms |', values });
  });

  test('that was never pressed is nothing', () => {
    expectGestures({ hand: 'A 9ms AA 9ms |', told: '- 9ms -- 9ms |', values });
  });

  test('counts by the time of its message, not by that at which it is heard', () => {
    // All messages are 12 ms on their way: the timer rings that much earlier.
    expectGestures({
      hand: 'a 588ms A 99ms |',
      told: 'p 587ms h r 99ms |',
      values: { p: 'press a of -12', h: 'hold a', r: 'release a of 577' },
      lateMs: 12,
    });
    expectGestures({
      hand: 'a 399ms A 99ms |',
      told: 'p 399ms (rt) 96ms |',
      values: { p: 'press a of -12', r: 'release a of 388', t: 'tap a of 388' },
      lateMs: 12,
    });
  });
});

test('a switch that does not tell its release is pressed and tapped at once, and never held', () => {
  expectGestures({
    hand: 'a 699ms a 9s |',
    told: '(pt) 696ms (pt) 8997ms |',
    values: { p: 'press a', t: 'tap a' },
    settings: { momentary: new Set() },
  });
});

describe('a switch of which it is not known whether it tells its release', () => {
  const settings = { proving: new Set(['a']) };
  const values = {
    p: 'press a',
    d: 'double a',
    r: 'release a',
    t: 'tap a',
    h: 'hold a',
    n: 'learnHold a',
    s: 'stuck a',
  };

  test('is not held before a short press has told one, and is from then on', () => {
    expectGestures({
      hand: 'a 999ms A 999ms a 99ms A 999ms a 999ms A 9ms |',
      told: 'p 999ms r 999ms p 99ms (rt) 996ms p 599ms h 399ms r 9ms |',
      values,
      settings,
    });
  });

  test('is pressed by each of its messages where it tells none, never held, and stuck when no more come', () => {
    expectGestures({
      hand: 'a 999ms a 99ms a 10s |',
      told: 'p 999ms p 99ms d 9999ms s |',
      values,
      settings,
    });
  });

  test('is not proven by a release that may be the next stomp on a pedal that says on and off in turn', () => {
    expectGestures({
      hand: 'a 399ms A 999ms a 5999ms A 9ms |',
      told: 'p 399ms (rt) 996ms p 5999ms r 9ms |',
      values: { ...values, t: 'tap a' },
      settings,
    });
  });

  test('has to prove itself anew after a release that came too late for any hold', () => {
    expectGestures({
      hand: 'a 99ms A 999ms a 10999ms A 999ms a 999ms A 9ms |',
      told: 'p 99ms (rt) 996ms p 599ms h 1399ms l 2999ms n 4999ms s 999ms r 999ms p 999ms r 9ms |',
      values: { ...values, t: 'tap a', h: 'hold a', l: 'longHold a' },
      settings,
    });
  });
});

test('faders and encoders pass as they are, also while a switch is held', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ hot, expectObservable }) => {
    const moves$ = hot<TimedMove>('p 99ms t 99ms s|', {
      p: { type: 'press', control: 'a', value: 1, at: 0 },
      t: { type: 'turn', control: 'f', place: 0.5, at: 100 },
      s: { type: 'step', control: 'e', steps: -2, at: 200 },
    });
    expectObservable(moves$.pipe(gestures(settings, { now: () => scheduler.now() }, scheduler), skip(1))).toBe(
      '100ms t 99ms s|',
      {
        t: { type: 'turn', control: 'f', place: 0.5, at: 100 },
        s: { type: 'step', control: 'e', steps: -2, at: 200 },
      },
    );
  });
});

test('a hold whose time was over before anybody looked is told once what came meanwhile has been heard, with the time that it means', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ hot, expectObservable }) => {
    const told$ = hot('a 999ms |').pipe(
      map((mark) => moveOf(mark, scheduler.now() - 700)),
      gestures(settings, { now: () => scheduler.now() }, scheduler),
      map((played) => short(played, scheduler.now())),
    );
    expectObservable(told$).toBe('ph 998ms |', { p: 'press a of -700', h: 'hold a of -100' });
  });
});

test('a tap whose release is heard of late, since the program stood still, is a tap', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ expectObservable }) => {
    // Both were made within 100 ms; the program looks a second later, first at its timers, then at the release.
    let stood = 0;
    const clock = { now: () => scheduler.now() + stood };
    const told$ = new Observable<string>((observer) => {
      const moves$ = new Subject<TimedMove>();
      moves$.pipe(gestures(settings, clock, scheduler)).subscribe((played) => observer.next(short(played, 0)));
      moves$.next({ type: 'press', control: 'a', value: 1, at: 0 });
      stood = 1000;
      scheduler.schedule(() => moves$.next({ type: 'release', control: 'a', at: 100 }), settings.holdMs);
    });
    expectObservable(told$, '900ms !').toBe('p 599ms (rt)', { p: 'press a', r: 'release a of 100', t: 'tap a of 100' });
  });
});

test('nothing comes of a hand once nobody looks on any more', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ hot, expectObservable }) => {
    const told$ = hot('a 5s |').pipe(
      map((mark) => moveOf(mark, scheduler.now())),
      gestures(settings, { now: () => scheduler.now() }, scheduler),
      map((played) => short(played, scheduler.now())),
    );
    expectObservable(told$, '^ 499ms !').toBe('p', { p: 'press a' });
  });
  expect(scheduler.actions).toEqual([]);
});

test('the settings of a profile: who tells the release, who is warned of on any page, which chords there are', () => {
  const profile = aProfile({
    controls: [
      aPad(1),
      aControl('toggle', { on: note(1), release: 'toggle' }),
      aControl('blind', { on: note(2), release: false }),
      aControl('unknown', { on: note(3), release: 'auto' }),
      aSwitch('shift', 60, { command: 'tap' }, { longHold: { command: 'reset' } }),
      aSwitch('other', 61, { command: 'tap' }),
    ],
    pages: [aPage(), aPage(8, { other: { longHold: { command: 'reset' } } })],
    chords: [{ controls: ['shift', 'other'], do: { command: 'reset' } }],
  });
  expect(gestureSettings(profile)).toEqual({
    ...defaultTimes,
    momentary: new Set(['track-1', 'unknown', 'shift', 'other']),
    proving: new Set(['unknown']),
    warned: new Set(['shift', 'other']),
    chords: [['shift', 'other']],
  });
});
