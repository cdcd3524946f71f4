import fc from 'fast-check';
import { frameOfBeat } from '../../src/core/time/grid.ts';
import { arenaSamples } from '../../src/engine/arena.ts';
import { FactQueue } from '../../src/engine/fact-queue.ts';
import { Loops } from '../../src/engine/loops.ts';
import { bar, captureOf, cutOf, grid, lead, looper, piecesFor, ramp, startOf } from './looper.ts';

/** Each sample says which one it is. */
const coded = (frame: number): number => (frame + 1) / 2 ** 23;
const loopFrames = bar + lead;
const holdOf = (loopId: number, frames: number, leadFrames: number, beats = 4) =>
  ({ type: 'hold', track: 1, loopId, beats, frames, leadFrames }) as const;

/** Fills a loop that is held: `sound(frame)`, from its lead-in on. */
const fill = ({ audio }: ReturnType<typeof looper>, loopId: number, sound: (frame: number) => number): void => {
  const lent = audio.lend(loopId);
  if (lent === undefined) throw new Error(`nothing is lent of loop ${loopId}`);
  const { samples, pieces, frames } = lent.sound;
  for (let frame = 0; frame < frames; frame += 1) {
    const at = ((pieces[frame >> 12] ?? 0) * 4096 + (frame & 4095)) * 2;
    samples.fill(sound(frame), at, at + 2);
  }
  lent.giveBack();
};

describe('a loop that is cut', () => {
  test('is copied though nobody plays it, and says no more than that', () => {
    const play = looper({ input: coded });
    play.at(bar + 100, { type: 'cut', ...cutOf(5, 1, 2) });
    play.until(2 * bar);
    expect(play.facts()).toEqual([{ type: 'captureCommitted', frame: expect.any(Number), track: 2, loopId: 5 }]);
    const lent = play.audio.lend(5);
    expect(lent?.sound.frames).toBe(loopFrames);
    const at = (place: number) =>
      lent?.sound.samples[((lent.sound.pieces[place >> 12] ?? 0) * 4096 + (place & 4095)) * 2];
    for (const place of [lead, lead + 4096, loopFrames - 1]) expect(at(place)).toBe(coded(place - lead));
  });

  test('is copied on when its track was cleared', () => {
    const play = looper({ input: coded });
    play.at(bar + 256, captureOf(1, 1), { type: 'clear', track: 1 });
    play.until(2 * bar);
    expect(play.facts().map(({ type }) => type)).toEqual(['captureStarted', 'captureCommitted']);
    play.send(startOf(1, 2));
    play.until(2 * bar + 1000);
    expect(play.heard(2 * bar + 500)).toBe(coded(500));
  });

  test('is played by any track, and by more than one', () => {
    const play = looper({ input: coded });
    play.at(bar + 100, { type: 'cut', ...cutOf(5, 1) });
    play.send(startOf(5, 2, undefined, 1));
    play.send(startOf(5, 2, undefined, 2));
    play.until(2 * bar + 1000);
    expect(play.heard(2 * bar + 500)).toBe(2 * coded(500));
  });

  test('of what the tape has lost fails at once, and its memory is free', () => {
    const play = looper({ tapeFrames: 2 * bar });
    play.until(4 * bar);
    play.send({ type: 'cut', ...cutOf(5, 1) });
    expect(play.facts()).toEqual([
      { type: 'captureFailed', frame: 4 * bar, track: 1, loopId: 5 },
      { type: 'loopReleased', frame: 4 * bar, loopId: 5 },
    ]);
  });

  test('that falls off the tape before it is copied fails, silences who was to play it, and is free', () => {
    const play = looper({ tapeFrames: bar, input: () => 0.25 });
    play.until(4 * bar);
    // With the tape's reserve of a second its first frame is the oldest one there.
    const latencyFrames = 49_200;
    play.send({ type: 'cut', ...cutOf(5, 3), latencyFrames }, startOf(5, 4));
    expect(play.facts()).toEqual([]);
    play.until(4 * bar + 1000);
    expect(play.facts()).toEqual([
      { type: 'captureFailed', frame: 4 * bar, track: 1, loopId: 5 },
      { type: 'loopReleased', frame: 4 * bar, loopId: 5 },
    ]);
    expect(play.heard(4 * bar + 500)).toBe(0);
  });
});

