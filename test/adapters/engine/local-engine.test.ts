import { bar, captureOf, looper, ramp } from '../../engine/looper.ts';

const coded = (frame: number): number => (frame + 1) / 2 ** 23;

test('a capture that waits for memory plays as soon as it has some, in phase', () => {
  const play = looper({ loopFrames: 4096 * 24, input: coded });
  play.at(bar + 100, captureOf(1, 1));
  play.at(2 * bar + 100, { type: 'clear', track: 1, atFrame: 2 * bar + 20_000 }, { type: 'release', loopId: 1 });
  play.send(captureOf(2, 2, 2), { type: 'setClick', volume: 0, muted: true });
  play.until(3 * bar);
  const free = 2 * bar + 20_000 + ramp;
  const facts = play.facts().slice(3);
  expect(facts[0]).toEqual({ type: 'loopReleased', frame: free, loopId: 1 });
  expect(facts.map(({ type }) => type)).toEqual(['loopReleased', 'captureStarted', 'loopStarted', 'captureCommitted']);
  const [, started] = facts;
  expect(started?.frame).toBeGreaterThanOrEqual(free);
  expect(started?.frame).toBeLessThanOrEqual(free + 256);
  expect(play.heard(2 * bar + 30_000)).toBe(coded(bar + 30_000));
});

test('a loop that is lent is what it plays, and stays though it is released', () => {
  const play = looper({ loopFrames: 4096 * 24, input: coded });
  play.at(bar + 100, captureOf(1, 1));
  play.until(2 * bar);
  const lent = play.audio.lend(1);
  const sound = lent?.sound;
  play.send({ type: 'clear', track: 1 }, { type: 'release', loopId: 1 });
  play.at(2 * bar + 1000, captureOf(2, 2));
  play.until(2 * bar + 40_000);
  // The lead-in of 1200 frames comes first.
  const first = (sound?.pieces[0] ?? 0) * 4096 + 1200;
  expect(sound?.samples.subarray(first * 2, first * 2 + 2)).toEqual(new Float32Array([coded(0), coded(0)]));
  expect(play.facts().some(({ type }) => type === 'loopReleased')).toBe(false);
  lent?.giveBack();
  play.until(3 * bar);
  expect(play.facts().map(({ type }) => type)).toEqual([
    ...['captureStarted', 'loopStarted', 'captureCommitted'],
    ...['loopReleased', 'captureStarted', 'loopStarted', 'captureCommitted'],
  ]);
});
