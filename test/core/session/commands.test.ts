import type { SessionCommand } from '../../../src/core/session/command.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SoundCommand } from '../../../src/core/sound/command.ts';
import type { Track } from '../../../src/core/track/state.ts';
import { loop, sessionIn, situationOf, tableRows } from './situations.ts';

/** In bar 2, before the threshold: a capture means bar 1, a bar line comes on beat 12. */
const frame = 200_000;
const grid = { rate: 48_000, bpm: 120, beatsPerBar: 4, origin: 0 };

const commands: Readonly<Record<string, SessionCommand>> = {
  stomp: { type: 'stomp', track: 2 },
  record: { type: 'record', track: 2 },
  start: { type: 'start', track: 2 },
  stop: { type: 'stop', track: 2 },
  clear: { type: 'clear', track: 2 },
  reset: { type: 'reset' },
  setBpm: { type: 'setBpm', bpm: 90 },
  setBpmSame: { type: 'setBpm', bpm: 120 },
  setMeter: { type: 'setBeatsPerBar', beatsPerBar: 3 },
  setMeterSame: { type: 'setBeatsPerBar', beatsPerBar: 4 },
  setBars: { type: 'setBars', bars: 8 },
  firstTap: { type: 'tap' },
  setClickVolume: { type: 'setClickVolume', volume: 1 },
  changeBpm: { type: 'changeBpm', by: -30 },
  changeBars: { type: 'changeBars', by: 2 },
  changeVolume: { type: 'changeClickVolume', by: 0.7 },
  muteClick: { type: 'muteClick' },
  setLatency: { type: 'setLatency', frames: 9600 },
  calibrate: { type: 'calibrate' },
  calibrateMuted: { type: 'calibrate', mute: true },
  cancel: { type: 'cancelCalibration' },
};

const effects: Readonly<Record<string, SoundCommand>> = {
  capture: { type: 'capture', track: 2, loopId: 6, grid, startBeat: 4, endBeat: 8, latencyFrames: 480 },
  start: { type: 'start', track: 2, loopId: 5, grid, atBeat: 12 },
  stop: { type: 'stop', track: 2, loopId: 5, atBeat: 12 },
  takeBack: { type: 'takeBack', track: 2, loopId: 5 },
  clear: { type: 'clear', track: 2 },
  drop: { type: 'clear', track: 2 },
  // The phase is kept: 200,000 frames are 8 1/3 beats, of 32,000 frames each at 90 BPM.
  tempo: { type: 'setGrid', grid: { ...grid, bpm: 90, origin: 200_000 - 266_667 } },
  // Bar 2 starts on beat 6 of three.
  meter: { type: 'setGrid', grid: { ...grid, beatsPerBar: 3, origin: 48_000 } },
  click: { type: 'setClick', volume: 1, muted: false },
  mute: { type: 'setClick', volume: 0.5, muted: true },
  measure: { type: 'measure', id: 3 },
};

/** What is dropped cannot be had back: its memory is free. */
const released: SoundCommand = { type: 'release', loopId: loop.id };

