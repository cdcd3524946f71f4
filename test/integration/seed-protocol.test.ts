import { SeedCaller } from './caller.ts';
import { homeIn, type Looper, looperIn, scratchOfFile } from './looper.ts';

const files = scratchOfFile();
const patience = 90_000;

const start = (args: readonly string[] = []): Looper => looperIn(files, { home: homeIn(files), args });

/** Begins as the seed's own front end does. */
const joined = async (port: number): Promise<SeedCaller> => {
  const caller = await SeedCaller.at(port);
  caller.say({ event: 'initialize' });
  await caller.event('major_version', 0);
  return caller;
};

const emptyTrack = (id: number) => ({ track_id: id, start_timestamp: null, end_timestamp: null, state: 'EMPTY' });

/** Resolves once all that was said so far was done: what comes after it is answered after it. */
const settled = async (caller: SeedCaller): Promise<void> => {
  const from = caller.got.length;
  caller.say('settled?');
  await caller.next((one) => one.event === 'error' && one.message === 'Cannot decode JSON', from);
};

test(
  'a front end of the seed is greeted in its order, and told each beat',
  async () => {
    const caller = await joined(await start().port());
    expect(caller.got.filter(({ event }) => event !== 'tempo')).toEqual([
      { event: 'bpm', bpm: 240 },
      { event: 'clicktrack_volume', volume: 0.5 },
      { event: 'latency', latency_seconds: 0 },
      { event: 'tracks', tracks: [0, 1, 2, 3, 4, 5, 6, 7].map(emptyTrack) },
      { event: 'major_version', message: 0, using_automatic_latency_correction: false },
    ]);
    await caller.until(() => (caller.of('tempo').length > 9 ? true : undefined));
    const beats = caller.of('tempo').map(({ beat }) => beat);
    const [first = 0] = beats;
    expect([1, 2, 3, 4]).toContain(first);
    expect(beats).toEqual(beats.map((_, index) => ((first - 1 + index) % 4) + 1));
  },
  patience,
);

test(
  'a track goes the way of the seed, and all who have joined see each step',
  async () => {
    const port = await start().port();
    const [player, other] = [await joined(port), await joined(port)];
    const both = [player, other];
    const seen = async (state: string) => Promise.all(both.map((one) => one.track(3, state)));
    const say = async (message: object, state: string) => {
      const steps = seen(state);
      player.say(message);
      return steps;
    };
    const twice = (...states: readonly string[]) => [states, states];

    expect(await say({ event: 'backloop', track: 3, bars_to_record: 1 }, 'PLAYING')).toEqual(
      twice('TRIGGERED', 'RECORDING', 'PLAYING'),
    );
    const loops = both.map((one) => one.of('tracks').at(-1)?.tracks[3]);
    expect(loops[0]).toEqual(loops[1]);
    const { track_id: id, start_timestamp: from, end_timestamp: to } = loops[0] ?? emptyTrack(-1);
    expect([id, (to ?? 0) - (from ?? 0)]).toEqual([3, 1]);
    expect(await say({ event: 'stop', track: 3 }, 'STOPPED')).toEqual(twice('STOPPING', 'STOPPED'));
    expect(await say({ event: 'start', track: 3 }, 'PLAYING')).toEqual(twice('TRIGGERED', 'PLAYING'));
    expect(await say({ event: 'reset' }, 'EMPTY')).toEqual(twice('EMPTY'));
    expect(both.map((one) => one.of('tracks').at(-1)?.tracks)).toEqual(
      both.map(() => [0, 1, 2, 3, 4, 5, 6, 7].map(emptyTrack)),
    );
    expect(both.map((one) => one.of('error'))).toEqual([[], []]);
  },
  patience,
);

