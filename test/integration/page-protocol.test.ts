import { once } from 'node:events';
import type { ServerMessage, Streamed } from '../../src/protocol/hindsight-v1.ts';
import { type ListenFormat, listenProtocol } from '../../src/protocol/listen-v1.ts';
import { wavBytes } from '../adapters/files/wav-bytes.ts';
import { unzipped } from '../adapters/files/zip.ts';
import { connected, V1Caller } from './caller.ts';
import { Follower } from './follow.ts';
import { homeIn, looperIn, scratchOfFile } from './looper.ts';
import { codedInput } from './show.ts';

const files = scratchOfFile();
const patience = 90_000;
const rate = 48_000;

const start = async (config: Readonly<Record<string, unknown>> = {}) => {
  const port = await looperIn(files, { home: homeIn(files), config }).port();
  return { port, url: `http://127.0.0.1:${port}` };
};

/** Resolves with the loop once a track plays it and all of its sound is there. Not of the time before the start, which is silent. */
const captured = async (caller: V1Caller, track: number) => {
  await caller.until(() => (caller.state.pulse.bar >= 2 ? true : undefined));
  expect(await caller.command({ type: 'stomp', track })).toMatchObject({ type: 'done' });
  await caller.comes(track, 'PLAYING');
  return caller.until(() => (caller.track(track).loop?.sound === 'here' && caller.track(track).loop) || undefined);
};

/** The states that a track has gone through, as changes told them. */
const steps = (caller: V1Caller, id: number): readonly string[] =>
  caller
    .of('change')
    .flatMap(({ state }) => state.tracks ?? [])
    .filter((track) => track.id === id)
    .map(({ state }) => state)
    .filter((state, index, all) => state !== all[index - 1]);

const isWell = (...callers: readonly V1Caller[]): void =>
  expect(callers.map(({ gaps, malformed }) => [gaps, malformed])).toEqual(callers.map(() => [[], []]));

test(
  'two front ends that follow the changes know the same as a third that asks for all of it',
  async () => {
    const { port, url } = await start();
    const [player, other] = [await V1Caller.at(port), await V1Caller.at(port)];
    const [first] = player.got;
    expect(first).toMatchObject({ type: 'snapshot', protocol: 1, state: { rate, grid: { bpm: 240, beatsPerBar: 4 } } });
    expect(player.state.tracks.map(({ state }) => state)).toEqual(Array(8).fill('EMPTY'));
    expect(player.run).toBe(other.run);

    await captured(player, 2);
    expect(await player.command({ type: 'stop', track: 2 })).toMatchObject({ type: 'done' });
    await other.comes(2, 'STOPPED');
    expect(await other.command({ type: 'start', track: 2 })).toMatchObject({ type: 'done' });
    await player.comes(2, 'PLAYING');
    await other.comes(2, 'PLAYING');
    // What lasts less than 10 ms may go untold; what is told is told to both, in order.
    const told = steps(player, 2);
    expect(steps(other, 2)).toEqual(told);
    expect(told.join(' ')).toMatch(/^(RECORDING )?(TRIGGERED )?PLAYING (STOPPING )?STOPPED (TRIGGERED )?PLAYING$/);

    expect(await player.command({ type: 'setBpm', bpm: 100 })).toMatchObject({
      type: 'refused',
      code: 'tracks-not-empty',
    });
    expect(await other.command({ type: 'setClickVolume', volume: 0.25 })).toMatchObject({ type: 'done' });
    expect(await other.command({ type: 'undo' })).toMatchObject({ type: 'done' });
    await player.comes(2, 'EMPTY');
    expect(player.state).toMatchObject({ click: { volume: 0.25 }, undo: null, redo: 'capture' });
    expect(await player.command({ type: 'redo' })).toMatchObject({ type: 'done' });

    const whole = (await (await fetch(`${url}/api/state`)).json()) as Extract<ServerMessage, { type: 'snapshot' }>;
    await Promise.all(
      [player, other].map((caller) => caller.until(() => (caller.seq >= whole.seq ? true : undefined))),
    );
    const { pulse: _, ...known } = whole.state;
    expect(whole.run).toBe(player.run);
    for (const caller of [player, other]) expect(caller.state).toMatchObject(known);
    isWell(player, other);
  },
  patience,
);