/** `=` stays as it is; `+` asks the engine for an effect; `!` is a refusal, which begins nothing. */
const rows = tableRows(`
                EMPTY                      TRIGGERED/capture   TRIGGERED/start     RECORDING           PLAYING              STOPPING            STOPPED
stomp           TRIGGERED/capture+capture  =+takeBack          =+takeBack          =+takeBack          STOPPING+stop        =+takeBack          TRIGGERED/start+start
record          TRIGGERED/capture+capture  !not-empty          !not-empty          !not-empty          !not-empty           !not-empty          !not-empty
start           !empty                     !not-stopped        !not-stopped        !not-stopped        !not-stopped         =+takeBack          TRIGGERED/start+start
stop            !not-playing                  !not-playing        =+takeBack          !not-playing        STOPPING+stop        !not-playing        !not-playing
clear           !empty                     EMPTY+drop          EMPTY+clear         EMPTY+drop          EMPTY+clear          EMPTY+clear         EMPTY+clear
reset           =                          EMPTY+drop          EMPTY+clear         EMPTY+drop          EMPTY+clear          EMPTY+clear         EMPTY+clear
setBpm          =+tempo                    !tracks-not-empty   !tracks-not-empty   !tracks-not-empty   !tracks-not-empty    !tracks-not-empty   !tracks-not-empty
setBpmSame      =                          =                   =                   =                   =                    =                   =
setMeter        =+meter                    !tracks-not-empty   !tracks-not-empty   !tracks-not-empty   !tracks-not-empty    !tracks-not-empty   !tracks-not-empty
setMeterSame    =                          =                   =                   =                   =                    =                   =
setBars         =                          =                   =                   =                   =                    =                   =
firstTap        =                          =                   =                   =                   =                    =                   =
setClickVolume  =+click                    =+click             =+click             =+click             =+click              =+click             =+click
changeBpm       =+tempo                    !tracks-not-empty   !tracks-not-empty   !tracks-not-empty   !tracks-not-empty    !tracks-not-empty   !tracks-not-empty
changeBars      =                          =                   =                   =                   =                    =                   =
changeVolume    =+click                    =+click             =+click             =+click             =+click              =+click             =+click
muteClick       =+mute                     =+mute              =+mute              =+mute              =+mute               =+mute              =+mute
setLatency      =                          =                   =                   =                   =                    =                   =
calibrate       =+measure                  !tracks-playing     !tracks-playing     !tracks-playing     !tracks-playing      !tracks-playing     =+measure
calibrateMuted  =+measure                  !tracks-playing     =+measure           !tracks-playing     =+measure            =+measure           =+measure
cancel          !not-calibrating           !not-calibrating    !not-calibrating    !not-calibrating    !not-calibrating     !not-calibrating    !not-calibrating
`);

const expectedLoop = (track: Track, cell: string) => {
  if (track.state === 'EMPTY') return undefined;
  return cell.endsWith('+capture') ? { ...loop, id: 6, latencyFrames: 480, sound: 'tape' } : loop;
};

describe('a command does what the table says', () => {
  test.each(rows)('%s in %s: %s', (name, situation, cell) => {
    const command = commands[name];
    if (command === undefined) throw new Error(`no command ${name}`);
    const before = sessionIn(situation);
    const { session, effects: asked, refused } = reduce(before, { type: 'command', frame, command });
    const [, state = '', effect, code] = /^([^+!]*)(?:\+(\w+))?(?:!(.+))?$/.exec(cell) ?? [];
    expect(refused?.code).toBe(code);
    const expected = effect === undefined ? [] : [effects[effect]];
    expect(asked).toEqual(effect === 'drop' ? [...expected, released] : expected);
    const [first, track, third] = session.tracks;
    expect(situationOf(track)).toBe(state === '=' || state === '' ? situation : state);
    expect(track && 'loop' in track ? track.loop : undefined).toEqual(track && expectedLoop(track, cell));
    expect([first, third]).toEqual([before.tracks[0], before.tracks[2]]);
    if (code !== undefined) expect({ ...session, touched: 1 }).toEqual(before);
  });
});

