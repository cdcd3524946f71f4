import type { SessionCommand } from '../../../src/core/session/command.ts';
import type { SessionInput } from '../../../src/core/session/outcome.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import { loopFactTypes } from './arbitraries.ts';
import { asked, course, happened, loopOf } from './course.ts';
import { loop, loopFact, sessionIn, situationOf, situations, trackIn } from './situations.ts';

const bar = 96_000;
/** The loop of a situation is bar 1, and its sound is in 100 frames later. */
const whileItComesIn = 150_000;
const onceAllIsIn = loop.endFrame + loop.latencyFrames;

const xrun = (frame: number, frames: number): SessionInput => happened({ type: 'gap', frame, frames });
const lost = (frame: number): SessionInput => happened({ type: 'interfaceLost', frame });
const back = (frame: number): SessionInput => happened({ type: 'interfaceBack', frame });
const record = (frame: number, bars = 1): SessionInput => asked(frame, { type: 'record', track: 2, bars });

describe('frames that the driver lost', () => {
  test.each(situations)('while the sound of a loop came in leave a flaw in it and nothing else: %s', (situation) => {
    const before = sessionIn(situation);
    const { session, events, effects, codes } = course(before, xrun(whileItComesIn, 480));
    const isFlawed = situation !== 'EMPTY';
    const flaw = { type: 'captureGap', frame: whileItComesIn, track: 2, frames: 480 };
    expect(events).toEqual([{ type: 'gap', frame: whileItComesIn, frames: 480 }, ...(isFlawed ? [flaw] : [])]);
    expect(session.tracks.map(situationOf)).toEqual(before.tracks.map(situationOf));
    expect(loopOf(session)).toEqual(isFlawed ? { ...loop, lostFrames: 480 } : undefined);
    expect([effects, codes]).toEqual([[], []]);
  });

  test.each(situations)('once all is in touch no loop: %s', (situation) => {
    const before = sessionIn(situation);
    const { session, events } = course(before, xrun(onceAllIsIn, 480));
    expect([session.tracks, events.map(({ type }) => type)]).toEqual([before.tracks, ['gap']]);
  });

  test('as the last of it comes in count as far as they go', () => {
    const { session, events } = course(sessionIn('PLAYING'), xrun(onceAllIsIn - 100, 480));
    expect([loopOf(session)?.lostFrames, events[1]]).toMatchObject([100, { type: 'captureGap', frames: 100 }]);
  });

  test('again and again add up', () => {
    const { session, events } = course(sessionIn('RECORDING'), xrun(100_000, 10), xrun(150_000, 20), xrun(160_000, 30));
    expect(loopOf(session)?.lostFrames).toBe(60);
    expect(events.flatMap((event) => (event.type === 'captureGap' ? [event.frames] : []))).toEqual([10, 20, 30]);
  });

  test('flaw each loop that was coming in, in the order of the tracks, and no other one', () => {
    const old = { ...loop, id: 4, startBeat: 0, endBeat: 4, startFrame: 0, endFrame: bar };
    const tracks = [trackIn('RECORDING', 1), trackIn('PLAYING', 2, old), trackIn('TRIGGERED/capture', 3)];
    const { session, events } = course(sessionIn('EMPTY', { tracks }), xrun(whileItComesIn, 7));
    expect(events.slice(1)).toMatchObject([{ track: 1 }, { track: 3 }]);
    expect([1, 2, 3].map((id) => loopOf(session, id)?.lostFrames)).toEqual([7, undefined, 7]);
  });

  test('that are none, as a driver may say, are told and flaw nothing', () => {
    const { session, events } = course(sessionIn('RECORDING'), xrun(whileItComesIn, 0), record(3 * bar));
    expect([loopOf(session), events[0]]).toEqual([loop, { type: 'gap', frame: whileItComesIn, frames: 0 }]);
  });

  test.each([
    ['before the stomp', [xrun(2 * bar + 60_000, 480), record(2 * bar + 80_000)]],
    ['after the stomp, while its bar is still played', [record(2 * bar + 80_000), xrun(2 * bar + 90_000, 480)]],
    ['after the line, while the last of it comes in', [record(2 * bar + 80_000), xrun(3 * bar, 480)]],
  ] as const)('are told of the loop that is captured: %s', (_, inputs) => {
    const { session, events } = course(sessionIn('EMPTY'), ...inputs);
    const flaws = events.filter(({ type }) => type === 'captureGap');
    expect(flaws).toEqual([expect.objectContaining({ track: 2, frames: 480 })]);
    expect(loopOf(session)).toMatchObject({ startFrame: 2 * bar, lostFrames: 480 });
  });
});

