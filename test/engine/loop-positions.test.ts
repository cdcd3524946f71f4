import { play } from './rig.ts';

/** Each sample says which one it is: exact in a 32-bit float, below -1 dBFS. */
const coded = (frame: number, side: number): number => (frame + 1) / 2 ** 24 + (side === 1 ? 0.25 : 0);

test('a late stomp loops the last bar, in phase, at once', () => {
  const bar = 96000;
  const stomp = bar + 30000;
  const { output, events } = play(4 * bar, coded, [{ frame: stomp, command: { type: 'stomp', track: 1 } }]);
  expect(events.filter((event) => event.type === 'track')).toEqual([
    { type: 'track', frame: stomp, track: 1, state: 'TRIGGERED', startFrame: 0, endFrame: bar },
    { type: 'track', frame: stomp, track: 1, state: 'RECORDING', startFrame: 0, endFrame: bar },
    { type: 'track', frame: stomp, track: 1, state: 'PLAYING', startFrame: 0, endFrame: bar },
  ]);
  for (let frame = stomp + 480; frame < 2 * bar - 1200; frame += 1) {
    if (output[frame * 2] !== Math.fround(coded(frame - bar, 0))) throw new Error(`frame ${frame}`);
  }
  for (let frame = 0; frame < stomp; frame += 1) if (output[frame * 2] !== 0) throw new Error(`frame ${frame}`);
});