describe('a setting', () => {
  const settled = (...list: readonly SessionCommand[]) =>
    list.reduce(
      (session, command) => reduce(session, { type: 'command', frame, command }).session,
      sessionIn('PLAYING'),
    );

  test('of the bars holds for the stomps to come', () => {
    const session = reduce(sessionIn('EMPTY'), {
      type: 'command',
      frame,
      command: { type: 'setBars', bars: 2 },
    }).session;
    const { effects: asked } = reduce(session, { type: 'command', frame, command: { type: 'stomp', track: 2 } });
    expect(asked).toMatchObject([{ type: 'capture', startBeat: 0, endBeat: 8 }]);
  });

  test('of the click leaves the other one alone', () => {
    expect(settled({ type: 'setClickVolume', volume: 0 }).click).toEqual({ volume: 0, muted: false });
    expect(settled({ type: 'muteClick' }, { type: 'setClickVolume', volume: 1 }).click).toEqual({
      volume: 1,
      muted: true,
    });
  });

  test('of the mute is the other one each time, or the one that is named', () => {
    expect(settled({ type: 'muteClick' }, { type: 'muteClick' }).click.muted).toBe(false);
    expect(settled({ type: 'muteClick', muted: true }, { type: 'muteClick', muted: true }).click.muted).toBe(true);
    expect(settled({ type: 'muteClick', muted: false }).click.muted).toBe(false);
  });

  test.each([
    [120, 1, 121],
    [120, -0.5, 119.5],
    [119.97, 0.1, 120.1],
    [399.5, 1, 400],
    [400, 1, 400],
    [20.4, -5, 20],
    [120, 1e9, 400],
  ])('of the tempo by steps: %d and %d is %d', (bpm, by, expected) => {
    const before = sessionIn('EMPTY', { grid: { ...grid, bpm } });
    const { session, refused } = reduce(before, { type: 'command', frame, command: { type: 'changeBpm', by } });
    expect([session.grid.bpm, refused]).toEqual([expected, undefined]);
  });

  test.each([
    [1, 1, 2],
    [8, 1, 12],
    [8, -1, 4],
    [1, -1, 1],
    [32, 1, 32],
    [24, 5, 32],
    [4, -9, 1],
    [2, 3, 12],
    [6, 1, 8],
    [6, -1, 4],
    [31, 1, 32],
    [4, 0, 4],
  ])('of the bars by steps: from %d by %d to %d', (bars, by, expected) => {
    const before = sessionIn('EMPTY', { bars });
    const { session } = reduce(before, { type: 'command', frame, command: { type: 'changeBars', by } });
    expect(session.bars).toBe(expected);
  });

  test('by steps there and back is as it was', () => {
    const there = [0.1, 0.1, 0.1, -0.1, -0.1, -0.1];
    const { grid: after, click } = there
      .flatMap((by): SessionCommand[] => [
        { type: 'changeBpm', by },
        { type: 'changeClickVolume', by },
      ])
      .reduce((session, command) => reduce(session, { type: 'command', frame, command }).session, sessionIn('EMPTY'));
    expect([after.bpm, click.volume]).toEqual([120, 0.5]);
  });

  test.each([
    [0.5, 0.7, 1],
    [0.5, -0.7, 0],
    [0.5, 0.01, 0.51],
  ])('of the volume by steps: %d and %d is %d', (volume, by, expected) => {
    const before = sessionIn('EMPTY', { click: { volume, muted: true } });
    const { session } = reduce(before, { type: 'command', frame, command: { type: 'changeClickVolume', by } });
    expect(session.click).toEqual({ volume: expected, muted: true });
  });

  test('of a new latency moves no loop', () => {
    const session = settled({ type: 'setLatency', frames: 9600 });
    expect(session.latencyFrames).toBe(9600);
    expect(session.tracks).toEqual(sessionIn('PLAYING').tracks);
  });
});

test('a reset clears every track that holds a loop, in their order, and no other', () => {
  const tracks = [
    { id: 1, state: 'PLAYING', loop },
    { id: 2, state: 'EMPTY' },
    { id: 3, state: 'STOPPED', loop: { ...loop, id: 4 } },
  ] as const;
  const { session, effects: asked } = reduce(sessionIn('EMPTY', { tracks, fresh: [1] }), {
    type: 'command',
    frame,
    command: { type: 'reset' },
  });
  expect(asked).toEqual([
    { type: 'clear', track: 1 },
    { type: 'clear', track: 3 },
  ]);
  expect(session.tracks.map(({ state }) => state)).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
  expect(session.fresh).toEqual([]);
});

test('a record without bars takes those of the session, with bars those', () => {
  const record = (bars?: number) =>
    reduce(sessionIn('EMPTY', { bars: 2 }), {
      type: 'command',
      frame,
      command: { type: 'record', track: 2, ...(bars !== undefined && { bars }) },
    }).effects;
  expect(record()).toMatchObject([{ startBeat: 0, endBeat: 8 }]);
  expect(record(1)).toMatchObject([{ startBeat: 4, endBeat: 8 }]);
});