test(
  'a stomp that was meant a while ago, by its frame, captures what was played then',
  async () => {
    const { port } = await start();
    const caller = await V1Caller.at(port);
    caller.say({ type: 'watch', topics: ['position'], hz: 30 });
    const bar = rate;
    // Just past a bar line, by which the moment that is meant belongs to the bar before.
    const isPast = (frame: number): boolean => frame > 3 * bar && frame % bar < bar / 8;
    const { frame } = await caller.next(
      (one): one is Streamed<'position'> => one.type === 'position' && isPast(one.frame),
    );
    const line = Math.floor(frame / bar) * bar;
    const meant = line - 0.3 * bar;
    await caller.ask({ type: 'command', command: { type: 'stomp', track: 1 }, frame: meant });
    const { loop } = await caller.comes(1, 'PLAYING');
    expect([loop?.startFrame, loop?.endFrame]).toEqual([line - 2 * bar, line - bar]);
  },
  patience,
);

test(
  'what is watched runs with the sound: position, levels and lamps, and health once a second',
  async () => {
    const { port } = await start();
    const caller = await V1Caller.at(port);
    caller.say({ type: 'watch', topics: ['position', 'levels', 'health', 'lamps'], hz: 30 });
    const seconds = 2.5;
    await caller.next((one) => one.type === 'position');
    const since = performance.now();
    await caller.until(() => (performance.now() - since > seconds * 1000 ? true : undefined));
    const positions = caller.got.flatMap((one, index) =>
      one.type === 'position' ? [{ heard: one.frame / rate, at: (caller.cameAt[index] ?? 0) / 1000 }] : [],
    );
    expect(positions.length).toBeGreaterThan(10);
    expect(positions.length).toBeLessThan(30 * (seconds + 2));
    expect(positions).toEqual(positions.toSorted((one, other) => one.heard - other.heard));
    // A busy machine may tell late, but never early: those that came soonest show how the clock runs that is told of.
    const lead = (some: typeof positions): number => Math.max(...some.map(({ heard, at }) => heard - at));
    const half = Math.floor(positions.length / 2);
    expect(Math.abs(lead(positions.slice(half)) - lead(positions.slice(0, half)))).toBeLessThan(0.1);

    const levels = caller.of('levels');
    for (const side of [0, 1] as const) {
      expect(Math.max(...levels.map(({ input }) => input[side]))).toBeGreaterThan(0.05);
      expect(Math.max(...levels.map(({ output }) => output[side]))).toBeGreaterThan(0.05);
    }
    const { health } = await caller.next((one) => one.type === 'health', 0);
    expect(health).toMatchObject({ clients: { hindsight: 1, seed: 0 }, disk: { freeBytes: expect.any(Number) } });
    expect(health.rssBytes).toBeGreaterThan(2 ** 20);
    expect(caller.of('lamps')).not.toEqual([]);

    // What is not watched any more falls silent; what happens is told all the same.
    caller.say({ type: 'watch', topics: [] });
    await caller.ask({ type: 'waveform', loop: 0 });
    const quiet = caller.got.length;
    await caller.until(() => (caller.of('change', quiet).length > 3 ? true : undefined));
    expect(new Set(caller.got.slice(quiet).map(({ type }) => type))).toEqual(new Set(['change']));
    isWell(caller);
  },
  patience,
);

test(
  'a loop that was captured has a shape, and one that is not there has none',
  async () => {
    const { port } = await start();
    const caller = await V1Caller.at(port);
    const loop = await captured(caller, 5);
    expect(loop).toMatchObject({ beats: 4, lostFrames: 0 });
    expect(loop.endFrame - loop.startFrame).toBe(rate);
    const drawn = await caller.ask({ type: 'waveform', loop: loop.id });
    const peaks = drawn.type === 'waveform' ? drawn.peaks : [];
    expect(peaks).toHaveLength(256);
    expect(Math.max(...peaks)).toBeGreaterThan(20);
    expect(new Set(peaks).size).toBeGreaterThan(10);
    expect(await caller.ask({ type: 'waveform', loop: loop.id + 999 })).toMatchObject({ code: 'no-such-loop' });
  },
  patience,
);

