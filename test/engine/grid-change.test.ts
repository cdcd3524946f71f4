import fc from 'fast-check';
import { frameOfBeat } from '../../src/core/time/grid.ts';
import { bar, grid, looper } from './looper.ts';

const other = (origin: number, bpm = 60) => ({ ...grid, bpm, beatsPerBar: 3, origin });

describe('a grid that is set for a frame', () => {
  test('holds from it on: beats before it are the old ones, and a new one on it sounds', () => {
    const play = looper({ click: { volume: 1, muted: false } });
    play.at(10_000, { type: 'setGrid', grid: other(bar), at: { frame: bar, id: 7 } });
    play.until(2 * bar + 1);
    expect(play.beats()).toEqual([
      [0, 0, 0],
      [0, 1, 24_000],
      [0, 2, 48_000],
      [0, 3, 72_000],
      [0, 0, bar],
      [0, 1, bar + 48_000],
      [0, 2, 2 * bar],
    ]);
    expect(play.facts().filter(({ type }) => type === 'gridSet')).toEqual([{ type: 'gridSet', frame: bar, id: 7 }]);
    expect(play.heard(bar - 1)).toBe(0);
    expect(play.heard(bar + 10)).not.toBe(0);
  });

  test.each([1, 100, 4096])('has a click of its own from its first beat on, whatever the blocks: %i', (block) => {
    const play = looper({ click: { volume: 1, muted: false }, block });
    const muted = { frame: bar, id: 7, click: { volume: 1, muted: true } };
    play.at(10_000, { type: 'setGrid', grid: other(bar), at: muted });
    play.until(bar + 1000);
    expect(play.heard(72_010)).not.toBe(0);
    expect(play.heard(bar + 10)).toBe(0);
  });

  test('is said before its first beat', () => {
    const play = looper();
    const said: string[] = [];
    play.audio.onFact(({ type }) => said.push(type));
    play.at(10_000, { type: 'setGrid', grid: other(bar), at: { frame: bar, id: 7 } });
    play.until(bar + 1);
    expect(said.slice(-2)).toEqual(['gridSet', 'beat']);
  });

  test('holds at once where the frame has passed, and its beat that was missed is made up for', () => {
    const play = looper();
    play.until(50_000);
    play.send({ type: 'setGrid', grid: other(49_990), at: { frame: 49_990, id: 8 } });
    play.until(2 * bar);
    expect(play.facts()).toEqual([{ type: 'gridSet', frame: 50_000, id: 8 }]);
    const after = play.beats().filter(([, , frame]) => (frame ?? 0) > 48_000);
    // The old grid has said a beat just before: none is said twice.
    expect(after.slice(0, 2)).toEqual([
      [0, 1, 97_990],
      [0, 2, 145_990],
    ]);
  });

  test.each([undefined, { frame: 90_000, id: 2 }])('gives way to the next one that is set (%p)', (at) => {
    const play = looper();
    play.send({ type: 'setGrid', grid: other(80_000), at: { frame: 80_000, id: 1 } });
    play.send({ type: 'setGrid', grid: { ...grid, bpm: 240 }, ...(at !== undefined && { at }) });
    play.until(bar + 1);
    const said = play.facts().filter(({ type }) => type === 'gridSet');
    expect(said).toEqual(at === undefined ? [] : [{ type: 'gridSet', ...at }]);
    expect(play.beats().at(-1)).toEqual([2, 0, bar]);
  });

  test('brings all beats of the new grid from its frame on, whatever the block size', () => {
    const cases = fc.record({
      bpm: fc.double({ min: 40, max: 300, noNaN: true }),
      origin: fc.integer({ min: -50_000, max: 100_000 }),
      frame: fc.integer({ min: 0, max: 60_000 }),
      block: fc.integer({ min: 1, max: 4096 }),
    });
    fc.assert(
      fc.property(cases, ({ bpm, origin, frame, block }) => {
        const play = looper({ block });
        const next = { ...grid, bpm, origin };
        play.send({ type: 'setGrid', grid: next, at: { frame, id: 1 } });
        play.until(120_000);
        const frames = play.beats().map(([, , at]) => at ?? 0);
        const expected: number[] = [];
        for (let beat = 0; frameOfBeat(grid, beat) < frame; beat += 1) expected.push(frameOfBeat(grid, beat));
        for (let beat = -10_000; frameOfBeat(next, beat) < 120_000; beat += 1) {
          if (frameOfBeat(next, beat) >= frame) expected.push(frameOfBeat(next, beat));
        }
        expect(frames).toEqual(expected);
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});