describe('a loop that is held', () => {
  test('plays what somebody else has put into its memory, blending its end into the lead-in', () => {
    const play = looper();
    play.send(holdOf(3, loopFrames, lead));
    fill(play, 3, (place) => (place < lead ? 0.5 : 0.25));
    play.send(startOf(3, 1));
    play.until(3 * bar);
    expect(play.facts()).toEqual([{ type: 'loopStarted', frame: bar, track: 1, loopId: 3 }]);
    expect(play.heard(bar + 1000)).toBe(0.25);
    expect(play.heard(2 * bar - lead - 1)).toBe(0.25);
    expect(play.heard(2 * bar - lead / 2 - 1)).toBeCloseTo((0.25 + 0.5) * Math.SQRT1_2, 5);
    expect(play.heard(2 * bar - 1)).toBe(0.5);
    expect(play.heard(2 * bar)).toBe(0.25);
  });

  test.each([1199, 1201, 3])('blends over a lead-in of exactly %p frames', (leadFrames) => {
    const play = looper();
    play.send(holdOf(3, bar + leadFrames, leadFrames));
    fill(play, 3, (place) => (place < leadFrames ? (place + 1) / 4096 : 0.75));
    play.send(startOf(3, 1));
    play.until(2 * bar + 10);
    expect(play.heard(2 * bar - leadFrames - 1)).toBe(0.75);
    expect(play.heard(2 * bar - leadFrames)).not.toBe(0.75);
    expect(play.heard(2 * bar - 1)).toBe(leadFrames / 4096);
  });

  test('has no seam without a lead-in: its last frame is followed by its first', () => {
    const play = looper();
    play.send(holdOf(3, bar, 0));
    fill(play, 3, coded);
    play.send(startOf(3, 1));
    play.until(3 * bar);
    for (let frame = bar + ramp; frame < 3 * bar; frame += 1) {
      if (play.heard(frame) !== coded(frame % bar)) throw new Error(`frame ${frame}`);
    }
  });

  test('in passes that are a frame longer than it repeats its last one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3000, max: 20_000 }),
        fc.constantFrom(0, 1, 25, 400),
        fc.integer({ min: 1, max: 512 }),
        (frames, leadFrames, block) => {
          const play = looper({ block });
          const ours = { ...grid, bpm: (60 * grid.rate) / (frames + 0.5), beatsPerBar: 1 };
          play.send(holdOf(3, frames + leadFrames, leadFrames, 1));
          fill(play, 3, (place) => (place < leadFrames ? 0.125 : coded(place - leadFrames)));
          play.send({ type: 'start', track: 1, loopId: 3, grid: ours, atBeat: 0 });
          play.until(4 * frames);
          const starts = [0, 1, 2, 3].map((beat) => frameOfBeat(ours, beat));
          for (const [pass, start] of starts.slice(0, 3).entries()) {
            const end = starts[pass + 1] ?? 0;
            for (let frame = Math.max(ramp, start); frame < end - leadFrames; frame += 1) {
              if (play.heard(frame) !== coded(Math.min(frame - start, frames - 1))) return false;
            }
          }
          return true;
        },
      ),
      { numRuns: 20, seed: 3 },
    );
  });
});

