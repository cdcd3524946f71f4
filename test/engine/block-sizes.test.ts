import { bar, captureOf, cutOf, grid, looper, startOf } from './looper.ts';

const sound = (frame: number, side: number): number => Math.sin(frame * 0.05 + side) * 0.7;

/** Swaps, clears, stops, second thoughts and another grid, at odd frames. */
const show = (block: number) => {
  const play = looper({ block, input: sound, click: { volume: 0.9, muted: false } });
  const later = { ...grid, bpm: 133.7, origin: 2 * bar + 4321 };
  play.at(bar + 101, captureOf(1, 1), captureOf(2, 1, 2));
  play.at(bar + 30_007, { type: 'hold', track: 1, loopId: 3, beats: 3, frames: 72_000, leadFrames: 0 });
  play.send(startOf(3, 1, bar + 30_111));
  play.send({ type: 'clear', track: 2, atFrame: bar + 31_234 });
  play.at(bar + 31_000, startOf(1, 2, bar + 31_050, 2), { type: 'release', loopId: 2 });
  play.at(bar + 31_100, startOf(1, 2), { type: 'takeBack', track: 1, loopId: 1 });
  play.send({ type: 'setGrid', grid: later, at: { frame: 2 * bar + 4321, id: 9 } });
  play.at(2 * bar + 50, { type: 'cut', ...cutOf(4, 2) }, startOf(4, 3, 2 * bar + 77));
  for (let turn = 0; turn < 8; turn += 1) play.at(2 * bar + 20_000 + turn * 11, startOf(turn % 2 ? 1 : 4, 2));
  play.send({ type: 'stop', track: 1, loopId: 1, atBeat: 10 });
  play.at(2 * bar + 47_990, { type: 'takeBack', track: 1, loopId: 1 });
  play.send({ type: 'clear', track: 2 }, { type: 'release', loopId: 3 });
  play.until(2 * bar + 60_000);
  return play;
};

test('sound and facts are the same to the bit for every block size, whatever is swapped, cleared and taken back', () => {
  const reference = show(256);
  // When a loop has been copied is told by the block.
  const told = (play: ReturnType<typeof looper>) => play.facts().filter(({ type }) => type !== 'captureCommitted');
  expect(new Set(told(reference).map(({ type }) => type))).toEqual(
    new Set(['captureStarted', 'loopStarted', 'startTakenBack', 'gridSet', 'loopReleased', 'stopTakenBack', 'clip']),
  );
  for (const block of [1, 7, 63, 1000, 4096]) {
    const other = show(block);
    expect(told(other)).toEqual(told(reference));
    expect(other.beats()).toEqual(reference.beats());
    const different = other.output.findIndex((sample, at) => sample !== reference.output[at]);
    expect([block, different]).toEqual([block, -1]);
  }
});