test(
  'tempo, click and latency are set by one and told to all, and the tempo stays while loops are held',
  async () => {
    const port = await start().port();
    const [player, other] = [await joined(port), await joined(port)];
    const captured = player.track(0, 'PLAYING');
    player.say({ event: 'backloop', track: 0, bars_to_record: 1 });
    await captured;
    const refused = player.event('error');
    player.say({ event: 'set_bpm', bpm: 200 });
    expect((await refused).message).toMatch(/tempo.*empty/);
    const emptied = player.track(0, 'EMPTY');
    player.say({ event: 'reset' });
    await emptied;

    const told = [other.event('bpm'), other.event('clicktrack_volume'), other.event('latency')];
    player.say({ event: 'set_bpm', bpm: 200 });
    player.say({ event: 'clicktrack_volume', volume: 7 });
    player.say({ event: 'latency', latency_seconds: 0.01 });
    expect(await Promise.all(told)).toEqual([
      { event: 'bpm', bpm: 200 },
      { event: 'clicktrack_volume', volume: 1 },
      { event: 'latency', latency_seconds: 0.01 },
    ]);
    const low = other.event('clicktrack_volume');
    player.say({ event: 'clicktrack_volume', volume: -7 });
    expect(await low).toEqual({ event: 'clicktrack_volume', volume: 0 });
    expect(other.of('bpm').map(({ bpm }) => bpm)).toEqual([240, 200]);
    expect(other.of('error')).toEqual([]);
  },
  patience,
);

test(
  'a measurement over a cable ends with its picture and the new latency, for all',
  async () => {
    const port = await start(['--cable', '1234']).port();
    const [player, other] = [await joined(port), await joined(port)];
    const both = [player, other];
    const from = both.map((one) => one.got.length);
    player.say({ event: 'calibrate' });
    for (const [index, one] of both.entries()) {
      const { message, figure } = await one.event('calibration_result', from[index]);
      expect(message).toBe('SUCCESS');
      const png = Buffer.from(figure, 'base64');
      expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
      expect(png.subarray(12, 16).toString()).toBe('IHDR');
      expect([png.readUInt32BE(16) > 200, png.readUInt32BE(20) > 100]).toEqual([true, true]);
      const { latency_seconds: seconds } = await one.event('latency', from[index]);
      expect(Math.round(seconds * 48_000)).toBe(1234);
    }
  },
  patience,
);

test(
  'one that is cut in the middle of the show disturbs nobody',
  async () => {
    const port = await start().port();
    const [player, gone, half] = [await joined(port), await joined(port), await SeedCaller.at(port)];
    gone.say({ event: 'backloop', track: 1, bars_to_record: 1 });
    half.say('{"event":"backloop","tr');
    gone.cut();
    half.cut();
    const from = player.got.length;
    const steps = player.track(2, 'PLAYING');
    player.say({ event: 'backloop', track: 2, bars_to_record: 1 });
    expect(await steps).toContain('TRIGGERED');
    await player.until(() => (player.of('tempo', from).length > 5 ? true : undefined));
    const beats = player.of('tempo').map(({ beat }) => beat);
    const [first = 0] = beats;
    expect(beats).toEqual(beats.map((_, index) => ((first - 1 + index) % 4) + 1));
    // What was asked before the line broke is done all the same.
    await player.until(() => player.of('tracks').at(-1)?.tracks[1]?.state === 'PLAYING' || undefined);
    expect(player.of('error')).toEqual([]);
  },
  patience,
);

test(
  'what cannot be understood or done is told to who said it, whose line stays',
  async () => {
    const port = await start().port();
    const [player, other] = [await joined(port), await joined(port)];
    const answerTo = async (message: object | string): Promise<string> => {
      const error = player.event('error');
      player.say(message);
      return (await error).message;
    };
    expect(await answerTo('{"event":')).toBe('Cannot decode JSON');
    expect(await answerTo({ event: 'dance' })).toBe('Unknown event type');
    expect(await answerTo({ track: 1 })).toBe('Unknown event type');
    expect(await answerTo({ event: 'backloop', track: 1 })).toMatch(/^backloop: bars_to_record: /);
    expect(await answerTo({ event: 'start', track: 8 })).toBe('start: there is no track 8; tracks are 0 to 7');
    expect(await answerTo({ event: 'start', track: 2 })).toMatch(/track 3/);
    expect(await answerTo({ event: 'stop', track: 2 })).toMatch(/track 3/);
    expect(await answerTo({ event: 'set_bpm', bpm: 0 })).toMatch(/20.*400/);
    expect(await answerTo({ event: 'backloop', track: 0, bars_to_record: 0 })).toMatch(/1.*32/);
    await settled(player);
    await settled(other);
    expect(other.of('error')).toHaveLength(1);
    expect([player.isOpen, other.isOpen]).toEqual([true, true]);
    const steps = player.track(2, 'PLAYING');
    player.say({ event: 'backloop', track: 2, bars_to_record: 1 });
    await steps;
  },
  patience,
);
