import { probeOf } from '../../src/core/sound/probe.ts';
import { Engine } from '../../src/engine/engine.ts';
import { piecesFor } from './looper.ts';

const rate = 48_000;
const block = 256;
/** Of these the probe's end is in the middle of one. */
const oddBlock = 1000;
const grid = { rate, bpm: 120, beatsPerBar: 4, origin: 0 };
const probe = probeOf(rate);
const ramp = 144;

type Heard = (frame: number, played: readonly number[]) => number;

/** An engine that plays a loop of a steady tone and a click; what it hears may depend on what it played. */
const rig = (hears: Heard = () => 0.1, block = 256) => {
  const engine = new Engine({
    grid,
    tapeFrames: rate * 30,
    loopFrames: rate * 30,
    tracks: 1,
    click: { volume: 0.5, muted: false },
    inputs: { channels: 2, pair: [0, 1] },
    outputs: { channels: 6, loops: [0, 1], click: [2, 3], monitor: [4, 5] },
  });
  const [from, to] = [new Float32Array(block * 2), new Float32Array(block * 6)];
  const played: number[] = [];
  const others: number[] = [];
  const until = (end: number): void => {
    while (engine.frame < end) {
      for (let index = 0; index < block * 2; index += 1) from[index] = hears(engine.frame + (index >> 1), played);
      engine.process(from, to, block);
      for (let frame = 0; frame < block; frame += 1) {
        const at = frame * 6;
        played.push(to[at] ?? 0);
        others.push(Math.abs(to[at + 2] ?? 0) + Math.abs(to[at + 4] ?? 0) + Math.abs(to[at + 5] ?? 0));
      }
    }
  };
  const loop = (): void => {
    until(96_000);
    engine.apply(
      { type: 'capture', track: 1, loopId: 1, grid, startBeat: 0, endBeat: 4, latencyFrames: 0 },
      piecesFor(97_200),
    );
  };
  const facts = () => engine.drainFacts().filter(({ type }) => type.startsWith('measure'));
  return { engine, until, loop, played, others, facts };
};

const probeAt = (frame: number): number => {
  const burst = probe.starts.findIndex((start) => frame >= start && frame < start + probe.burst.length);
  if (burst < 0) return 0;
  return (probe.burst[frame - (probe.starts[burst] ?? 0)] ?? 0) * (probe.signs[burst] ?? 1);
};

describe('while the latency is measured', () => {
  test('nothing but the probe is heard, sample for sample, and it begins where the fact says', () => {
    const { engine, until, loop, played, others, facts } = rig();
    loop();
    until(150_016);
    const start = engine.frame;
    engine.apply({ type: 'measure', id: 7 });
    until(start + probe.frames + block);
    expect(facts()).toEqual([
      { type: 'measureStarted', frame: start, id: 7 },
      { type: 'measureEnded', frame: start + probe.frames, id: 7, how: 'done' },
    ]);
    let wrong = 0;
    for (let frame = ramp; frame < probe.frames; frame += 1) {
      if (played[start + frame] !== Math.fround(probeAt(frame)) || others[start + frame] !== 0) wrong += 1;
    }
    expect(wrong).toBe(0);
  });

  test('loops go on unheard, and are heard again in phase, without a step', () => {
    const { engine, until, loop, played } = rig((frame) => 0.3 + 0.1 * Math.sin(frame / 50));
    loop();
    until(150_016);
    const start = engine.frame;
    engine.apply({ type: 'measure', id: 7 });
    until(start + probe.frames + 96_000);
    const back = start + probe.frames + 2 * block;
    const expected = (frame: number): number => Math.fround(0.3 + 0.1 * Math.sin((frame % 96_000) / 50));
    for (let frame = back; frame < back + 20_000; frame += 1) {
      if (frame % 96_000 < 96_000 - 1200) expect(played[frame]).toBe(expected(frame));
    }
    const steps = played.map((sample, frame) => Math.abs(sample - (played[frame - 1] ?? 0)));
    const around = [...steps.slice(start - 10, start + ramp + 10), ...steps.slice(back - 2 * block - 10, back)];
    expect(Math.max(...around)).toBeLessThan(0.01);
  });

  test('what sounds afterwards does not depend on the block size', () => {
    const takes = [block, oddBlock].map((size) => {
      const { engine, until, played } = rig(() => 0.3, size);
      until(96_000);
      engine.apply(
        { type: 'capture', track: 1, loopId: 1, grid, startBeat: 0, endBeat: 4, latencyFrames: 0 },
        piecesFor(97_200),
      );
      until(128_000);
      engine.apply({ type: 'measure', id: 1 });
      until(128_000 + probe.frames + 8000);
      return played.slice(128_000, 128_000 + probe.frames + 7000);
    });
    expect(takes[1]).toEqual(takes[0]);
  });

  test('beats are counted all the same', () => {
    const { engine, until } = rig();
    until(block);
    engine.apply({ type: 'measure', id: 1 });
    until(119_808);
    const beats = engine.drainFacts().filter(({ type }) => type === 'beat');
    expect(beats.map(({ frame }) => frame)).toEqual([0, 24_000, 48_000, 72_000, 96_000]);
  });

  test('it can be told to stop, by its own name only', () => {
    const { engine, until, facts } = rig();
    engine.apply({ type: 'measure', id: 2 });
    until(rate);
    engine.apply({ type: 'stopMeasuring', id: 1 });
    engine.apply({ type: 'stopMeasuring', id: 2 });
    engine.apply({ type: 'stopMeasuring', id: 2 });
    until(3 * rate);
    expect(facts()).toEqual([
      { type: 'measureStarted', frame: 0, id: 2 },
      { type: 'measureEnded', frame: Math.ceil(rate / block) * block, id: 2, how: 'stopped' },
    ]);
  });

  test('another one takes its place', () => {
    const { engine, until, facts } = rig();
    engine.apply({ type: 'measure', id: 1 });
    until(block);
    engine.apply({ type: 'measure', id: 2 });
    expect(facts().map((fact) => ['id' in fact && fact.id, 'how' in fact && fact.how])).toEqual([
      [1, false],
      [1, 'stopped'],
      [2, false],
    ]);
  });

  test('lost frames end it', () => {
    const { engine, until, facts } = rig();
    engine.apply({ type: 'measure', id: 1 });
    until(rate);
    engine.gap(100);
    expect(facts().at(-1)).toMatchObject({ type: 'measureEnded', how: 'gap' });
  });
});

