import { reduce } from '../../../src/core/session/reduce.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import { loopFactTypes as loopFacts } from './arbitraries.ts';
import { loop, loopFact, sessionIn, situationOf, situations, tableRows, trackIn } from './situations.ts';

/** `=` changes nothing at all; `!` is told to the player with that code. */
const rows = tableRows(`
                   EMPTY  TRIGGERED/capture  TRIGGERED/start  RECORDING       PLAYING    STOPPING   STOPPED
  captureStarted   =      RECORDING          =                =               =          =          =
  captureDropped   =      EMPTY              =                EMPTY           =          =          =
  captureFailed    =      EMPTY!capture-failed    EMPTY!capture-failed  EMPTY!capture-failed EMPTY!capture-failed EMPTY!capture-failed EMPTY!capture-failed
  captureCommitted =      =                  =                =               =          =          =
  loopStarted      =      =                  PLAYING          PLAYING         =          =          =
  loopStopped      =      =                  =                =               =          STOPPED    =
  startTakenBack   =      =                  STOPPED          =               =          =          =
  stopTakenBack    =      =                  =                =               =          PLAYING    =
  tooLate          =      =!too-late         =!too-late       =!too-late      =!too-late =!too-late =!too-late
`);

describe('a fact does what the table says', () => {
  test.each(rows)('%s in %s: %s', (name, situation, cell) => {
    const type = loopFacts.find((known) => known === name);
    if (type === undefined) throw new Error(`no fact ${name}`);
    const before = sessionIn(situation);
    const { session, effects, refused } = reduce(before, { type: 'fact', fact: loopFact(type) });
    const [state, code] = cell.split('!');
    expect(refused?.code).toBe(code);
    // What came to nothing is held by nobody.
    const isGone = state === 'EMPTY' && situation !== 'EMPTY';
    expect(effects).toEqual(isGone ? [{ type: 'release', loopId: loop.id }] : []);
    expect(situationOf(session.tracks[1])).toBe(state === '=' ? situation : state);
    const [first, track, third] = session.tracks;
    if (track?.state !== 'EMPTY') expect(track?.loop).toEqual(loop);
    expect({ ...session, tracks: [first, before.tracks[1], third] }).toEqual(before);
  });
});

describe('a fact about a loop that the track does not hold moves nothing and is told to nobody', () => {
  const lies = situations.flatMap((situation) => loopFacts.map((type) => [type, situation] as const));
  test.each(lies)('%s in %s', (type, situation) => {
    const before = sessionIn(situation);
    for (const lie of [{ loopId: 4 }, { loopId: 6 }, { loopId: 0 }, { track: 3 }, { track: 0 }, { track: 9 }]) {
      const { session, effects, refused } = reduce(before, { type: 'fact', fact: loopFact(type, lie) });
      expect([session, effects, refused]).toEqual([before, [], undefined]);
    }
  });
});

test('a fact moves its own track and no other', () => {
  const tracks = [trackIn('STOPPING', 1, { ...loop, id: 4 }), trackIn('STOPPING', 2), trackIn('STOPPING', 3)];
  const { session } = reduce(sessionIn('EMPTY', { tracks }), { type: 'fact', fact: loopFact('loopStopped') });
  expect(session.tracks.map(situationOf)).toEqual(['STOPPING', 'STOPPED', 'STOPPING']);
});

describe('facts of the beat, in any situation', () => {
  const of = (fact: SoundFact, situation: (typeof situations)[number]) => {
    const before = sessionIn(situation, { fresh: [2], pulse: { bar: 1, beat: 3, lit: true } });
    return { before, ...reduce(before, { type: 'fact', fact }) };
  };

  test.each(situations)('a beat lights, ends what is fresh and moves no track: %s', (situation) => {
    const { before, session, effects, refused } = of({ type: 'beat', frame: 240_000, bar: 2, beat: 2 }, situation);
    expect(session).toEqual({ ...before, pulse: { bar: 2, beat: 2, lit: true }, fresh: [] });
    expect([effects, refused]).toEqual([[], undefined]);
  });

  test.each(situations)('an offbeat darkens and moves no track: %s', (situation) => {
    const { before, session, effects, refused } = of({ type: 'offbeat', frame: 252_000 }, situation);
    expect(session).toEqual({ ...before, pulse: { bar: 1, beat: 3, lit: false } });
    expect([effects, refused]).toEqual([[], undefined]);
  });

  test.each(situations)('neither a clip nor a late block changes anything: %s', (situation) => {
    for (const type of ['clip', 'late'] as const) {
      const { before, session, effects, refused } = of({ type, frame: 252_000 }, situation);
      expect([session, effects, refused]).toEqual([before, [], undefined]);
    }
  });
});
