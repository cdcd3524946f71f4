import type { SessionEvent } from '../../src/core/session/event.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { FakeAudioEngine, takesAll } from '../fakes/fake-audio-engine.ts';
import { running } from './running.ts';

const states = (events: readonly SessionEvent[]) =>
  events.flatMap((event) => (event.type === 'track' ? [`${event.track} ${event.state}`] : []));

describe('a command', () => {
  test('of each kind of the seed reaches the engine', () => {
    const { session, audio } = running(promptly);
    session.requestRecording(2, 4);
    session.stopPlaying(2);
    session.startPlaying(2);
    session.reset();
    session.setBpm(90);
    expect(audio.sent).toMatchObject([
      { type: 'capture', track: 2, startBeat: -8, endBeat: 8 },
      { type: 'stop', track: 2, atBeat: 12 },
      { type: 'start', track: 2, atBeat: 12 },
      { type: 'clear', track: 2 },
      { type: 'setGrid', grid: { bpm: 90 } },
    ]);
    expect(session.bpm).toBe(90);
  });

  test('acts at the frame that is given, or now', () => {
    const { session, audio } = running(takesAll);
    audio.time = 1000;
    session.command({ type: 'stomp', track: 1 });
    session.command({ type: 'stomp', track: 2 }, 400_000);
    expect(audio.sent).toMatchObject([
      { track: 1, endBeat: 0 },
      { track: 2, endBeat: 16 },
    ]);
  });

  test('that is refused is told, and asks nothing of the engine', () => {
    const { session, audio, events } = running({});
    session.cancelCalibration();
    session.startPlaying(1);
    expect(events).toMatchObject([
      { type: 'refused', code: 'not-calibrating', frame: 200_000 },
      { type: 'refused', code: 'empty', frame: 200_000 },
    ]);
    expect(audio.sent).toEqual([]);
  });
});

describe('what is heard was computed earlier, by the way out:', () => {
  const output = { share: 0.5, lessFrames: 80 };
  /** 400 frames. */
  const late = { latencyFrames: 960, output };

  test('a command without a frame means what is heard now', () => {
    const { session, events, moments } = running({}, late);
    session.stopPlaying(1);
    expect(events).toMatchObject([{ type: 'refused', frame: 200_000 - 400 }]);
    expect(moments).toMatchObject([{ frame: 200_000 - 400, takenFrame: 200_000 }]);
  });

  test('a stop that the player gives before a line that he has not heard yet means that line', () => {
    const { session, audio } = running(promptly, late);
    session.requestRecording(1, 1);
    audio.time = (288_000 + 399) / 48;
    session.stopPlaying(1);
    expect(audio.sent.at(-1)).toMatchObject({ type: 'stop', atBeat: 12 });
    session.startPlaying(1);
    audio.time = (288_000 + 400) / 48;
    session.stopPlaying(1);
    expect(audio.sent.at(-1)).toMatchObject({ type: 'stop', atBeat: 16 });
  });

  test.each([
    [72_000 + 400, 8],
    [72_001 + 400, 12],
  ])('bars are early or late by what is heard: %d frames after the line', (sinceLine, endBeat) => {
    const { session, audio } = running(takesAll, late);
    audio.time = (192_000 + sinceLine) / 48;
    session.requestRecording(1, 1);
    expect(audio.sent).toMatchObject([{ type: 'capture', endBeat }]);
  });

  test('a command with a frame means that one', () => {
    const { session, moments } = running({}, late);
    session.command({ type: 'tap' }, 123_456);
    expect(moments).toMatchObject([{ frame: 123_456, takenFrame: 123_856 }]);
  });

  test('facts and what is said of the latency keep their own', () => {
    const { session, audio, moments } = running({}, late);
    audio.triggerFact({ type: 'clip', frame: 199_000 });
    session.report({ type: 'latencyKnown', frames: 1920, source: 'measured' });
    expect(moments).toMatchObject([
      { frame: 199_000, takenFrame: 199_000 },
      { frame: 200_000, takenFrame: 200_000 },
    ]);
  });

  test('a new latency holds for the next command', () => {
    const { session, moments } = running({}, late);
    session.command({ type: 'setLatency', frames: 1960 });
    session.command({ type: 'tap' });
    expect(moments.map(({ frame, takenFrame }) => [frame, takenFrame])).toEqual([
      [199_600, 200_000],
      [199_100, 200_000],
    ]);
  });

  test('nothing is heard before the first frame', () => {
    const { session, audio, moments } = running({}, late);
    audio.time = 1;
    session.command({ type: 'tap' });
    expect([session.heardAt(0), moments[0]?.frame]).toEqual([0, 0]);
  });
});

test('a calibration is asked for and given up as a command', () => {
  const { session, audio, events } = running(takesAll);
  session.calibrate();
  session.cancelCalibration();
  session.calibrate(true);
  expect(audio.sent).toEqual([
    { type: 'measure', id: 1 },
    { type: 'stopMeasuring', id: 1 },
    { type: 'measure', id: 2 },
  ]);
  expect(events).toMatchObject([{ type: 'calibration', phase: 'cancelled' }]);
});

