import { LocalEngine } from '../../src/adapters/engine/local-engine.ts';
import { newSession } from '../../src/core/session/state.ts';
import { Session } from '../../src/streams/session.ts';
import { engineFor, settings } from '../engine/rig.ts';

const bar = 96_000;
const block = 480;

/** A looping session, in which between two frames nothing but the sound goes on: no fact is heard, no command acts. */
const stalledBetween = (from: number, to: number) => {
  const state = newSession({ ...settings, tracks: 3 });
  const engine = engineFor(state, 48_000 * 60);
  const audio = new LocalEngine(engine, 48_000);
  const session = new Session(state, audio, audio);
  session.run();
  const output: number[] = [];
  const [input, out] = [new Float32Array(block * 2), new Float32Array(block * 2)];
  const playTo = (end: number): void => {
    while (engine.frame < end) {
      for (let index = 0; index < block * 2; index += 1) input[index] = (engine.frame + (index >> 1)) / 2 ** 21;
      engine.process(input, out, block);
      output.push(...out);
      if (engine.frame <= from || engine.frame > to) audio.deliverFacts();
    }
  };
  return { session, output, playTo };
};

describe('fault 19: 1.x: a stall of 2 s deletes all loops', () => {
  test('loops play on through a stall of 5 s, the same to the sample, and act on the next stomp', () => {
    const played = (
      [
        [7 * bar, 7 * bar],
        [3 * bar, 3 * bar + 240_000],
      ] as const
    ).map(([from, to]) => {
      const { session, output, playTo } = stalledBetween(from, to);
      playTo(2 * bar + 960);
      session.requestRecording(1, 1);
      session.requestRecording(2, 2);
      playTo(3 * bar - 960);
      session.stopPlaying(2);
      playTo(6 * bar);
      const states = session.state.tracks.map(({ state }) => state);
      session.startPlaying(2);
      session.stopPlaying(1);
      playTo(8 * bar);
      return { states, end: session.state.tracks.map(({ state }) => state), output };
    });
    const [steady, stalled] = played;
    expect(stalled?.states).toEqual(['PLAYING', 'STOPPED', 'EMPTY']);
    expect(stalled?.end).toEqual(['STOPPED', 'PLAYING', 'EMPTY']);
    expect(stalled?.output.some((sample) => sample !== 0)).toBe(true);
    expect(stalled?.output.findIndex((sample, index) => sample !== steady?.output[index])).toBe(-1);
  });

  test('what happened in the stall is made up for when the facts come: a stop at a line in it has stopped', () => {
    const { session, playTo } = stalledBetween(3 * bar, 3 * bar + 2 * bar);
    playTo(2 * bar + 960);
    session.requestRecording(1, 1);
    playTo(3 * bar - 960);
    session.stopPlaying(1);
    playTo(4 * bar);
    expect(session.state.tracks[0]?.state).toBe('STOPPING');
    playTo(5 * bar + 960);
    expect(session.state.tracks[0]?.state).toBe('STOPPED');
  });
});
