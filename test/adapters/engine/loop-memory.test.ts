import { LoopMemory } from '../../../src/adapters/engine/loop-memory.ts';
import type { SoundCommand } from '../../../src/core/sound/command.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import { pieceFrames } from '../../../src/core/sound/span.ts';
import { arenaSamples } from '../../../src/engine/arena.ts';

/** Memory of four pieces; the engine is played by hand, and the session does nothing but what `onTold` says. */
const rig = (onTold: (fact: SoundFact) => void = () => undefined) => {
  const passed: [string, number[] | undefined][] = [];
  const told: SoundFact[] = [];
  const memory = new LoopMemory({
    samples: arenaSamples(4 * pieceFrames),
    pass: (command, pieces) => {
      const name = 'loopId' in command ? `${command.type} ${command.loopId}` : command.type;
      passed.push([name, pieces && [...pieces]]);
    },
    tell: (fact) => {
      told.push(fact);
      onTold(fact);
    },
  });
  const release = (loopId: number): void => memory.send({ type: 'release', loopId });
  const released = (loopId: number): SoundFact => ({ type: 'loopReleased', frame: 1, loopId });
  /** The engine's answer. */
  const fade = (loopId: number): void => memory.hear(released(loopId));
  const names = () => passed.map(([name]) => name);
  return { memory, passed, names, told, release, released, fade };
};

const hold = (loopId: number, pieces: number): SoundCommand => ({
  ...{ type: 'hold', track: 1, loopId, beats: 4, frames: pieces * pieceFrames, leadFrames: 0 },
});
const clear: SoundCommand = { type: 'clear', track: 1 };

test('each loop gets pieces of its own, for as many frames as it has', () => {
  const { memory, passed } = rig();
  const grid = { rate: 48_000, bpm: 800, beatsPerBar: 1, origin: 0 };
  const span = { track: 1, grid, startBeat: 0, endBeat: 1, latencyFrames: 0 };
  // A beat of 3600 frames and a lead-in of 1200.
  memory.send({ type: 'cut', loopId: 1, ...span });
  memory.send({ type: 'hold', track: 1, loopId: 2, beats: 1, frames: pieceFrames + 1, leadFrames: 0 });
  memory.send(clear);
  expect(passed.map(([name, pieces]) => [name, pieces?.length])).toEqual([
    ['cut 1', 2],
    ['hold 2', 2],
    ['clear', undefined],
  ]);
  expect(new Set(passed.flatMap(([, pieces]) => pieces ?? [])).size).toBe(4);
});

test('where no memory is to come a loop goes without', () => {
  const { memory, passed } = rig();
  memory.send(hold(1, 4));
  memory.send(hold(2, 1));
  expect(passed[1]).toEqual(['hold 2', undefined]);
  expect(memory.lend(2)).toBeUndefined();
});

test('where some is to come a loop waits for it, and behind it loops and what is about its track', () => {
  const { memory, names, told, release, released, fade } = rig();
  memory.send(hold(1, 2));
  memory.send(hold(2, 2));
  release(1);
  memory.send(hold(3, 1));
  memory.send(hold(4, 2));
  memory.send(clear);
  release(2);
  const at = ['hold 1', 'hold 2', 'release 1', 'release 2'];
  expect(names()).toEqual(at);
  expect(memory.lend(4)).toBeUndefined();
  fade(1);
  // The fourth needs more than has come.
  expect(names()).toEqual([...at, 'hold 3']);
  fade(2);
  expect(names()).toEqual([...at, 'hold 3', 'hold 4', 'clear']);
  expect(told).toEqual([released(1), released(2)]);
});

