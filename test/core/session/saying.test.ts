import type { SessionEvent } from '../../../src/core/session/event.ts';
import { latencyText, troubleText } from '../../../src/core/session/saying.ts';

const frame = 1000;
const rate = 48_000;

describe('trouble with the sound is said in a line that tells what to do, or what goes on:', () => {
  test.each<[SessionEvent, string]>([
    [
      { type: 'gap', frame, frames: 480 },
      'sound: an xrun: 480 frames are lost; the grid went on; a larger audio.blockFrames forgives more',
    ],
    [
      { type: 'gap', frame, frames: 1 },
      'sound: an xrun: 1 frame is lost; the grid went on; a larger audio.blockFrames forgives more',
    ],
    [
      { type: 'gap', frame, frames: 0 },
      'sound: an xrun that cost no frame; the grid went on; a larger audio.blockFrames forgives more',
    ],
    [
      { type: 'captureGap', frame, track: 2, frames: 480 },
      'sound: the loop of track 2 has a hole of 480 frames; capture it again if you hear it',
    ],
    [
      { type: 'captureGap', frame, track: 2, frames: 1 },
      'sound: the loop of track 2 has a hole of 1 frame; capture it again if you hear it',
    ],
    [{ type: 'late', frame }, 'sound: a block came too late and was silent; a larger audio.queueBlocks forgives more'],
    [
      { type: 'interface', frame, state: 'lost' },
      'sound: there is no interface; the grid goes on, and so will the loops when it is here',
    ],
    [{ type: 'interface', frame, state: 'back' }, 'sound: the interface is here; the loops go on in time'],
  ])('%j', (event, text) => expect([troubleText(event), latencyText(event, rate)]).toEqual([text, undefined]));
});

describe('what becomes known of the latency is said in a line:', () => {
  const measurement = {
    latencyFrames: 432,
    exactFrames: 432.254,
    spreadFrames: 0.049,
    confidence: 0.968,
    side: 0 as const,
  };
  test.each<[SessionEvent, string]>([
    [
      { type: 'latency', frame, frames: 432, source: 'measured' },
      'latency: 432 frames = 9.00 ms, measured; it holds for the loops to come',
    ],
    [
      { type: 'latency', frame, frames: 1, source: 'manual' },
      'latency: 1 frame = 0.02 ms, manual; it holds for the loops to come',
    ],
    [{ type: 'calibration', frame, phase: 'started' }, 'calibration: eight bursts in ten seconds; be quiet'],
    [{ type: 'calibration', frame, phase: 'weighing' }, 'calibration: looking at what came in'],
    [{ type: 'calibration', frame, phase: 'cancelled' }, 'calibration: cancelled; all is as it was'],
    [
      { type: 'calibration', frame, phase: 'failed', code: 'no-signal', reason: 'nothing came in; plug a cable' },
      'calibration: no latency was found: nothing came in; plug a cable (no-signal)',
    ],
    [
      { type: 'calibration', frame, phase: 'succeeded', ...measurement },
      'calibration: the round trip is 432.25 frames, give or take 0.05; confidence 97 %, on the left input',
    ],
  ])('%j', (event, text) => expect([latencyText(event, rate), troubleText(event)]).toEqual([text, undefined]));

  test('in frames alone where nobody knows the rate', () => {
    expect(latencyText({ type: 'latency', frame, frames: 432, source: 'manual' } as SessionEvent)).toBe(
      'latency: 432 frames, manual; it holds for the loops to come',
    );
  });
});

test.each<SessionEvent>([
  { type: 'beat', frame, bar: 0, beat: 0 },
  { type: 'clip', frame },
  { type: 'track', frame, track: 1, state: 'EMPTY' },
  { type: 'refused', frame, code: 'empty', reason: 'it is empty' },
])('all else is said elsewhere: %j', (event) => {
  expect([troubleText(event), latencyText(event, rate)]).toEqual([undefined, undefined]);
});
