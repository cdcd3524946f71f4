import { bar, captureOf, cutOf, grid, largestStep, looper, ramp, startOf } from './looper.ts';

const even = (): number => 0.25;
/** Bars of unlike noise: a linear congruential generator (Numerical Recipes), hashed by frame, so that it is the same in each block. */
const noise = (frame: number): number => {
  const mixed = Math.imul((Math.imul(frame, 1664525) + 1013904223) ^ (frame >>> 7), 1664525) >>> 0;
  return (mixed / 2 ** 32 - 0.5) * 0.5;
};

/** Plays bar 1 as loop 1 on track 1, and has bar 2 as loop 2, which nobody plays. In bar 0 there is what their seams blend into. */
const twoLoops = (input: (frame: number) => number, block?: number) => {
  const play = looper({ input, ...(block && { block }) });
  play.at(2 * bar + 100, captureOf(1, 2));
  play.at(3 * bar + 50, { type: 'cut', ...cutOf(2, 3) });
  play.until(3 * bar + 40_000);
  return play;
};

describe('one loop in place of another', () => {
  test.each([256, 1, 63])('rises as the other falls: of like sound nothing is heard, in blocks of %p', (block) => {
    const play = twoLoops(even, block);
    play.send(startOf(2, 4));
    play.until(4 * bar + 5000);
    for (let frame = 4 * bar - 1000; frame < 4 * bar + 1000; frame += 1) {
      // Within the seam the same sound at equal power is louder than one of both.
      if (frame >= 4 * bar - 1200 && frame < 4 * bar - 1) continue;
      expect(Math.abs(play.heard(frame) - 0.25)).toBeLessThan(1e-6);
    }
    expect(play.facts().slice(-1)).toEqual([{ type: 'loopStarted', frame: 4 * bar, track: 1, loopId: 2 }]);
  });

  test('may come in the midst of a pass, in phase', () => {
    const at = 3 * bar + 50_123;
    const play = twoLoops(noise);
    play.send(startOf(2, 4, at));
    play.until(at + 1000);
    const [old, fresh] = [
      (frame: number) => noise(bar + (frame % bar)),
      (frame: number) => noise(2 * bar + (frame % bar)),
    ];
    for (let frame = at - 500; frame < at + 500; frame += 1) {
      const rise = Math.min(1, Math.max(0, (frame - at + 1) / ramp));
      expect(play.heard(frame)).toBeCloseTo(old(frame) * (1 - rise) + fresh(frame) * rise, 5);
    }
  });

  test('makes no step larger than those of the sound itself and of the ramps', () => {
    const slow = (frame: number): number => 0.5 * Math.sin(frame * 0.03137);
    const play = twoLoops(slow);
    for (let swap = 0; swap < 6; swap += 1) {
      const frame = 3 * bar + 41_000 + swap * 500;
      play.at(frame, startOf(1 + ((swap + 1) % 2), 4, frame + 7));
    }
    play.until(3 * bar + 45_000);
    expect(largestStep(play, 3 * bar + 40_000, 3 * bar + 45_000)).toBeLessThan(0.5 * 0.03137 + (2 * 0.5) / ramp);
  });

  test('may be the same loop on another grid', () => {
    const play = twoLoops((frame) => (frame + 1) / 2 ** 23);
    const later = { ...grid, origin: 24_000 };
    play.send({ type: 'start', track: 1, loopId: 1, grid: later, atBeat: 16 });
    play.until(4 * bar + 30_000);
    expect(play.heard(4 * bar + 23_999)).toBe((bar + 24_000) / 2 ** 23);
    expect(play.heard(4 * bar + 24_000 + ramp)).toBe((bar + ramp + 1) / 2 ** 23);
  });

  test('comes in phase where its moment has long passed', () => {
    const play = twoLoops((frame) => (frame + 1) / 2 ** 23);
    const ages = { ...grid, origin: -1e12 };
    play.send({ type: 'start', track: 1, loopId: 2, grid: ages, atBeat: 1 });
    const from = play.engine.frame;
    play.until(from + 1000);
    const position = (1e12 + from + 500 - 24_000) % bar;
    expect(play.heard(from + 500)).toBe((2 * bar + position + 1) / 2 ** 23);
    expect(play.facts().at(-1)).toEqual({ type: 'loopStarted', frame: from, track: 1, loopId: 2 });
  });

  test('is a capture as well', () => {
    const play = looper({ input: even });
    play.at(2 * bar + 100, captureOf(1, 2));
    play.at(3 * bar + 100, captureOf(2, 3));
    play.until(3 * bar + 20_000);
    expect(largestStep(play, 3 * bar, 3 * bar + 20_000)).toBeLessThan(1e-6);
    expect(play.facts().flatMap((fact) => ('loopId' in fact && fact.loopId === 2 ? [fact.type] : []))).toEqual([
      'captureStarted',
      'loopStarted',
      'captureCommitted',
    ]);
  });
});

