import { type StateView, serverMessageSchema, type TrackPicture } from '../../../src/protocol/hindsight-v1.ts';
import { aFront, FakeMixWindow, figures } from './a-front.ts';

/** What a client knows that takes each change as the protocol says. */
const applied = (state: StateView, change: Partial<StateView>): StateView => {
  const news = new Map(change.tracks?.map((track) => [track.id, track]));
  const tracks = state.tracks.map((track): TrackPicture => news.get(track.id) ?? track);
  return { ...state, ...change, tracks };
};

describe('a snapshot', () => {
  test('is all there is to know, as the schema says', () => {
    const { front, rig } = aFront();
    rig.title = 'Scarlett';
    front.command({ type: 'stomp', track: 2 });
    const snapshot = front.snapshot();
    expect(serverMessageSchema.parse(snapshot)).toEqual(snapshot);
    expect(snapshot).toMatchObject({ protocol: 1, version: '1.2.3', run: 'this one', frame: 200_000 });
    expect(snapshot.state.interface.title).toBe('Scarlett');
    expect(snapshot.state.tracks[1]).toMatchObject({ id: 2, state: 'PLAYING', loop: { beats: 4, passBeat: 8 } });
  });

  test('and the changes after it are what a snapshot would be', () => {
    const { front, changes, pass } = aFront();
    let state = front.snapshot().state;
    for (const track of [1, 2, 1, 3, 1]) {
      front.command({ type: 'stomp', track });
      pass(20);
    }
    front.command({ type: 'setClickVolume', volume: 0.25 });
    front.command({ type: 'undo' });
    front.command({ type: 'stomp', track: 9 });
    pass(20);
    for (const change of changes) state = applied(state, change.state);
    expect(changes.length).toBeGreaterThan(4);
    expect(state).toEqual(front.snapshot().state);
  });
});

describe('changes', () => {
  test('are numbered without a gap, and keep to the schema', () => {
    const { front, changes, pass } = aFront();
    const { seq } = front.snapshot();
    for (const track of [1, 2, 3]) {
      front.command({ type: 'stomp', track });
      pass(20);
    }
    expect(changes.map((change) => change.seq)).toEqual([seq + 1, seq + 2, seq + 3]);
    for (const change of changes) expect(serverMessageSchema.parse(change)).toEqual(change);
  });

  test('come in a turn of their own, after whoever is told first', () => {
    const { front, changes, pass } = aFront();
    front.command({ type: 'stomp', track: 1 });
    expect(changes).toEqual([]);
    pass(1);
    expect(changes).toHaveLength(1);
  });

  test('tell only the tracks that changed', () => {
    const { front, changes, pass } = aFront();
    front.command({ type: 'stomp', track: 2 });
    pass(20);
    expect(changes[0]?.state.tracks?.map(({ id }) => id)).toEqual([2]);
  });

  test('are one for all that happens within 10 ms, with each of its words', () => {
    const { front, changes, pass } = aFront();
    front.command({ type: 'stomp', track: 1 });
    pass(1);
    for (let count = 0; count < 100; count += 1) front.command({ type: 'setClickVolume', volume: count / 100 });
    front.command({ type: 'start', track: 3 });
    pass(5);
    expect(changes).toHaveLength(1);
    pass(5);
    expect(changes).toHaveLength(2);
    expect(changes[1]?.said.map(({ code }) => code)).toEqual(['empty']);
    expect(changes[1]?.state.click?.volume).toBe(0.99);
  });

  test('are not more for commands that are answered, one by one', () => {
    const { front, changes, pass } = aFront();
    front.command({ type: 'setClickVolume', volume: 0.5 });
    pass(1);
    const [first] = changes;
    for (let count = 0; count < 100; count += 1) {
      front.command({ type: 'setClickVolume', volume: count / 100 });
      expect(front.nextSeq).toBe((first?.seq ?? 0) + 1);
      front.snapshot();
    }
    expect(changes).toHaveLength(1);
    pass(10);
    expect(changes.map(({ seq }) => seq)).toEqual([first?.seq, front.nextSeq]);
  });

  test('tell no more than the newest words of a flood', () => {
    const { front, changes, pass } = aFront();
    for (let count = 0; count < 1000; count += 1) front.command({ type: 'start', track: 3 });
    pass(20);
    expect(changes[0]?.said).toHaveLength(64);
  });

  test('end for who does not listen any more', () => {
    const { front, pass } = aFront();
    const told: unknown[] = [];
    const stop = front.onChange((change) => told.push(change));
    stop();
    front.command({ type: 'stomp', track: 1 });
    pass(20);
    expect(told).toEqual([]);
  });
});