describe('an output that feeds the input', () => {
  const latency = 2000;
  /** What was played comes back louder: each time round by the gain. */
  const feeding =
    (gain: number): Heard =>
    (frame, played) =>
      Math.min(0.99, Math.max(-0.99, gain * (played[frame - latency] ?? 0)));

  test('louder and louder, as through the interface itself, ends it at once', () => {
    let level = 1e-4;
    // It doubles each 50 ms, whatever is played.
    const { engine, until, facts } = rig((frame) => {
      if (frame % 2400 === 0 && frame > rate) level = Math.min(0.9, level * 2);
      return level * Math.sin(frame / 7);
    });
    engine.apply({ type: 'measure', id: 1 });
    until(4 * rate);
    const [, ended] = facts();
    expect(ended).toMatchObject({ type: 'measureEnded', how: 'feedback' });
    expect(ended?.frame).toBeLessThan(2 * rate);
  });

  test('at full howl from the first burst on ends it within half a second', () => {
    const { engine, until, facts } = rig((frame) => (frame < 30_000 ? 0 : 0.8 * Math.sin(frame / 9)));
    engine.apply({ type: 'measure', id: 1 });
    until(4 * rate);
    const [, ended] = facts();
    expect(ended).toMatchObject({ how: 'feedback' });
    expect(ended?.frame).toBeLessThan(30_000 + rate / 2);
  });

  test.each([
    [1.3, 0.4, 4],
    [1.5, 0.25, 3.1],
    [2, 0.6, 4.2],
  ])('in pulses, by a gain of %d each %d s, ends it within %d s', (gain, seconds, within) => {
    const way = Math.round(seconds * rate);
    const heard: number[] = [];
    // The interface itself passes on what it hears.
    const { engine, until, facts } = rig((frame, played) => {
      if (heard.length > frame) return heard[frame] ?? 0;
      const fed = gain * (heard[frame - way] ?? 0) + (played[frame - way] ?? 0);
      heard.push(Math.min(0.99, Math.max(-0.99, fed)));
      return heard[frame] ?? 0;
    });
    engine.apply({ type: 'measure', id: 1 });
    until(8 * rate);
    const [, ended] = facts();
    expect(ended).toMatchObject({ how: 'feedback' });
    expect(ended?.frame).toBeLessThan(within * rate);
  });

  test('a loud cable, a loud room and steady noise are none', () => {
    const hears: readonly Heard[] = [
      feeding(3.9),
      (frame, played) =>
        0.8 * (played[frame - 400] ?? 0) + 0.7 * (played[frame - 5000] ?? 0) + 0.5 * (played[frame - 9000] ?? 0),
      (frame) => 0.3 * Math.sin(frame / 7),
    ];
    for (const one of hears) {
      const { engine, until, facts } = rig(one);
      engine.apply({ type: 'measure', id: 1 });
      until(probe.frames + block);
      expect(facts().at(-1)).toMatchObject({ how: 'done' });
    }
  });
});