describe('the effects of one moment', () => {
  test('are sent in their order', () => {
    const { session, audio } = running(promptly);
    for (const track of [3, 1, 2]) session.requestRecording(track, 1);
    audio.sent.length = 0;
    session.reset();
    expect(audio.sent).toEqual([1, 2, 3].map((track) => ({ type: 'clear', track })));
  });
});

describe('facts', () => {
  test('that come while a command is being sent wait for their turn: acceptance is seen before what happened', () => {
    const { session, events, moments } = running(promptly);
    session.requestRecording(1, 1);
    expect(states(events)).toEqual(['1 TRIGGERED', '1 RECORDING', '1 PLAYING']);
    expect(moments.map(({ session: state }) => state.tracks[0]?.state)).toEqual(['TRIGGERED', 'RECORDING', 'PLAYING']);
    expect(session.state.tracks[0]?.state).toBe('PLAYING');
  });

  test('move the state, each in a moment of its own with the frame of the fact', () => {
    const { session, audio, moments } = running(takesAll);
    session.requestRecording(1, 1);
    audio.triggerFact({ type: 'captureStarted', frame: 200_100, track: 1, loopId: 1 });
    audio.triggerFact({ type: 'loopStarted', frame: 200_200, track: 1, loopId: 1 });
    expect(moments.map(({ frame, effects }) => [frame, effects.length])).toEqual([
      [200_000, 1],
      [200_100, 0],
      [200_200, 0],
    ]);
    expect(session.state.tracks[0]?.state).toBe('PLAYING');
  });

  test('of beats and clipping are events as they are', () => {
    const { audio, events } = running({});
    const beat = { type: 'beat', frame: 24_000, bar: 0, beat: 1 } as const;
    const clip = { type: 'clip', frame: 24_100 } as const;
    audio.triggerFact(beat);
    audio.triggerFact({ type: 'offbeat', frame: 36_000 });
    audio.triggerFact(clip);
    expect(events).toEqual([beat, clip]);
  });

  test('that change nothing are no event', () => {
    const { session, audio, events } = running(takesAll);
    session.requestRecording(1, 1);
    audio.triggerFact({ type: 'captureStarted', frame: 0, track: 1, loopId: 1 });
    events.length = 0;
    audio.triggerFact({ type: 'captureStarted', frame: 0, track: 1, loopId: 1 });
    audio.triggerFact({ type: 'captureCommitted', frame: 0, track: 1, loopId: 1 });
    audio.triggerFact({ type: 'loopStopped', frame: 0, track: 1, loopId: 1 });
    audio.triggerFact({ type: 'loopStarted', frame: 0, track: 2, loopId: 7 });
    expect(events).toEqual([]);
  });
});

describe('an onlooker', () => {
  test('that gives a command in a moment does not get in before it: all see the moments in one order', () => {
    const { session, moments } = running(promptly);
    const seen: (string | undefined)[] = [];
    session.moments$.subscribe(({ session: { tracks } }) => {
      if (tracks[0]?.state === 'TRIGGERED') session.requestRecording(2, 1);
    });
    session.moments$.subscribe(({ session: { tracks } }) => {
      seen.push(
        tracks
          .slice(0, 2)
          .map(({ state }) => state)
          .join(' '),
      );
    });
    session.requestRecording(1, 1);
    const order = moments.map(({ session: { tracks } }) =>
      tracks
        .slice(0, 2)
        .map(({ state }) => state)
        .join(' '),
    );
    expect(order).toEqual(seen);
    expect(order[0]).toBe('TRIGGERED EMPTY');
    expect(order.at(-1)).toBe('PLAYING PLAYING');
  });

  test('that leaves leaves the session running', () => {
    const { session, audio } = running(promptly);
    session.moments$.subscribe().unsubscribe();
    session.requestRecording(1, 1);
    expect(session.state.tracks[0]?.state).toBe('PLAYING');
    expect(audio.sent).toHaveLength(1);
  });
});

test('the beat stream counts the beats in their bar from 1, and says nothing else', () => {
  const { session, audio } = running(promptly);
  const beats: number[] = [];
  session.click().subscribe((beat) => beats.push(beat));
  for (const beat of [0, 1, 2, 0]) {
    audio.triggerFact({ type: 'beat', frame: 0, bar: 0, beat });
    audio.triggerFact({ type: 'offbeat', frame: 0 });
  }
  session.requestRecording(1, 1);
  expect(beats).toEqual([1, 2, 3, 1]);
});

test('a session that is closed hears nothing more, and its streams end', () => {
  const { session, audio, events } = running(new FakeAudioEngine(takesAll));
  let ended = false;
  session.click().subscribe({ complete: () => (ended = true) });
  session.close();
  session.requestRecording(1, 1);
  audio.triggerFact({ type: 'clip', frame: 0 });
  expect([ended, events, audio.sent]).toEqual([true, [], []]);
});
