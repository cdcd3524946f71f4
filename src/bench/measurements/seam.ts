import { memoryFrames, seamFrames } from '../../core/sound/span.ts';
import { frameOfBeat } from '../../core/time/grid.ts';
import type { Frame } from '../../core/time/units.ts';
import type { Measurement } from '../measurement.ts';
import { deckOf, grid, optionsFor, rate } from '../rigs/loops.ts';

const blockFrames = 256;
const tones = 16;
/** Whole turns of a tone in a beat: 234 Hz. */
const turns = 60;
/** The beats that are cut, and the pass that is looked at: the first one begins with a ramp. */
const [cutBeat, lookBeat] = [2, 5];

/** All that comes out on the left while a loop of one beat of a tone plays, of which some part of a turn is left over at the end of a pass. */
const played = (part: number): readonly number[] => {
  const step = (2 * Math.PI * (turns + part)) / frameOfBeat(grid, 1);
  const click = { volume: 0, muted: true };
  const options = optionsFor({ tracks: 1, loopFrames: memoryFrames(rate), click });
  const { engine, audio, input, output, playBlocks } = deckOf(options, blockFrames);
  const heard: number[] = [];
  const until = (frame: Frame): void => {
    while (engine.frame < frame) {
      for (let at = 0; at < input.length; at += 1) input[at] = 0.5 * Math.sin((engine.frame + (at >> 1)) * step);
      playBlocks(1);
      audio.deliverFacts();
      for (let at = 0; at < output.length; at += 2) heard.push(output[at] ?? 0);
    }
  };
  until(frameOfBeat(grid, cutBeat + 1));
  const cut = { track: 1, loopId: 1, grid, startBeat: cutBeat, endBeat: cutBeat + 1, latencyFrames: 0 };
  audio.send({ type: 'capture', ...cut });
  until(frameOfBeat(grid, lookBeat + 2));
  return heard;
};

const largestStep = (heard: readonly number[], from: Frame, to: Frame): number => {
  let largest = 0;
  for (let frame = from; frame < to; frame += 1)
    largest = Math.max(largest, Math.abs((heard[frame] ?? 0) - (heard[frame - 1] ?? 0)));
  return largest;
};

/** The largest step around a wrap against the largest within the pass. */
const seamStep = (heard: readonly number[]): number => {
  const [begin, wrap, lead] = [frameOfBeat(grid, lookBeat), frameOfBeat(grid, lookBeat + 1), seamFrames(rate)];
  return largestStep(heard, wrap - lead - 100, wrap + 100) / largestStep(heard, begin + lead, wrap - lead);
};

export const seam: Measurement = {
  title: 'the step at a seam',
  how: `${tones} tones that do not fit into their loop, each by another part of a turn; the largest step between neighbouring samples around a wrap, against the largest within the pass. Two unlike phases at equal power are at most 1.414 of one; a cut would be up to 65. Offline`,
  measure: async () => [
    {
      ...{ name: 'step', unit: 'x', means: 'the largest step of a wrap against that of the tone' },
      values: Array.from({ length: tones }, (_, tone) => seamStep(played(tone / tones))),
    },
  ],
};
