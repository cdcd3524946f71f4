import type { WorkerEngine as Class } from '../../../src/adapters/engine/worker-engine.ts';
import type { SoundCommand } from '../../../src/core/sound/command.ts';
import type { SoundFact } from '../../../src/core/sound/fact.ts';
import type { DeviceRequest, EngineOptions } from '../../../src/engine/protocol.ts';
import { started } from '../../integration/program.ts';

// The worker thread cannot load the sources.
const compiled = new URL('../../../dist/adapters/engine/worker-engine.js', import.meta.url).href;
const { WorkerEngine }: { WorkerEngine: typeof Class } = await import(compiled);

const rate = 48_000;
/** At 240 BPM: a beat every 250 ms. */
const beat = 12_000;
const grid = { rate, bpm: 240, beatsPerBar: 1, origin: 0 };
const options: EngineOptions = {
  ...{ grid, tapeFrames: 10 * rate, loopFrames: 60 * rate, tracks: 2, click: { volume: 0, muted: false } },
  inputs: { channels: 2, pair: [0, 1] },
  outputs: { channels: 2, loops: [0, 1], click: [0, 1], monitor: undefined },
};
const blocks = { rate, blockFrames: 64, queueBlocks: 2 };
const simulated: DeviceRequest = {
  kind: 'simulated',
  player: new SharedArrayBuffer(8 * 4800),
  cableFrames: undefined,
};
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

let engine: Class | undefined;
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
});

/** Starts the engine without a device, with all its facts and a way to wait for one. */
const empty = async () => {
  const started = await WorkerEngine.start(options, blocks);
  engine = started;
  const facts: SoundFact[] = [];
  const waiting = new Set<() => void>();
  engine.onFact((fact) => {
    facts.push(fact);
    for (const look of waiting) look();
  });
  const fact = (type: SoundFact['type'], count = 1): Promise<SoundFact> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = facts.filter((one) => one.type === type)[count - 1];
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { engine: started, facts, fact };
};

/** The same with a device under it. */
const start = async () => {
  const playing = await empty();
  await playing.engine.openDevice(simulated);
  return playing;
};

test('facts come in order of their frames, beats on those of the grid', async () => {
  const { facts, fact } = await start();
  await fact('beat', 4);
  const frames = facts.map(({ frame }) => frame);
  expect(frames).toEqual(frames.toSorted((a, b) => a - b));
  const beats = facts.filter(({ type }) => type === 'beat').map(({ frame }) => frame % beat);
  expect(new Set(beats)).toEqual(new Set([0]));
}, 20_000);

test('a time becomes the frame that the device takes then, never going back', async () => {
  const { engine, fact } = await start();
  await fact('beat', 2);
  const from = { time: now(), frame: engine.frameAt(now()) };
  const frames: number[] = [];
  while (now() < from.time + 1000) {
    frames.push(engine.frameAt(now()));
    await new Promise((resolve) => setImmediate(resolve));
  }
  // The fit gives way a little with each block, and more where the machine had no time for the worker.
  const back = frames.filter((frame, index) => frame < (frames[index - 1] ?? 0) - rate / 1000);
  expect(back.length).toBeLessThanOrEqual(frames.length / 100);
  const passed = engine.frameAt(now()) - from.frame;
  const expected = ((now() - from.time) * rate) / 1000;
  expect(Math.abs(passed - expected)).toBeLessThan(rate / 4);
  const time = now();
  expect(engine.frameAt(time - 500) - engine.frameAt(time - 600)).toBeGreaterThan(0.09 * rate);
  expect(engine.frameAt(-1e9)).toBe(0);
  // Of what is to come no frame has been taken yet.
  expect(engine.frameAt(now() + 1e9) - from.frame).toBeLessThan(((now() - from.time) * rate) / 1000 + rate / 4);
}, 20_000);

test('commands are answered by facts', async () => {
  const { engine, facts, fact } = await start();
  const { frame } = await fact('beat', 3);
  const endBeat = frame / beat;
  const capture: SoundCommand = {
    ...{ type: 'capture', track: 2, loopId: 7, grid, startBeat: endBeat - 1, endBeat, latencyFrames: 0 },
  };
  engine.send(capture);
  expect(await fact('loopStarted')).toMatchObject({ track: 2, loopId: 7 });
  expect(await fact('captureCommitted')).toMatchObject({ track: 2, loopId: 7 });
  engine.send({ type: 'stop', track: 2, loopId: 7, atBeat: endBeat + 3 });
  expect(await fact('loopStopped')).toMatchObject({ track: 2, loopId: 7, frame: (endBeat + 3) * beat });
  expect(facts.filter(({ type }) => type === 'captureStarted')).toHaveLength(1);
}, 20_000);

