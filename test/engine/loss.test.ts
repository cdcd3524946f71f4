import { BlockTimes } from '../../src/engine/block-times.ts';
import { Deck } from '../../src/engine/deck.ts';
import type { Mishap } from '../../src/engine/devices/device.ts';
import { Engine } from '../../src/engine/engine.ts';
import { SharedFigures } from '../../src/engine/figures.ts';
import { SharedClock } from '../../src/engine/frame-clock.ts';
import type { EngineOptions } from '../../src/engine/protocol.ts';
import { piecesFor } from './looper.ts';
import { outlookOf } from './outlook.ts';

const rate = 48_000;
const block = 256;
const ms = 1000 / rate;
const grid = { rate, bpm: 120, beatsPerBar: 4, origin: 0 };
const bar = 96_000;
const ramp = 144;

const input = (frame: number): number => (frame + 1) / 2 ** 24;

/** An engine on a deck whose device is played by hand. */
const rig = () => {
  const channels: Pick<EngineOptions, 'inputs' | 'outputs'> = {
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
  };
  const engine = new Engine({
    grid,
    tapeFrames: rate * 30,
    loopFrames: rate * 30,
    tracks: 2,
    click: { volume: 0, muted: false },
    ...channels,
  });
  const clock = new SharedClock(new SharedArrayBuffer(SharedClock.bytes));
  const figures = new SharedFigures(new SharedArrayBuffer(SharedFigures.bytes));
  const deck = new Deck({
    engine,
    times: new BlockTimes(rate),
    clock,
    figures,
    blockFrames: block,
    ...outlookOf(channels).parts,
  });
  const heard = new Map<number, number>();
  const [from, to] = [new Float32Array(block * 2), new Float32Array(block * 2)];
  let now = 0;
  const turn = (mishap: Mishap = 'none', lostMs = 0): void => {
    now += block * ms + lostMs;
    const first = engine.frame + Math.round(lostMs / ms);
    for (let index = 0; index < block * 2; index += 1) from[index] = input(first + (index >> 1));
    deck.take(from, to, block, now, mishap);
    for (let frame = 0; frame < block; frame += 1) heard.set(engine.frame - block + frame, to[frame * 2] ?? 0);
  };
  const until = (frame: number): void => {
    while (engine.frame < frame) turn();
  };
  const capture = (): void => {
    until(bar + block);
    engine.apply(
      { type: 'capture', track: 1, loopId: 1, grid, startBeat: 0, endBeat: 4, latencyFrames: 0 },
      piecesFor(97_200),
    );
    until(2 * bar);
    engine.drainFacts();
  };
  /** What the loop of the first bar says at a frame, outside of seam and ramps. */
  const loopAt = (frame: number): number => Math.fround(input(frame % bar));
  return {
    engine,
    deck,
    clock,
    figures,
    heard,
    turn,
    until,
    capture,
    loopAt,
    time: () => now,
    wait: (more: number) => {
      now += more;
    },
  };
};

describe('frames that the driver lost', () => {
  test('are silence on the tape, of their length, and what came after them is where it belongs', () => {
    const { engine, turn, until } = rig();
    until(10 * block);
    turn('xrun', 50);
    until(30 * block);
    const at = (frame: number): number | undefined => engine.tape.samples[engine.tape.indexOf(frame) * 2];
    const first = 10 * block;
    expect([at(first - 1), at(first), at(first + 2399)]).toEqual([Math.fround(input(first - 1)), 0, 0]);
    expect(at(first + 2400)).toBe(Math.fround(input(first + 2400)));
    expect(engine.drainFacts().filter(({ type }) => type === 'gap')).toEqual([
      { type: 'gap', frame: first, frames: 2400 },
    ]);
  });

  test('take the loops along: they sound where they would have been, after a ramp without a click', () => {
    const { engine, capture, turn, until, heard, loopAt } = rig();
    capture();
    until(2 * bar + 20 * block);
    turn('xrun', 50);
    const back = engine.frame - block;
    until(2 * bar + 60 * block);
    expect(heard.has(back - 1)).toBe(false);
    expect(Math.abs(heard.get(back) ?? 1)).toBeLessThan(loopAt(back) / 100);
    for (let frame = back + ramp; frame < back + 4000; frame += 1) expect(heard.get(frame)).toBe(loopAt(frame));
  });

  test('are counted, and the longest stall is kept', () => {
    const { turn, until, figures } = rig();
    until(10 * block);
    turn('xrun', 50);
    turn('xrun', 20);
    expect(figures.read()).toMatchObject({ xruns: 2, framesLost: 2400 + 960 });
    expect(figures.read().longestStallMs).toBeCloseTo(50 + block * ms, 1);
  });

  test('of no length are counted as an xrun all the same', () => {
    const { turn, until, figures } = rig();
    until(10 * block);
    turn('xrun', 0);
    expect(figures.read()).toMatchObject({ xruns: 1, framesLost: 0 });
  });

  test('leave the beats of the grid alone', () => {
    const { engine, turn, until } = rig();
    until(20_000);
    turn('xrun', 1000);
    until(150_000);
    const beats = engine.drainFacts().filter(({ type }) => type === 'beat');
    expect(beats.map(({ frame }) => frame)).toEqual([0, 24_000, 48_000, 72_000, 96_000, 120_000, 144_000]);
  });
});