describe('what is to come', () => {
  const loopOf = (play: ReturnType<typeof looper>, frame: number): number =>
    Math.floor((play.heard(frame) * 2 ** 23) / bar);
  const coded = (frame: number): number => (frame + 1) / 2 ** 23;

  test('is replaced by another start, until which the old one sounds', () => {
    const play = twoLoops(coded);
    play.send(startOf(2, 4));
    play.at(4 * bar - 10, startOf(2, 5));
    play.until(5 * bar + 1000);
    expect(largestStep(play, 4 * bar, 4 * bar + 500)).toBeLessThan(2 ** -22);
    expect(loopOf(play, 5 * bar - 2000)).toBe(1);
    expect(loopOf(play, 5 * bar + 500)).toBe(2);
    expect(
      play
        .facts()
        .filter(({ type }) => type === 'loopStarted')
        .map(({ frame }) => frame),
    ).toEqual([2 * bar + 100, 5 * bar]);
  });

  test('is replaced by an earlier start', () => {
    const play = twoLoops(coded);
    play.send(startOf(2, 5), startOf(2, 4));
    play.until(4 * bar + 1000);
    expect(loopOf(play, 4 * bar + 500)).toBe(2);
  });

  test('is taken back: what was to go goes all the same', () => {
    const play = twoLoops(even);
    play.send(startOf(2, 4));
    play.send({ type: 'takeBack', track: 1, loopId: 2 });
    play.send({ type: 'takeBack', track: 1, loopId: 2 });
    const now = play.engine.frame;
    play.until(5 * bar);
    expect(play.heard(4 * bar - 1)).toBe(0.25);
    expect(play.heard(4 * bar)).toBeCloseTo(0.25 * (1 - 1 / ramp), 6);
    for (let frame = 4 * bar + ramp; frame < 5 * bar; frame += 1)
      if (play.heard(frame) !== 0) throw new Error(`${frame}`);
    expect(play.facts().slice(-2)).toEqual([
      { type: 'startTakenBack', frame: now, track: 1, loopId: 2 },
      { type: 'tooLate', frame: now, track: 1, loopId: 2 },
    ]);
  });

  test('is taken back, and another start lets the old one go with it', () => {
    const play = twoLoops(even);
    play.send(startOf(2, 5));
    play.send({ type: 'takeBack', track: 1, loopId: 2 });
    play.send(startOf(2, 4, 3 * bar + 50_000));
    play.until(3 * bar + 60_000);
    expect(largestStep(play, 3 * bar + 41_000, 3 * bar + 60_000)).toBeLessThan(1e-6);
  });

  test('is a capture that is dropped, whose loop stays', () => {
    const play = looper({ input: coded });
    play.at(3 * bar - 500, captureOf(1, 3));
    play.send({ type: 'takeBack', track: 1, loopId: 1 });
    play.at(3 * bar + 500, startOf(1, 4));
    play.until(4 * bar + 1000);
    expect(play.heard(4 * bar + 500)).toBe(coded(2 * bar + 500));
    expect(play.facts().map(({ type, frame }) => [type, frame])).toEqual([
      ['captureStarted', 3 * bar - 500],
      ['captureDropped', 3 * bar - 500],
      ['captureCommitted', expect.any(Number)],
      ['loopStarted', 4 * bar],
    ]);
  });

  test('is no concern of a stop of what goes', () => {
    const play = twoLoops(coded);
    play.send(startOf(2, 4));
    play.send({ type: 'stop', track: 1, loopId: 1, atBeat: 14 });
    play.until(4 * bar + 1000);
    expect(loopOf(play, 4 * bar - 2000)).toBe(1);
    expect(loopOf(play, 4 * bar + 500)).toBe(2);
  });

  test('is stopped at a line of its own grid', () => {
    const play = twoLoops(even);
    const later = { ...grid, origin: 1000 };
    play.send({ type: 'start', track: 1, loopId: 2, grid: later, atBeat: 16 });
    play.send({ type: 'stop', track: 1, loopId: 2, atBeat: 18 });
    play.until(5 * bar);
    const line = 4 * bar + 49_000;
    expect([play.heard(line - ramp - 1), play.heard(line - 1), play.heard(line)]).toEqual([0.25, 0, 0]);
    expect(play.facts().at(-1)).toEqual({ type: 'loopStopped', frame: line, track: 1, loopId: 2 });
  });
});

