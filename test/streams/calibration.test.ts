import { failureCodes } from '../../src/core/calibration/measurement.ts';
import { aFailure, aSuccess } from '../core/session/a-measurement.ts';
import { from, measuring, probeFrames } from './measuring.ts';

const succeeded = [{ succeeded: true, png: new Uint8Array([1]) }];
const failed = [{ succeeded: false, png: new Uint8Array([1]) }];
const failedUnseen = [{ succeeded: false, png: new Uint8Array() }];
const codes = (events: readonly { readonly type: string }[]) =>
  events.flatMap((event) => ('code' in event ? [event.code] : []));

describe('what came in while the probe sounded', () => {
  test('is looked at, from its first frame to its last, once the sound is over and not before', () => {
    const { session, audio, analyst, begins, ends } = measuring();
    const wanted: (readonly number[])[] = [];
    const tape = Float32Array.from({ length: probeFrames * 2 }, (_, index) => index);
    audio.setHeard((first, frames) => {
      wanted.push([first, frames]);
      return tape;
    });
    session.calibrate();
    begins();
    expect([wanted, analyst.recordings]).toEqual([[], []]);
    ends();
    expect(wanted).toEqual([[from, probeFrames]]);
    expect(analyst.recordings).toHaveLength(1);
    expect(analyst.recordings[0]?.rate).toBe(48_000);
    expect(analyst.recordings[0]?.samples).toBe(tape);
  });

  test('is as long as the probe at any rate', () => {
    const { audio, sounds } = measuring({ rate: 44_100 });
    const wanted: number[] = [];
    audio.setHeard((_, frames) => void wanted.push(frames));
    sounds();
    expect(wanted).toEqual([418_950]);
  });

  test.each(['stopped', 'feedback', 'gap'] as const)('is not looked at when the sound ended early: %s', (how) => {
    const { session, analyst, begins, ends, phase } = measuring();
    session.calibrate();
    begins();
    ends(how);
    expect([analyst.recordings, phase()]).toEqual([[], 'idle']);
  });
});

describe('a measurement that succeeds', () => {
  test('becomes the latency of the session, and the front ends are told of it and shown its diagram', async () => {
    const { session, analyst, client, sounds, phase } = measuring();
    sounds();
    expect(phase()).toBe('weighing');
    await analyst.triggerResult(aSuccess(480));
    expect([session.state.latencyFrames, session.state.latencySource, phase()]).toEqual([480, 'measured', 'idle']);
    expect(client.told).toEqual([
      ['latency', 0.01],
      ['diagram', succeeded[0]],
    ]);
  });

  test('is handed on with how sure it is', async () => {
    const { analyst, latencies, sounds } = measuring();
    sounds();
    await analyst.triggerResult(aSuccess(480));
    expect(latencies).toEqual([{ frames: 480, source: 'measured', spreadFrames: 0.05, confidence: 0.97 }]);
  });

  test('has its picture kept before anybody hears of it', async () => {
    const { analyst, pictures, paths, watch, sounds, phase } = measuring();
    const phases: string[] = [];
    watch.notes$.subscribe(() => phases.push(phase()));
    sounds();
    await analyst.triggerResult(aSuccess(480), '<svg>the peak</svg>', new Uint8Array([7, 8]));
    expect(pictures).toEqual([{ svg: '<svg>the peak</svg>', png: new Uint8Array([7, 8]) }]);
    expect([paths, phases]).toEqual([['the picture of it: /state/1.svg'], ['weighing']]);
  });
});