test('a loop lies in memory that this thread sees too, until it is released and given back', async () => {
  const { engine, fact } = await start();
  const frames = 2 * beat;
  engine.send({ type: 'hold', track: 1, loopId: 3, beats: 2, frames, leadFrames: 0 });
  const lent = engine.lend(3);
  expect(lent?.sound.frames).toBe(frames);
  // Full scale is limited, and that is said: the worker plays what was written here.
  for (const piece of lent?.sound.pieces ?? []) lent?.sound.samples.fill(2, piece * 8192, (piece + 1) * 8192);
  const { frame } = await fact('beat', 2);
  engine.send({ type: 'start', track: 1, loopId: 3, grid, atBeat: 0, fromFrame: frame });
  expect(await fact('loopStarted')).toMatchObject({ track: 1, loopId: 3 });
  await fact('clip');
  engine.send({ type: 'clear', track: 1 });
  engine.send({ type: 'release', loopId: 3 });
  expect(engine.lend(3)).toBeUndefined();
  lent?.giveBack();
  expect(await fact('loopReleased')).toMatchObject({ loopId: 3 });
}, 20_000);

test('after the stop no fact comes any more, and another engine can start', async () => {
  const { engine, facts, fact } = await start();
  await fact('beat');
  await engine.stop();
  const { length } = facts;
  engine.send({ type: 'clear', track: 1 });
  const next = await start();
  await next.fact('beat', 2);
  expect(facts).toHaveLength(length);
}, 20_000);

test('a device that cannot be had is refused with a reason, and holds nobody up', async () => {
  const channels = { inputsThere: 2, outputsThere: 2 };
  const request: DeviceRequest = { kind: 'naudiodon', input: '(hw:9,9)', output: '(hw:9,9)', ...channels };
  const code = `
    import { WorkerEngine } from '${compiled}';
    const engine = await WorkerEngine.start(${JSON.stringify(options)}, ${JSON.stringify(blocks)});
    await engine.openDevice(${JSON.stringify(request)}).catch(({ message }) => console.error('refused:', message));
    await engine.stop();
  `;
  // In a process of its own, since ALSA's library complains aloud; and it must come to its end.
  const { ended } = started(process.execPath, ['--input-type=module', '--eval', code]);
  expect(await ended).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^refused: \(hw:9,9\) cannot be opened now/m),
  });
}, 20_000);

test('without a device time goes on by the clock: beats come, and what is heard is silence', async () => {
  const { engine, fact } = await empty();
  await engine.wait();
  const first = await fact('beat', 2);
  const third = await fact('beat', 4);
  expect([first.frame, third.frame]).toEqual([beat, 3 * beat]);
  expect(engine.heard(0, beat)).toEqual(new Float32Array(2 * beat));
}, 20_000);

test('a device that comes later is told, and takes up the count of frames where time has brought it', async () => {
  const { engine, fact } = await empty();
  const began = now();
  await engine.wait();
  await fact('beat', 3);
  await engine.openDevice(simulated);
  const { frame } = await fact('interfaceBack');
  const passed = ((now() - began) * rate) / 1000;
  expect(frame).toBeGreaterThanOrEqual(2 * beat);
  expect(frame).toBeLessThan(passed);
  expect(passed - frame).toBeLessThan(rate / 4);
}, 20_000);

test('the figures count what has happened', async () => {
  const { engine, fact } = await start();
  await fact('beat', 8);
  expect(engine.figures()).toMatchObject({ xruns: 0, framesLost: 0, interfaceLosses: 0, clippedSamples: 0 });
  expect(engine.figures().worstBlockMs).toBeGreaterThan(0);
  expect(engine.figures().longestStallMs).toBeGreaterThan(0);
}, 20_000);

test('levels and mix of what is played are seen from here, frame by frame, while time goes on', async () => {
  const monitored: EngineOptions = { ...options, outputs: { ...options.outputs, monitor: [0, 1] } };
  const started = await WorkerEngine.start(monitored, blocks);
  engine = started;
  const player = new SharedArrayBuffer(8 * 4800);
  new Float32Array(player).fill(0.25);
  const mix = started.open();
  const beats = new Promise<void>((resolve) => {
    let count = 0;
    started.onFact(({ type }) => {
      count += type === 'beat' ? 1 : 0;
      if (count === 3) resolve();
    });
  });
  await started.openDevice({ ...simulated, player });
  await beats;
  expect(started.levels()).toEqual({ input: [0.25, 0.25], output: [0.25, 0.25] });
  const { frame, samples } = mix.read();
  expect(frame).toBe(0);
  expect(samples.length).toBeGreaterThan(2 * beat);
  expect(samples[2 * beat]).toBe(0.25);
  expect(mix.read().frame).toBe(samples.length / 2);
  mix.close();
  expect(mix.read().samples).toHaveLength(0);
}, 20_000);