describe('a command', () => {
  test('that is refused says why, and that is the last word', () => {
    const { front } = aFront();
    expect(front.command({ type: 'start', track: 1 })).toMatchObject({ code: 'empty' });
    expect(front.snapshot().state.word).toMatchObject({ level: 'warn', code: 'empty', track: null });
  });

  test('means the frame that it names, up to a second ago', () => {
    // Frame 200,000 is past the line of bar 2 at 192,000; a moment before that line a stomp was early and means the bar that ends there.
    const { front, session } = aFront();
    front.command({ type: 'stomp', track: 1 }, 152_000);
    front.command({ type: 'stomp', track: 3 }, 250_000);
    const ends = session.state.tracks.map((track) => (track.state === 'EMPTY' ? undefined : track.loop.endFrame));
    expect(ends).toEqual([96_000, undefined, 192_000]);
  });

  test('that was meant longer ago is not done any more', () => {
    const { front, session } = aFront();
    expect(front.command({ type: 'stomp', track: 2 }, 151_999)).toMatchObject({ code: 'too-late' });
    expect(session.state.tracks[1]?.state).toBe('EMPTY');
  });
});

describe('topics', () => {
  test('position goes on 30 times a second, one stream for all', () => {
    const { front, pass } = aFront();
    const one: number[] = [];
    const other: number[] = [];
    const stops = [
      front.watch('position', ({ frame }) => one.push(frame)),
      front.watch('position', ({ frame }) => other.push(frame)),
    ];
    pass(1000);
    expect(one.length).toBeGreaterThanOrEqual(29);
    expect(one.length).toBeLessThanOrEqual(31);
    expect(other.length).toBeGreaterThanOrEqual(one.length - 1);
    for (const stop of stops) stop();
    const before = one.length;
    pass(1000);
    expect(one).toHaveLength(before);
  });

  test('levels are those of the mix', () => {
    const { front, pass } = aFront();
    const told: unknown[] = [];
    front.watch('levels', (message) => told.push(message));
    pass(1);
    expect(told).toEqual([{ type: 'levels', frame: 200_000, input: [0.5, 0.25], output: [1, 0] }]);
    expect(serverMessageSchema.parse(told[0])).toEqual(told[0]);
  });

  test('the monitor is thinned where it would be a flood, which it says', () => {
    const { front, monitors, pass } = aFront();
    const lines: string[] = [];
    const stop = front.watch('monitor', ({ line }) => lines.push(line));
    for (let count = 0; count < 1000; count += 1) monitors[0]?.line(`line ${count}`);
    pass(100);
    expect(lines).toHaveLength(41);
    expect(lines.at(-1)).toBe('... 960 more lines');
    stop();
    expect(monitors).toEqual([]);
  });

  test('health is told at once, with what the machine says', async () => {
    const { front } = aFront();
    expect(front.health()).toEqual({
      ...{ uptimeSeconds: 9, rssBytes: 1000, loadPerCore: 0.5, cpuShare: 0.1, eventLoopDelayP99Ms: 1 },
      ...{
        engineLoad: { mean: 0.1, worst: 0.25 },
        machine: null,
        cost: { lookMs: 0.25, longestMs: 0.1, share: 0.0001 },
      },
      ...{ controllers: { connected: 0, known: 0 }, warnings: [] },
      ...{ sound: figures, disk: null, clients: { seed: 0, hindsight: 1, listeners: 0 } },
    });
  });
});

describe('the mix', () => {
  test('is not told where nothing is new', () => {
    const { front, pass } = aFront();
    const pieces: unknown[] = [];
    front.listen((piece) => pieces.push(piece));
    pass(100);
    expect(pieces).toEqual([]);
  });

  test('is made while somebody listens, once for all of them', () => {
    const { front, window, pass } = aFront();
    window.next = Float32Array.of(1, -1, 0.5, 0);
    window.frame = 77;
    const pieces: unknown[] = [];
    const stops = [front.listen((piece) => pieces.push(piece)), front.listen(() => undefined)];
    expect(window.readers).toBe(1);
    pass(20);
    expect(pieces).toEqual([{ frame: 77, samples: Int16Array.of(32_767, -32_767, 16_384, 0) }]);
    for (const stop of stops) stop();
    expect(window.readers).toBe(0);
  });

  test('is not read while nobody does', () => {
    const window = new FakeMixWindow();
    const { pass } = aFront({ window });
    pass(1000);
    expect(window.readers).toBe(0);
  });
});

describe('the picture of a measurement', () => {
  test('is there once one was made, and the state says that it is another', () => {
    const { front, pictures$, changes, pass } = aFront();
    expect(front.calibrationSvg()).toBeUndefined();
    pictures$.next({ svg: '<svg/>', png: new Uint8Array() });
    pass(1);
    expect(front.calibrationSvg()).toBe('<svg/>');
    expect(changes[0]?.state.calibration?.picture).toBe(1);
  });
});

test('the picture of the last measurement before the start is there, too', () => {
  const { front } = aFront({ lastPicture: { svg: '<svg id="before"/>' } });
  expect(front.calibrationSvg()).toBe('<svg id="before"/>');
  expect(front.snapshot().state.calibration.picture).toBe(1);
});

test('without sets on disk questions about them are refused in words', async () => {
  const { front } = aFront();
  await expect(front.sets({ act: 'list' })).rejects.toMatchObject({ code: 'no-sets' });
});
