import { map, type Observable, Subject } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import type { LearnCommand } from '../../src/core/learn/learn.ts';
import { type LearnStep, learning } from '../../src/streams/learn.ts';

const scheduled = (law: (helpers: RunHelpers, scheduler: TestScheduler) => void): void => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run((helpers) => law(helpers, scheduler));
};

const words = ({ said, lamps }: LearnStep): string => {
  const told = said.map((saying) => {
    if (saying.type === 'asks') return `${saying.slot.id}?`;
    return saying.type === 'assigned' ? `${saying.control.slot.id}!` : saying.type;
  });
  const seen = lamps.map(({ trigger, as }) => ('number' in trigger ? `${trigger.number} ${as}` : as));
  return [...told, ...seen].join(', ');
};

const spoken = (steps$: Observable<LearnStep>): Observable<string> => steps$.pipe(map(words));

/** Pads a and b, pressed (lower case) and let go of (upper case). */
const pads: Readonly<Record<string, readonly number[]>> = {
  a: [0x90, 36, 100],
  A: [0x80, 36, 0],
  b: [0x90, 37, 100],
  B: [0x80, 37, 0],
  t: [0xf8],
};

type Lines = {
  readonly pads: string;
  readonly commands?: string;
  readonly steps: string;
  readonly words: Readonly<Record<string, string>>;
};

const expectSteps = (lines: Lines): void =>
  scheduled(({ hot, expectObservable }, scheduler) => {
    const now = () => scheduler.now();
    const messages$ = hot(lines.pads, pads).pipe(map((bytes) => ({ bytes, at: now() })));
    const commands$ = hot<LearnCommand>(lines.commands ?? '', { s: 'skip', u: 'undo', f: 'finish', c: 'cancel' });
    const steps$ = spoken(learning(messages$, commands$, { tracks: 2, now }, scheduler));
    expectObservable(steps$).toBe(lines.steps, lines.words);
  });

describe('a learning', () => {
  test('leads through the slots, and ends when it is finished', () => {
    expectSteps({
      //     A press; its answer 30 ms after the release; the lamp is steady a second later; a hold of 2 s.
      pads: ' 100ms a 99ms A 1999ms b 2499ms B',
      steps: 'q 229ms x 999ms y 2969ms h 529ms (f|)',
      words: {
        q: 'track-1?',
        x: 'track-1!, track-2?, 36 blinking',
        y: '36 lit',
        h: 'held, 36 lit',
        f: 'finished, 36 dark',
      },
    });
  });

  test('is led from outside too', () => {
    expectSteps({
      pads: '    ',
      commands: '-----s----u-----c',
      steps: '   q----s----u-----(c|)',
      words: { q: 'track-1?', s: 'skipped, track-2?', u: 'undone, track-1?', c: 'gaveUp' },
    });
  });

  test('shows a conflict, a skip and an undo by lamps', () => {
    expectSteps({
      //     Pad a learnt, pressed again, b held to skip, a held to undo; each press 2 s after the one before.
      pads: ' 100ms a 99ms A 1799ms a 99ms A 1799ms b 999ms B 1799ms a 999ms A',
      commands: ' 9999ms c',
      steps: 'q 229ms x 999ms y 899ms k 999ms y 1799ms s 999ms d 1799ms u 999ms d 1268ms (c|)',
      words: {
        q: 'track-1?',
        x: 'track-1!, track-2?, 36 blinking',
        y: '36 lit',
        k: 'conflict, 36 blinking',
        s: 'skipped, reset?, 36 lit, 37 blinking',
        d: '36 lit, 37 dark',
        u: 'undone, track-2?, 36 blinking, 37 dark',
        c: 'gaveUp, 36 dark, 37 dark',
      },
    });
  });

  test('says nothing of what is stray, and is given up when no answer comes for 60 s', () => {
    expectSteps({ pads: '--t-t--t', steps: 'q 59999ms (g|)', words: { q: 'track-1?', g: 'gaveUp' } });
  });

  test('begins anew for each who subscribes', () => {
    scheduled(({ expectObservable, cold }, scheduler) => {
      const steps$ = spoken(learning(cold(''), cold(''), { tracks: 2, now: () => scheduler.now() }, scheduler));
      expectObservable(steps$, '^!').toBe('q', { q: 'track-1?' });
      expectObservable(steps$, '--^!').toBe('--q', { q: 'track-1?' });
    });
  });

  test('leaves nothing running when it is let go of', () => {
    scheduled((_, scheduler) => {
      const messages$ = new Subject<never>();
      const commands$ = new Subject<LearnCommand>();
      learning(messages$, commands$, { tracks: 2, now: () => scheduler.now() }, scheduler)
        .subscribe()
        .unsubscribe();
      expect([messages$.observed, commands$.observed]).toEqual([false, false]);
    });
  });
});
