import { UserError } from '../../src/core/errors.ts';
import { calibrateWork } from '../../src/streams/calibrate-work.ts';
import { aFailure, aSuccess } from '../core/session/a-measurement.ts';
import { measuring } from './measuring.ts';

/** A measurement that is asked for as work, with its lines and its end. */
const working = (mute = false, on = measuring()) => {
  const lines: string[] = [];
  const ended: (true | UserError)[] = [];
  const listen = (also = mute) =>
    calibrateWork(on.session, also, on.watch.notes$, on.stage.scheduler).subscribe({
      next: (line) => lines.push(line),
      error: (error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        ended.push(error);
      },
      complete: () => ended.push(true),
    });
  const sent = (): string[] => on.audio.sent.map(({ type }) => type);
  return { ...on, lines, ended, listen, sent };
};

const seconds = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((second) => `${second} of 10 s`);

describe('a measurement as work', () => {
  test('tells each step, each second, where the picture is, what was found and that it holds, and completes', async () => {
    const { listen, lines, ended, begins, ends, pass, analyst } = working();
    listen();
    begins();
    pass(9500);
    ends();
    expect(ended).toEqual([]);
    await analyst.triggerResult(aSuccess(432));
    expect(lines).toEqual([
      'calibration: eight bursts in ten seconds; be quiet',
      ...seconds,
      'calibration: looking at what came in',
      'the picture of it: /state/1.svg',
      'calibration: the round trip is 432.25 frames, give or take 0.05; confidence 97 %, on the left input',
      'latency: 432 frames = 9.00 ms, measured; it holds for the loops to come',
    ]);
    expect(ended).toEqual([true]);
  });

  test('counts no second before its time, and none after the ninth', () => {
    const { listen, lines, pass } = working();
    listen();
    pass(999);
    expect(lines).toEqual([]);
    pass(1);
    expect(lines).toEqual(['1 of 10 s']);
    pass(60_000);
    expect(lines).toEqual(seconds);
  });

  test('that finds nothing ends with why, once, after its picture', async () => {
    const { listen, lines, ended, begins, ends, analyst, pass } = working();
    listen();
    begins();
    ends();
    await analyst.triggerResult(aFailure('too-noisy'));
    expect(lines.at(-1)).toBe('the picture of it: /state/1.svg');
    expect(ended).toEqual([expect.objectContaining({ code: 'too-noisy', message: 'it is too-noisy (too-noisy)' })]);
    const told = lines.length;
    pass(20_000);
    expect(lines).toHaveLength(told);
  });

  test.each([
    ['feedback', 'feedback'],
    ['gap', 'frames-lost'],
  ] as const)('that breaks off ends with why: %s', (how, code) => {
    const { listen, ended, begins, ends } = working();
    listen();
    begins();
    ends(how);
    expect(ended).toEqual([expect.objectContaining({ code, message: expect.stringContaining(`(${code})`) })]);
  });

  test('that is cancelled elsewhere has not been made, and says so', () => {
    const { listen, ended, begins, session, sent } = working();
    listen();
    begins();
    session.command({ type: 'calibrate', toggle: true });
    expect(ended).toEqual([new UserError('cancelled', 'it was cancelled; all is as it was')]);
    expect(sent()).toEqual(['measure', 'stopMeasuring']);
  });

  test('tells of its own latency and of one that is set meanwhile, and goes on', () => {
    const { listen, lines, ended, begins, session } = working();
    listen();
    begins();
    session.command({ type: 'setLatency', frames: 96 });
    expect(lines.at(-1)).toMatch('96 frames = 2.00 ms, manual');
    expect(ended).toEqual([]);
  });
});

describe('work that is refused', () => {
  test('ends with the refusal and asks nothing of the engine', () => {
    const { listen, lines, ended, audio, sent, session } = working();
    audio.triggerFact({ type: 'interfaceLost', frame: 200_000 });
    const { state } = session;
    listen();
    expect(ended).toEqual([expect.objectContaining({ code: 'interface-lost' })]);
    expect([lines, sent(), session.state]).toEqual([[], [], state]);
  });

  test('since tracks play does not end so when they may be muted', () => {
    const { listen, ended, audio, session, sent } = working();
    session.requestRecording(1, 1);
    audio.triggerFact({ type: 'captureStarted', frame: 0, track: 1, loopId: 1 });
    audio.triggerFact({ type: 'loopStarted', frame: 0, track: 1, loopId: 1 });
    listen(false);
    expect(ended).toEqual([expect.objectContaining({ code: 'tracks-playing' })]);
    listen(true);
    expect([ended.length, sent()]).toEqual([1, ['capture', 'measure']]);
  });

  test('since another one goes on leaves that one alone', async () => {
    const { listen, ended, begins, ends, analyst, session, sent, phase } = working();
    const first = listen();
    begins();
    const second = listen();
    expect(ended).toEqual([expect.objectContaining({ code: 'calibrating' })]);
    second.unsubscribe();
    expect([phase(), sent()]).toEqual(['sounding', ['measure']]);
    ends();
    await analyst.triggerResult(aSuccess(432));
    expect([session.state.latencyFrames, ended[1], first.closed]).toEqual([432, true, true]);
  });
});

describe('whoever lets go of the work', () => {
  test.each(['before it sounds', 'while it sounds', 'while it is looked at'])('cancels it: %s', (when) => {
    const { listen, lines, ended, begins, ends, pass, phase, sent, latencies } = working();
    const work = listen();
    if (when !== 'before it sounds') begins();
    if (when === 'while it is looked at') ends();
    const told = lines.length;
    work.unsubscribe();
    pass(20_000);
    expect([phase(), lines.length, ended, latencies]).toEqual(['idle', told, [], []]);
    expect(sent()).toEqual(when === 'while it is looked at' ? ['measure'] : ['measure', 'stopMeasuring']);
  });

  test.each(['succeeded', 'was cancelled'])('after it %s cancels nothing, least of all the next one', async (how) => {
    const { listen, begins, ends, analyst, session, phase, sent } = working();
    const work = listen();
    begins();
    if (how === 'succeeded') {
      ends();
      await analyst.triggerResult(aSuccess(432));
    } else session.cancelCalibration();
    session.calibrate();
    const before = sent();
    work.unsubscribe();
    expect([phase(), sent()]).toEqual(['sounding', before]);
  });
});
