import { loopFrames, loopMemoryFrames, pieceFrames } from '../../src/core/sound/span.ts';
import { Arena } from '../../src/engine/arena.ts';
import { Engine } from '../../src/engine/engine.ts';
import { play } from './rig.ts';

const grid = { rate: 48000, bpm: 120, beatsPerBar: 4, origin: 0 };

describe('the arena', () => {
  test('gives each piece to one loop only, and all of them again', () => {
    const arena = new Arena(pieceFrames * 10);
    for (let round = 0; round < 5; round += 1) {
      const [three, seven] = [arena.take(pieceFrames * 3 - 1), arena.take(pieceFrames * 7)];
      expect(new Set([...(three ?? []), ...(seven ?? [])]).size).toBe(10);
      expect(arena.take(1)).toBeUndefined();
      for (const pieces of [seven, three]) if (pieces !== undefined) arena.giveBack(pieces);
    }
  });

  test('refuses what is larger than what is left, and is not smaller for it', () => {
    const arena = new Arena(pieceFrames * 2);
    expect(arena.take(pieceFrames * 2 + 1)).toBeUndefined();
    expect(arena.take(pieceFrames * 2)).toHaveLength(2);
  });
});

test('loops that are thrown away, dropped, failed or faded give their memory back: hundreds fit one after the other', () => {
  const capture = { type: 'capture', track: 1, grid, startBeat: 0, endBeat: 4, latencyFrames: 0 } as const;
  const engine = new Engine({
    grid,
    tapeFrames: 48000 * 8,
    loopFrames: loopMemoryFrames(capture),
    tracks: 2,
    click: { volume: 0, muted: true },
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  });
  const [input, output] = [new Float32Array(2 * 4096).fill(0.5), new Float32Array(2 * 4096)];
  const go = (blocks: number): void => {
    for (let block = 0; block < blocks; block += 1) engine.process(input, output, 4096);
  };
  go(30);
  for (let loopId = 1; loopId <= 300; loopId += 1) {
    const gone = loopId % 5 === 0;
    engine.apply({ ...capture, loopId, ...(gone && { startBeat: -400, endBeat: -396 }) });
    if (loopId % 2 === 0) engine.apply({ type: 'takeBack', track: 1, loopId });
    go(loopId % 3);
    engine.apply({ type: 'clear', track: 1 });
    go(1);
    const facts = engine.drainFacts().filter((fact) => 'loopId' in fact && fact.loopId === loopId);
    expect([loopId, facts[0]?.type]).toEqual([loopId, gone ? 'captureFailed' : 'captureStarted']);
    if (engine.frame > 48000 * 7) break;
  }
  expect(engine.frame).toBeGreaterThan(48000 * 7);
});

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
    { budgetFrames: loopMemoryFrames({ grid, startBeat: 0, endBeat: 12 }) },
  );
  expect(session.state.tracks.map(({ state }) => state).filter((state) => state !== 'EMPTY')).toEqual(['PLAYING']);
  for (let frame = 3 * bar + 2000; frame < 5 * bar; frame += 1) {
    if (output[frame * 2] !== coded(frame - 3 * bar)) throw new Error(`frame ${frame}`);
  }
});

test('a loop takes whole pieces of memory', () => {
  const span = { grid, startBeat: 0, endBeat: 4 };
  expect(loopFrames(span)).toBe(96000 + 1200);
  expect(loopMemoryFrames(span)).toBe(24 * pieceFrames);
});