describe('a measurement that fails', () => {
  test.each(failureCodes)('since it is %s changes no latency, and shows why in its diagram', async (code) => {
    const { session, analyst, client, latencies, events, pictures, sounds, phase } = measuring({ latencyFrames: 777 });
    sounds();
    await analyst.triggerResult(aFailure(code));
    expect([session.state.latencyFrames, session.state.latencySource, phase()]).toEqual([777, 'manual', 'idle']);
    expect([codes(events), pictures.length, latencies]).toEqual([[code], 1, []]);
    expect(client.told).toEqual([['diagram', failed[0]]]);
  });

  test.each([
    ['feedback', 'feedback'],
    ['gap', 'frames-lost'],
  ] as const)('before anything was looked at, by %s, shows an empty diagram', (how, code) => {
    const { session, client, events, begins, ends, pictures } = measuring();
    session.calibrate();
    begins();
    ends(how);
    expect([codes(events), client.of('diagram'), pictures]).toEqual([[code], failedUnseen, []]);
  });

  test.each([
    ['the analyst breaks', new Error('the worker is gone')],
    ['the analyst breaks in a strange way', 'no error at all'],
  ])('since %s is told, shows an empty diagram, and the next one goes its way', async (_, reason) => {
    const { session, analyst, client, events, failures, pictures, sounds, phase } = measuring();
    sounds();
    await analyst.triggerBreak(reason);
    expect([failures, codes(events), pictures]).toEqual([[reason], ['not-analysed'], []]);
    expect([client.of('diagram'), phase()]).toEqual([failedUnseen, 'idle']);
    sounds(2);
    await analyst.triggerResult(aSuccess(480));
    expect(session.state.latencyFrames).toBe(480);
  });

  test('since the tape has lost it is told, and nobody is asked to look at it', async () => {
    const { audio, analyst, events, failures, sounds, phase } = measuring();
    audio.setHeard(() => undefined);
    sounds();
    await new Promise((resolve) => setImmediate(resolve));
    expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining('tape') })]);
    expect([analyst.recordings, codes(events), phase()]).toEqual([[], ['not-analysed'], 'idle']);
  });
});

describe('what comes late of a measurement that was given up', () => {
  const givenUp = () => {
    const on = measuring({ latencyFrames: 777 });
    on.sounds();
    on.session.cancelCalibration();
    on.client.told.length = 0;
    on.events.length = 0;
    return { ...on, before: on.session.state };
  };
  const words = [
    ['a success', (analyst: ReturnType<typeof measuring>['analyst']) => analyst.triggerResult(aSuccess(480))],
    ['a failure', (analyst: ReturnType<typeof measuring>['analyst']) => analyst.triggerResult(aFailure('echoes'))],
    ['a break', (analyst: ReturnType<typeof measuring>['analyst']) => analyst.triggerBreak(new Error('broken'))],
  ] as const;

  test.each(words)('moves nothing, is shown to nobody and kept nowhere: %s', async (_, say) => {
    const { session, analyst, client, events, latencies, pictures, paths, failures, before } = givenUp();
    await say(analyst);
    expect(session.state).toBe(before);
    expect([client.told, events, latencies, pictures, paths, failures]).toEqual([[], [], [], [], [], []]);
  });

  test.each(words)('is not taken for word of the next one: %s', async (_, say) => {
    const { session, analyst, latencies, sounds, phase } = givenUp();
    sounds(2);
    await say(analyst);
    expect(phase()).toBe('weighing');
    await analyst.triggerResult(aSuccess(333));
    expect(session.state.latencyFrames).toBe(333);
    expect(latencies).toMatchObject([{ frames: 333 }]);
  });
});

test('one that is looked at for ever keeps no other one from being measured', async () => {
  const { session, analyst, sounds } = measuring();
  sounds();
  session.cancelCalibration();
  sounds(2);
  expect(analyst.recordings).toHaveLength(2);
  await analyst.triggerBreak(new Error('given up'));
  await analyst.triggerResult(aSuccess(480));
  expect(session.state.latencyFrames).toBe(480);
});

describe('a new latency is handed on', () => {
  test('when it is set by hand, and not when it was known', () => {
    const { session, latencies } = measuring();
    session.report({ type: 'latencyKnown', frames: 300, source: 'measured' });
    session.report({ type: 'latencyKnown', frames: 400, source: 'manual' });
    session.command({ type: 'setLatency', frames: 500 });
    session.command({ type: 'setLatency', frames: -1 });
    expect(latencies).toEqual([{ frames: 500, source: 'manual' }]);
    expect(session.state.latencyFrames).toBe(500);
  });
});

describe('once it is closed', () => {
  test('the analyst is closed too, and nothing is told any more', async () => {
    const { session, analyst, watch, latencies, client, failures, sounds } = measuring();
    sounds();
    let ended = false;
    watch.notes$.subscribe({ complete: () => (ended = true) });
    await watch.close();
    await analyst.triggerResult(aSuccess(480));
    session.command({ type: 'setLatency', frames: 500 });
    expect([analyst.isClosed, ended, latencies, failures]).toEqual([true, true, [], []]);
    expect(client.of('diagram')).toEqual([]);
  });

  test('a look that the end broke is no failure', async () => {
    const { analyst, watch, failures, sounds } = measuring();
    sounds();
    await watch.close();
    await analyst.triggerBreak(new Error('closed'));
    expect(failures).toEqual([]);
  });
});
