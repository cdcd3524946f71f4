import { loopFrames, memoryFrames, pieceFrames } from '../../src/core/sound/span.ts';
import { play } from './rig.ts';

const grid = { rate: 48000, bpm: 120, beatsPerBar: 4, origin: 0 };

test('a loop whose memory is in pieces far apart is the captured input all the same', () => {
  const coded = (frame: number): number => (frame + 1) / 2 ** 23;
  const bar = 96000;
  const at = (frame: number, command: Parameters<typeof play>[2][number]['command']) => ({ frame, command });
  const { output, session } = play(
    5 * bar,
    coded,
    [
      at(bar + 100, { type: 'record', track: 1, bars: 1 }),
      at(bar + 200, { type: 'record', track: 2, bars: 1 }),
      at(bar + 300, { type: 'clear', track: 1 }),
      at(2 * bar + 100, { type: 'record', track: 3, bars: 1 }),
      at(2 * bar + 5000, { type: 'clear', track: 2 }),
      at(3 * bar + 100, { type: 'clear', track: 3 }),
      at(3 * bar + 1000, { type: 'record', track: 4, bars: 3 }),
    ],
    { budgetFrames: memoryFrames(loopFrames({ grid, startBeat: 0, endBeat: 12 })) },
  );
  expect(session.state.tracks.map(({ state }) => state).filter((state) => state !== 'EMPTY')).toEqual(['PLAYING']);
  for (let frame = 3 * bar + 2000; frame < 5 * bar; frame += 1) {
    if (output[frame * 2] !== coded(frame - 3 * bar)) throw new Error(`frame ${frame}`);
  }
});

test('a loop takes whole pieces of memory', () => {
  const span = { grid, startBeat: 0, endBeat: 4 };
  expect(loopFrames(span)).toBe(96000 + 1200);
  expect(memoryFrames(loopFrames(span))).toBe(24 * pieceFrames);
});