describe('a loop that is released', () => {
  test('is gone at once where nobody plays it', () => {
    const play = looper({ input: coded });
    play.at(bar + 100, { type: 'cut', ...cutOf(5, 1) });
    play.at(2 * bar, { type: 'release', loopId: 5 });
    expect(play.facts().at(-1)).toEqual({ type: 'loopReleased', frame: 2 * bar, loopId: 5 });
    play.send(startOf(5, 2));
    play.send({ type: 'release', loopId: 5 });
    play.until(2 * bar + 1000);
    expect(play.heard(2 * bar + 500)).toBe(0);
    expect(play.facts()).toHaveLength(2);
  });

  test.each([256, 1000])(
    'sounds until what replaces it has come, and is gone when it has faded, in blocks of %p',
    (block) => {
      const play = looper({ input: coded, block });
      play.at(bar + 100, captureOf(1, 1));
      play.at(2 * bar + 100, { type: 'cut', ...cutOf(2, 2) });
      play.send(startOf(2, 3));
      play.send({ type: 'release', loopId: 1 });
      play.until(3 * bar + ramp);
      expect(play.heard(3 * bar - 2000)).toBe(coded(bar - 2000));
      expect(play.facts().some(({ type }) => type === 'loopReleased')).toBe(false);
      play.until(3 * bar + ramp + 1);
      expect(play.facts().at(-1)).toEqual({ type: 'loopReleased', frame: 3 * bar + ramp, loopId: 1 });
    },
  );

  test('is gone when a start of it that was to come is taken back', () => {
    const play = looper({ input: coded });
    play.at(bar + 100, { type: 'cut', ...cutOf(1, 1) });
    play.send(startOf(1, 3));
    play.send({ type: 'release', loopId: 1 });
    play.until(2 * bar);
    expect(play.facts().some(({ type }) => type === 'loopReleased')).toBe(false);
    play.send({ type: 'takeBack', track: 1, loopId: 1 });
    play.until(2 * bar + 1);
    expect(play.facts().at(-1)).toEqual({ type: 'loopReleased', frame: 2 * bar, loopId: 1 });
  });
});

test('a loop that has gone is told late rather than never, where there is no room for more facts', () => {
  const facts = new FactQueue();
  const loops = new Loops(arenaSamples(4096), grid.rate, facts);
  loops.hold(holdOf(1, 4096, 0), piecesFor(4096), 0);
  while (!facts.isFull) facts.push('clip', 0);
  loops.release(1, 500);
  expect(facts.drain().some(({ type }) => type === 'loopReleased')).toBe(false);
  loops.sweep();
  expect(facts.drain()).toEqual([{ type: 'loopReleased', frame: 500, loopId: 1 }]);
});

test('hundreds of loops fit into the memory of one, each cut when the last has gone', () => {
  const play = looper({ loopFrames: 4096 * 24, tapeFrames: bar * 3, block: 4096, input: () => 0.25 });
  play.until(bar + 100);
  for (let loopId = 1; loopId <= 200; loopId += 1) {
    const gone = loopId % 5 === 0;
    play.send({ ...captureOf(loopId, gone ? -400 : 1) });
    if (loopId % 2 === 0) play.send({ type: 'takeBack', track: 1, loopId });
    play.until(play.engine.frame + (loopId % 3) * 100);
    play.send({ type: 'clear', track: 1 });
    play.send({ type: 'release', loopId });
    play.until(play.engine.frame + 300);
    const facts = play.facts().filter((fact) => 'loopId' in fact && fact.loopId === loopId);
    expect([loopId, facts[0]?.type, facts.at(-1)?.type]).toEqual([
      loopId,
      gone ? 'captureFailed' : 'captureStarted',
      'loopReleased',
    ]);
  }
});

test('without memory a loop fails, and what its track plays goes on', () => {
  const play = looper({ loopFrames: 4096 * 24, input: () => 0.25 });
  play.at(bar + 100, captureOf(1, 1));
  play.at(2 * bar + 100, captureOf(2, 2), holdOf(3, bar, 0));
  play.until(2 * bar + 1000);
  expect(play.heard(2 * bar + 999)).toBe(0.25);
  expect(play.facts().slice(-2)).toEqual([
    { type: 'captureFailed', frame: 2 * bar + 100, track: 1, loopId: 2 },
    { type: 'captureFailed', frame: 2 * bar + 100, track: 1, loopId: 3 },
  ]);
});