test(
  'sets are saved, listed, loaded, renamed, thrown away and found again',
  async () => {
    const { port } = await start();
    const caller = await V1Caller.at(port);
    const ask = async (question: Extract<Parameters<V1Caller['ask']>[0], { type: 'sets' }>['question']) => {
      const answer = await caller.ask({ type: 'sets', question });
      if (answer.type !== 'sets') throw new Error(JSON.stringify(answer));
      return answer;
    };
    expect((await ask({ act: 'list' })).sets).toEqual([]);
    await captured(caller, 1);
    await captured(caller, 2);
    expect((await ask({ act: 'save', name: 'Friday' })).lines.join()).toMatch('Friday');
    expect((await ask({ act: 'list' })).sets).toMatchObject([{ name: 'Friday', bpm: 240, beatsPerBar: 4, tracks: 2 }]);
    await caller.command({ type: 'reset' });
    await caller.comes(1, 'EMPTY');
    await ask({ act: 'load', name: 'Friday' });
    await caller.comes(1, 'STOPPED');
    await caller.comes(2, 'STOPPED');
    expect(caller.state.set).toEqual({ name: 'Friday', incoming: null });
    await ask({ act: 'rename', name: 'Friday', to: 'Saturday' });
    await ask({ act: 'delete', name: 'Saturday' });
    expect((await ask({ act: 'list' })).sets).toEqual([]);
    const bin = (await ask({ act: 'bin' })).sets;
    const place = bin.findIndex(({ name }) => name === 'Saturday') + 1;
    expect(place).toBeGreaterThan(0);
    await ask({ act: 'recover', place, name: 'Sunday' });
    expect((await ask({ act: 'list' })).sets).toMatchObject([{ name: 'Sunday', tracks: 2 }]);
    expect(await caller.ask({ type: 'sets', question: { act: 'load', name: 'Monday' } })).toMatchObject({
      type: 'refused',
      code: 'set-missing',
    });
    isWell(caller);
  },
  patience,
);

