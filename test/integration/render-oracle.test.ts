import fc from 'fast-check';
import { firstDifference } from './heard.ts';
import { lampMistakes } from './lamp-rules.ts';
import { barBeat, beatFrame, foretell, type Outcome, type Scene } from './oracle.ts';
import { coded, type Line, ofType, type Played, renderer } from './show.ts';

const tracks = 4;

const render = renderer();

const messagesOf = ({ stomps }: Scene) =>
  stomps.map(({ frame, track }) => ({ frame, bytes: [0x90, track === 0 ? 44 : 35 + track, 99] }));

const play = (scene: Scene, block: number): Promise<Played> => {
  const { rate, frames, bpm, beatsPerBar, bars, latency } = scene;
  return render({
    ...{ rate, frames, messages: messagesOf(scene) },
    config: { session: { bpm, beatsPerBar, bars, tracks } },
    options: ['--block', String(block), '--latency', String(latency)],
  });
};

/** Steps and beats without what else the lines hold; steps of one track after the other. */
const told = (lines: readonly Line[]): Pick<Outcome, 'steps' | 'beats'> => ({
  steps: ofType(lines, 'track')
    .map(({ type: _, ...step }) => step)
    .sort((a, b) => a.track - b.track),
  beats: ofType(lines, 'beat').map(({ frame, bar, beat }) => ({ frame, bar, beat })),
});

/** To the bit where that is promised; elsewhere no louder than all that may blend there. */
const soundMistake = ({ sound }: Played, { samples, loose }: Outcome): string | undefined =>
  firstDifference(sound, 0, sound.frames, (frame, side) => {
    const is = sound.samples[frame * 2 + side] ?? Number.NaN;
    return loose[frame] === 0 ? Math.fround(samples[frame * 2 + side] ?? 0) : Math.abs(is) < 0.9 ? is : 0;
  });

const expectForetold = async (scene: Scene, block: number): Promise<void> => {
  const played = await play(scene, block);
  const outcome = foretell(scene, tracks, coded);
  expect(told(played.lines)).toEqual({ steps: outcome.steps, beats: outcome.beats });
  expect(soundMistake(played, outcome)).toBeUndefined();
  expect(played.lines.map(({ frame }) => frame)).toEqual(played.lines.map(({ frame }) => frame).sort((a, b) => a - b));
  expect(lampMistakes(played.lines, tracks)).toEqual([]);
};

/** Stomps are kept out of the 10 ms before a bar line, where a stop has no room for its ramp; two never share a frame. */
const clearOfLines = (scene: Scene): Scene => {
  const ramp = Math.ceil(scene.rate * 0.01);
  const stomps = scene.stomps.map(({ frame, track }) => {
    const line = beatFrame(scene, barBeat(scene, frame) + scene.beatsPerBar);
    return { frame: frame >= line - ramp ? line - ramp - 1 : frame, track };
  });
  const sorted = stomps.sort((a, b) => a.frame - b.frame);
  return { ...scene, stomps: sorted.filter(({ frame }, index) => frame !== sorted[index - 1]?.frame) };
};

const scenes: fc.Arbitrary<Scene> = fc
  .record({
    rate: fc.constantFrom(44_100, 48_000, 96_000),
    bpm: fc.integer({ min: 1500, max: 4000 }).map((tenths) => tenths / 10),
    beatsPerBar: fc.integer({ min: 1, max: 5 }),
    bars: fc.integer({ min: 1, max: 3 }),
    latency: fc.integer({ min: 0, max: 2000 }),
    seconds: fc.integer({ min: 3, max: 6 }),
    stomps: fc.array(
      fc.record({
        share: fc.double({ min: 0, max: 0.999, noNaN: true }),
        track: fc.constantFrom(0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4),
      }),
      { minLength: 4, maxLength: 30 },
    ),
  })
  .map(({ seconds, stomps, ...scene }) => {
    const frames = seconds * scene.rate;
    const at = stomps.map(({ share, track }) => ({ frame: Math.floor(share * frames), track }));
    return clearOfLines({ ...scene, frames, stomps: at });
  });

test('any show gives what the issue says, to the frame and to the bit', async () => {
  await fc.assert(
    fc.asyncProperty(scenes, fc.integer({ min: 1, max: 4096 }), (scene, block) => expectForetold(scene, block)),
    { numRuns: 30, seed: 20, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
}, 120_000);

test.each([
  { bpm: 133.7, beatsPerBar: 1, rate: 44_100, seconds: 40 },
  { bpm: 399.9, beatsPerBar: 1, rate: 48_000, seconds: 40 },
  { bpm: 97.31, beatsPerBar: 3, rate: 96_000, seconds: 20 },
])(
  'at $bpm BPM every pass of a loop starts on the frame of its own beat',
  async ({ seconds, ...grid }) => {
    const frames = seconds * grid.rate;
    const scene: Scene = { ...grid, bars: 1, latency: 17, frames, stomps: [] };
    const stomps = [{ frame: beatFrame(scene, grid.beatsPerBar) + 10, track: 1 }];
    await expectForetold({ ...scene, stomps }, 256);
  },
  30_000,
);