describe('a track that is cleared', () => {
  test('at a frame falls from it on, and nothing is said of it any more', () => {
    const play = twoLoops(even);
    play.send({ type: 'clear', track: 1, atFrame: 4 * bar });
    play.send({ type: 'takeBack', track: 1, loopId: 1 });
    const said = play.facts().length;
    play.until(4 * bar + 1000);
    expect(play.heard(4 * bar - 1)).toBe(0.25);
    for (let frame = 0; frame < 500; frame += 1) {
      expect(play.heard(4 * bar + frame)).toBeCloseTo(0.25 * Math.max(0, 1 - (frame + 1) / ramp), 6);
    }
    expect(play.facts()).toHaveLength(said);
  });

  test('now is silent after a ramp, whatever was to come', () => {
    const play = twoLoops(even);
    play.send(startOf(2, 4));
    play.send({ type: 'clear', track: 1 });
    const now = play.engine.frame;
    play.until(5 * bar);
    expect(largestStep(play, now - 10, now + 500)).toBeLessThan(0.25 / ramp + 1e-6);
    for (let frame = now + ramp; frame < 5 * bar; frame += 1) if (play.heard(frame) !== 0) throw new Error(`${frame}`);
  });

  test('at a frame plays what comes before it, up to it', () => {
    const play = twoLoops((frame) => (frame + 1) / 2 ** 23);
    play.send(startOf(2, 4));
    play.send({ type: 'clear', track: 1, atFrame: 4 * bar + 5000 });
    play.until(4 * bar + 6000);
    expect(play.heard(4 * bar + 4999)).toBe((2 * bar + 5000) / 2 ** 23);
    expect(play.heard(4 * bar + 5000 + ramp)).toBe(0);
    expect(play.facts().at(-1)?.type).toBe('captureCommitted');
  });

  test('at a frame sounds up to it, whatever is captured meanwhile', () => {
    const play = twoLoops(even);
    play.send({ type: 'clear', track: 1, atFrame: 4 * bar });
    const now = play.engine.frame;
    play.send(captureOf(3, 4));
    play.until(4 * bar + 1000);
    expect(largestStep(play, now, 4 * bar - 1200)).toBe(0);
    expect(play.heard(4 * bar - 1)).toBe(0.25);
    expect(largestStep(play, 4 * bar - 1, 4 * bar + 1000)).toBeLessThan(1e-6);
    expect(play.facts().at(-1)).toEqual({ type: 'loopStarted', frame: 4 * bar, track: 1, loopId: 3 });
    play.send({ type: 'clear', track: 1 });
    play.until(4 * bar + 1000 + ramp + 1);
    expect(play.heard(4 * bar + 1000 + ramp)).toBe(0);
  });
});

test('a loop that was to go at a frame and is had back before it goes on as it was, once', () => {
  const play = twoLoops(even);
  const now = play.engine.frame;
  play.send({ type: 'clear', track: 1, atFrame: 4 * bar });
  for (let turn = 1; turn < 6; turn += 1) {
    play.at(now + turn * 6000, startOf(1, 3));
    play.at(now + turn * 6000 + 3000, { type: 'clear', track: 1, atFrame: 4 * bar });
  }
  play.at(now + 40_000, startOf(1, 3));
  play.until(4 * bar + 1000);
  // Up to the seam, which is louder where the loop is even, and after it.
  expect(largestStep(play, now, 4 * bar - 1201)).toBeLessThan(1e-6);
  expect(largestStep(play, 4 * bar, 4 * bar + 1000)).toBeLessThan(1e-6);
});

test('whoever changes his mind again and again within a ramp hears no more than the last of it', () => {
  const play = twoLoops(even);
  for (let turn = 0; turn < 40; turn += 1) play.at(3 * bar + 41_000 + turn * 3, startOf(1 + (turn % 2), 3));
  play.until(3 * bar + 42_000);
  expect(largestStep(play, 3 * bar + 41_000, 3 * bar + 42_000)).toBeLessThan(0.25);
  for (let frame = 3 * bar + 41_300; frame < 3 * bar + 42_000; frame += 1) expect(play.heard(frame)).toBe(0.25);
});