test(
  'loops leave as a ZIP and come in as a WAV, over HTTP',
  async () => {
    const { port, url } = await start();
    const caller = await V1Caller.at(port);
    await captured(caller, 1);
    const exported = await fetch(`${url}/api/export.zip?passes=2`);
    expect([exported.status, exported.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const zip = files.put('export.zip', new Uint8Array(await exported.arrayBuffer()));
    const entries = await unzipped(zip);
    const loop = [...entries].find(([name]) => /^loops\/.+\.wav$/.test(name))?.[1];
    expect(loop?.subarray(0, 4).toString()).toBe('RIFF');
    expect([...entries.keys()]).toContain('set.json');

    const wav = Buffer.from(wavBytes(codedInput(rate, rate)));
    const post = (query: string, body: Buffer, type = 'audio/wav') =>
      fetch(`${url}/api/import?${query}`, { method: 'POST', body, headers: { 'content-type': type } });
    const taken = await post('track=6', wav);
    expect([taken.status, await taken.json()]).toEqual([200, { lines: expect.any(Array) }]);
    expect(await caller.comes(6, 'STOPPED')).toMatchObject({ loop: { beats: 4, lostFrames: 0 } });
    expect(caller.state.undo).toBe('import');
    await caller.command({ type: 'stomp', track: 6 });
    await caller.comes(6, 'PLAYING');

    expect((await post('track=6', wav)).status).toBe(409);
    expect((await post('track=7', Buffer.from('no sound at all'))).status).toBe(409);
    expect((await post('track=7', wav, 'text/plain')).status).toBe(415);
    expect(caller.track(7).state).toBe('EMPTY');
    isWell(caller);
  },
  patience,
);

/** A line of Prometheus' text format: a comment, or a name with labels and a number. */
const metricLine =
  /^(# (HELP|TYPE) hindsight_\w+ .+|hindsight_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?(\d+(\.\d+)?(e[+-]?\d+)?|NaN|\+Inf))$/;

test(
  'programs are told how it is, and command, over HTTP',
  async () => {
    const { port, url } = await start();
    const health = await fetch(`${url}/healthz`);
    // What is bad about this machine is none of this test.
    expect([health.status, await health.text()]).toEqual(
      health.ok ? [200, 'ok\n'] : [503, expect.stringMatching(/^\w.*\n$/s)],
    );
    const command = (body: object) =>
      fetch(`${url}/api/command`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    expect((await command({ command: { type: 'stomp', track: 3 } })).status).toBe(200);
    expect((await command({ command: { type: 'stomp', track: 77 } })).status).toBe(409);
    const caller = await V1Caller.at(port);
    await caller.comes(3, 'PLAYING');
    const metrics = await fetch(`${url}/metrics`);
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    const lines = (await metrics.text()).trimEnd().split('\n');
    expect(lines.filter((line) => !metricLine.test(line))).toEqual([]);
    expect(lines).toContain('hindsight_tracks{state="PLAYING"} 1');
    expect(lines).toContain('hindsight_clients{protocol="hindsight"} 1');
    expect(lines).toContain('hindsight_bpm 240');
  },
  patience,
);

test(
  'the mix that plays is heard, in one piece, and silence where nothing plays',
  async () => {
    const { port } = await start({ click: { volume: 0 } });
    const caller = await V1Caller.at(port);
    const ws = await connected(port, listenProtocol);
    const [formats, pieces]: [ListenFormat[], Buffer[]] = [[], []];
    ws.on('message', (data: Buffer, binary) => {
      if (binary) pieces.push(data);
      else formats.push(JSON.parse(String(data)) as ListenFormat);
    });
    ws.resume();
    const framesOf = (some: readonly Buffer[]): number => some.reduce((sum, piece) => sum + (piece.length - 8) / 4, 0);
    const loudest = (some: readonly Buffer[]): number =>
      some.reduce((most, piece) => {
        const samples = Array.from({ length: (piece.length - 8) / 2 }, (_, at) => piece.readInt16LE(8 + at * 2));
        return samples.reduce((one, sample) => Math.max(one, Math.abs(sample)), most);
      }, 0);
    const heard = async (seconds: number): Promise<readonly Buffer[]> => {
      const from = pieces.length;
      while (framesOf(pieces.slice(from)) < seconds * rate) await once(ws, 'message');
      return pieces.slice(from);
    };
    expect(loudest(await heard(0.5))).toBe(0);
    expect(formats).toEqual([{ type: 'format', rate, channels: 2, bits: 16 }]);
    await captured(caller, 1);
    expect(loudest(await heard(1.5))).toBeGreaterThan(1000);
    const runs: { from: number; to: number }[] = [];
    for (const piece of pieces) {
      const from = Number(piece.readBigInt64LE(0));
      const to = from + (piece.length - 8) / 4;
      const last = runs.at(-1);
      if (last?.to === from) last.to = to;
      else runs.push({ from, to });
    }
    // A machine that stands still for a second loses some; what is sent is in order, and of one piece all the same.
    expect(runs.slice(1).every(({ from }, index) => from > (runs[index]?.to ?? 0))).toBe(true);
    expect(Math.max(...runs.map(({ from, to }) => to - from))).toBeGreaterThan(rate);
  },
  patience,
);

test(
  'after a power cut a front end that comes again finds another run, with the loops that were there',
  async () => {
    const home = homeIn(files);
    const first = looperIn(files, { home });
    const port = await first.port();
    const before = await V1Caller.at(port);
    await captured(before, 4);
    // What was saved is on disk.
    expect(await before.ask({ type: 'sets', question: { act: 'save', name: 'Kept' } })).toMatchObject({ type: 'sets' });
    await first.kill();
    await before.end();
    const second = looperIn(files, { home, config: { web: { port } } });
    expect(await second.port()).toBe(port);
    const after = await V1Caller.at(port);
    expect(after.run).not.toBe(before.run);
    expect(await after.comes(4, 'STOPPED')).toMatchObject({ loop: { beats: 4 } });
    expect(await after.ask({ type: 'sets', question: { act: 'list' } })).toMatchObject({ sets: [{ name: 'Kept' }] });
    await after.until(() => (after.track(4).loop?.sound === 'here' ? true : undefined));
    await after.command({ type: 'stomp', track: 4 });
    await after.comes(4, 'PLAYING');
    isWell(after);
  },
  patience,
);

test(
  'where another program has the port it plays without a page, and has one once that has ended',
  async () => {
    const first = looperIn(files, { home: homeIn(files) });
    const port = await first.port();
    const path = files.path('second.jsonl');
    const events = new Follower(path);
    const second = looperIn(files, { home: homeIn(files), config: { web: { port } }, args: ['--events', path] });
    expect(await second.logged(/^web: port/)).toMatch(
      new RegExp(`^web: port ${port} .*is taken.*goes on without a page$`),
    );
    await events.line((line) => line.type === 'beat' && line.bar >= 1);
    events.close();
    const { run } = await V1Caller.at(port);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    const since = performance.now();
    expect(await second.port()).toBe(port);
    // It looks each five seconds.
    expect(performance.now() - since).toBeLessThan(20_000);
    const after = await V1Caller.at(port);
    expect(after.run).not.toBe(run);
    await captured(after, 1);
  },
  patience,
);