test('what is about other tracks and loops does not wait', () => {
  const { memory, names, release, fade } = rig();
  memory.send(hold(1, 4));
  release(1);
  memory.send(hold(2, 1));
  const stop = (track: number, loopId: number): SoundCommand => ({ type: 'stop', track, loopId, atBeat: 4 });
  memory.send(stop(2, 7));
  memory.send(stop(1, 7));
  memory.send(stop(2, 2));
  memory.send({ type: 'setClick', volume: 0, muted: true });
  expect(names()).toEqual(['hold 1', 'release 1', 'stop 7', 'setClick']);
  fade(1);
  expect(names().slice(4)).toEqual(['hold 2', 'stop 7', 'stop 2']);
});

test('a loop that waits for more than one waits for all of them', () => {
  const { memory, passed, release, fade } = rig();
  memory.send(hold(1, 2));
  memory.send(hold(2, 2));
  release(1);
  release(2);
  memory.send(hold(3, 4));
  fade(2);
  expect(passed).toHaveLength(4);
  fade(1);
  expect(passed.at(-1)?.[1]).toHaveLength(4);
});

test('what is lent stays until it is given back, and only then the release is told', () => {
  const { memory, told, passed, release, released, fade } = rig();
  memory.send(hold(1, 4));
  const [first, second] = [memory.lend(1), memory.lend(1)];
  expect(first?.sound).toMatchObject({ frames: 4 * pieceFrames });
  expect([...(first?.sound.pieces ?? [])]).toEqual(passed[0]?.[1]);
  release(1);
  expect(memory.lend(1)).toBeUndefined();
  fade(1);
  memory.send(hold(2, 1));
  first?.giveBack();
  first?.giveBack();
  expect(told).toEqual([]);
  second?.giveBack();
  expect(told).toEqual([released(1)]);
  expect(passed.at(-1)?.[0]).toBe('hold 2');
  expect(passed.at(-1)?.[1]).toHaveLength(1);
});

test('what was given back before the loop has faded is free when it has', () => {
  const { memory, told, release, fade } = rig();
  memory.send(hold(1, 4));
  memory.lend(1)?.giveBack();
  release(1);
  expect(told).toEqual([]);
  fade(1);
  expect(told).toHaveLength(1);
});

test('a loop that failed has memory to come, as one that was released has', () => {
  const { memory, passed, fade } = rig();
  memory.send(hold(1, 4));
  memory.hear({ type: 'captureFailed', frame: 1, track: 1, loopId: 1 });
  expect(memory.lend(1)).toBeUndefined();
  memory.send(hold(2, 4));
  expect(passed).toHaveLength(1);
  fade(1);
  expect(passed.at(-1)?.[1]).toHaveLength(4);
});

test('a command that is sent while a release is told takes effect after those that waited', () => {
  const { memory, names, release, fade } = rig(({ type }) => type === 'loopReleased' && memory.send(clear));
  memory.send(hold(1, 4));
  release(1);
  memory.send(hold(2, 4));
  release(2);
  fade(1);
  expect(names()).toEqual(['hold 1', 'release 1', 'hold 2', 'release 2', 'clear']);
});

test('all other facts are told as they come', () => {
  const { memory, told } = rig();
  const beat: SoundFact = { type: 'beat', frame: 1, bar: 0, beat: 0 };
  memory.hear(beat);
  memory.hear({ type: 'loopReleased', frame: 2, loopId: 99 });
  expect(told).toEqual([beat, { type: 'loopReleased', frame: 2, loopId: 99 }]);
});

test('who asks for a loop that waits for its memory gets it when it is there, or hears that there is none', async () => {
  const { memory, release, fade } = rig();
  memory.send(hold(1, 4));
  release(1);
  memory.send(hold(2, 2));
  memory.send(hold(3, 4));
  const [second, third] = [memory.lendSoon(2), memory.lendSoon(3)];
  expect(memory.lend(2)).toBeUndefined();
  await expect(memory.lendSoon(9)).resolves.toBeUndefined();
  fade(1);
  expect((await second)?.sound.frames).toBe(2 * pieceFrames);
  await expect(third).resolves.toBeUndefined();
});