test('a block that came too late is told, twice a second at most, and loses nothing', () => {
  const { engine, turn, until, figures } = rig();
  until(10 * block);
  for (let times = 0; times < 5; times += 1) turn('late');
  until(200 * block);
  turn('late');
  expect(figures.read()).toMatchObject({ lateBlocks: 6, xruns: 0, framesLost: 0 });
  expect(engine.drainFacts().filter(({ type }) => type === 'late')).toHaveLength(2);
});

describe('an interface that goes', () => {
  test('leaves the grid, the loops and the clock going, and comes back in phase with a ramp', () => {
    const { engine, deck, capture, until, turn, heard, loopAt, wait, time, clock } = rig();
    capture();
    until(2 * bar + 20 * block);
    const lost = engine.frame;
    wait(200);
    deck.leave();
    deck.pass(time());
    wait(3000);
    deck.pass(time());
    expect(Math.abs(clock.frameAt(time()) - (lost + 3200 * (rate / 1000)))).toBeLessThanOrEqual(2 * block);
    wait(500);
    deck.begin();
    turn();
    const back = engine.frame - block;
    until(back + 5000);
    expect(back).toBe(lost + 3700 * (rate / 1000));
    expect(Math.abs(heard.get(back) ?? 1)).toBeLessThan(loopAt(back) / 100);
    for (let frame = back + ramp; frame < back + 4000; frame += 1) expect(heard.get(frame)).toBe(loopAt(frame));
    const facts = engine.drainFacts().filter(({ type }) => type.startsWith('interface'));
    expect(facts).toEqual([
      { type: 'interfaceLost', frame: lost },
      { type: 'interfaceBack', frame: back },
    ]);
  });

  test('is counted once, and time passes a block behind, so that what comes back is never too early', () => {
    const { deck, engine, figures, until, wait, time } = rig();
    until(10 * block);
    deck.leave();
    deck.leave();
    const before = engine.frame;
    wait(block * ms * 1.5);
    deck.pass(time());
    expect(engine.frame).toBe(before);
    wait(block * ms);
    deck.pass(time());
    expect(engine.frame).toBe(before + block);
    expect(figures.read().interfaceLosses).toBe(1);
  });

  test('stops and starts at the bar lines that pass meanwhile', () => {
    const { engine, deck, capture, until, wait, time } = rig();
    capture();
    until(2 * bar + 20 * block);
    deck.leave();
    engine.apply({ type: 'stop', track: 1, loopId: 1, atBeat: 12 });
    wait(3000);
    deck.pass(time());
    expect(engine.drainFacts()).toContainEqual({ type: 'loopStopped', frame: 3 * bar, track: 1, loopId: 1 });
  });

  test('leaves no block behind that could be too slow', () => {
    const { deck, figures, turn, until } = rig();
    until(20 * block);
    expect(figures.read().worstBlockLatelyMs).toBeGreaterThan(0);
    deck.leave();
    expect(figures.read().worstBlockLatelyMs).toBe(0);
    deck.begin();
    turn();
    expect(figures.read().worstBlockLatelyMs).toBeGreaterThan(0);
  });

  test('that was never there is no loss', () => {
    const { deck, engine, figures, wait, time } = rig();
    deck.leave();
    deck.pass(time());
    wait(1000);
    deck.pass(time());
    expect(engine.frame).toBeGreaterThan(40_000);
    expect(figures.read().interfaceLosses).toBe(0);
  });
});