describe('when the interface goes', () => {
  test.each(situations)('what is being captured is dropped, and all that is held stays: %s', (situation) => {
    const before = sessionIn(situation);
    const { session, events, effects, refused } = course(before, lost(whileItComesIn));
    const isDropped = situation === 'TRIGGERED/capture' || situation === 'RECORDING';
    expect(situationOf(session.tracks[1])).toBe(isDropped ? 'EMPTY' : situation);
    const dropped = [
      { type: 'clear', track: 2 },
      { type: 'release', loopId: loop.id },
    ];
    expect(effects).toEqual(isDropped ? dropped : []);
    expect(refused).toEqual(
      isDropped
        ? [{ code: 'interface-lost', reason: expect.stringContaining('while track 2 was being captured') }]
        : [],
    );
    expect(events).toContainEqual({ type: 'interface', frame: whileItComesIn, state: 'lost' });
    expect(session.interface).toBe('away');
  });

  test.each(situations)('a loop of which all is in stays, also one that is not yet heard: %s', (situation) => {
    const before = sessionIn(situation);
    const { session, effects, codes, events } = course(before, lost(onceAllIsIn));
    expect([session.tracks, effects, codes]).toEqual([before.tracks, [], []]);
    expect(events).toEqual([{ type: 'interface', frame: onceAllIsIn, state: 'lost' }]);
  });

  test.each(['PLAYING', 'STOPPING', 'STOPPED', 'TRIGGERED/start'] as const)(
    'a loop that is heard already while the last of it comes in stays, with a flaw that is told: %s',
    (situation) => {
      const { session, events } = course(sessionIn(situation), lost(onceAllIsIn - 50));
      expect(loopOf(session)).toEqual({ ...loop, lostFrames: 50 });
      expect(events.at(-1)).toEqual({ type: 'captureGap', frame: onceAllIsIn - 50, track: 2, frames: 50 });
    },
  );

  test('the player is told once of all that is dropped', () => {
    const tracks = [trackIn('RECORDING', 1), trackIn('PLAYING', 2), trackIn('TRIGGERED/capture', 3)];
    const { session, refused, effects } = course(sessionIn('EMPTY', { tracks }), lost(whileItComesIn));
    expect(session.tracks.map(situationOf)).toEqual(['EMPTY', 'PLAYING', 'EMPTY']);
    expect(effects).toEqual([
      { type: 'clear', track: 1 },
      { type: 'clear', track: 3 },
    ]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      'the interface went away while tracks 1, 3 were being captured; play it again once the interface is back',
    ]);
  });

  test('later word of what was dropped moves nothing', () => {
    const { session: after } = course(sessionIn('RECORDING'), lost(whileItComesIn));
    for (const type of loopFactTypes) {
      expect(reduce(after, happened(loopFact(type)))).toEqual({ session: after, effects: [] });
    }
  });
});

describe('while the interface is away', () => {
  const commands: readonly SessionCommand[] = [
    { type: 'start', track: 2 },
    { type: 'stop', track: 2 },
    { type: 'clear', track: 2 },
    { type: 'reset' },
    { type: 'tap' },
    { type: 'setBpm', bpm: 90 },
    { type: 'setBars', bars: 2 },
    { type: 'muteClick' },
    { type: 'setLatency', frames: 99 },
  ];

  test.each(commands)('all is done as ever: %j', (command) => {
    for (const situation of situations) {
      const here = sessionIn(situation);
      const { session: away } = course(here, lost(onceAllIsIn));
      const [done, usual] = [away, here].map((session) => reduce(session, asked(200_000, command)));
      const { gaps, interface: where } = away;
      expect(done).toEqual({ ...usual, session: { ...usual?.session, gaps, interface: where } });
    }
  });

  test('bars that were over before can be captured, and those that reach into it cannot', () => {
    const { session: away } = course(sessionIn('EMPTY'), lost(2 * bar + 5000));
    expect(course(away, record(2 * bar + 9000)).codes).toEqual([]);
    const { codes, refused, effects } = course(away, record(2 * bar + 80_000));
    expect([codes, effects]).toEqual([['interface-lost'], []]);
    expect(refused[0]?.reason).toMatch('without the interface');
    expect(course(away, record(50 * bar + 10)).codes).toEqual(['interface-lost']);
  });
});

describe('when the interface is back', () => {
  const returned = (frame: number) => course(sessionIn('PLAYING'), lost(2 * bar + 5000), back(frame));

  test('it is told, and what plays is as it was', () => {
    const { session, events, effects } = returned(9 * bar);
    expect(events).toEqual([
      { type: 'interface', frame: 2 * bar + 5000, state: 'lost' },
      { type: 'interface', frame: 9 * bar, state: 'back' },
    ]);
    expect([session.interface, effects]).toEqual(['here', []]);
    expect(session.tracks).toEqual(sessionIn('PLAYING').tracks);
    expect(session.gaps).toEqual([{ from: 2 * bar + 5000, to: 9 * bar, cause: 'interface' }]);
  });

  test('whole bars from then on can be captured', () => {
    const { session } = returned(9 * bar + 1000);
    const codes = (at: number, bars: number) => course(session, asked(at, { type: 'record', track: 3, bars })).codes;
    expect(codes(10 * bar + 10, 1)).toEqual(['interface-lost']);
    expect(codes(11 * bar + 10, 1)).toEqual([]);
    expect(codes(11 * bar + 10, 2)).toEqual(['interface-lost']);
    expect(codes(12 * bar + 10, 2)).toEqual([]);
  });

  test('as often as it goes and comes', () => {
    const plugs = Array.from({ length: 100 }, (_, plug) => [lost((10 + plug) * bar), back((10 + plug) * bar + 500)]);
    const { session } = course(sessionIn('PLAYING'), ...plugs.flat());
    expect(session.interface).toBe('here');
    expect(session.gaps.filter(({ to }) => to === Number.POSITIVE_INFINITY)).toEqual([]);
    expect(course(session, asked(111 * bar + 10, { type: 'record', track: 3, bars: 1 })).codes).toEqual([]);
  });
});
