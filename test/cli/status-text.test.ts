import { statusText } from '../../src/cli/status-text.ts';
import type { Status } from '../../src/ports/status.ts';
import { someHealth, someState } from '../fakes/fake-front-of-house.ts';

const aStatus = (changed: Partial<Status> = {}): Status => ({
  ...{ version: '1.2.3', pid: 77, stateFolder: '/state', state: someState, health: someHealth },
  controllers: [
    { name: 'pads', title: 'Pads', why: '', connected: true },
    { name: 'pedal', title: 'Pedal', why: '', connected: false },
  ],
  ...changed,
});

const warning = (level: 'bad' | 'warn', title: string, sinceSeconds: number) => ({
  ...{ code: 'hot' as const, level, title, sinceSeconds, text: `${title} is to be mended` },
});

test('it begins with who it is, and with what is not well in the order in which it comes', () => {
  const warnings = [warning('bad', 'Power low', 2.5), warning('warn', 'Hot', 11.5)];
  const [first, ...rest] = statusText(aStatus({ health: { ...someHealth, warnings } })).split('\n');
  expect(first).toBe('Hindsight 1.2.3, up 12 s, process 77');
  expect(rest.slice(0, 2)).toEqual([
    'health       BAD   Power low (for 10 s): Power low is to be mended',
    '             warn  Hot (for 1 s): Hot is to be mended',
  ]);
});

test('all that is asked of it is there, aligned', () => {
  const loop = {
    ...{ id: 1, beats: 8, startFrame: 0, endFrame: 1, passBeat: 0, latencyFrames: 480, nudgeFrames: 0 },
    ...{ lostFrames: 9, sound: 'here' as const },
  };
  const [, ...others] = someState.tracks;
  const tracks = [{ id: 1, state: 'PLAYING' as const, waitsFor: null, loop }, ...others];
  const text = statusText(aStatus({ state: { ...someState, tracks, set: { name: 'ballad', incoming: null } } }));
  for (const line of [
    'health       all is well',
    'set          ballad; kept on disk',
    'interface    card; 48000 Hz, 256 frames a block, 2 written ahead',
    'latency      480 frames = 10.0 ms, manual',
    'tempo        120 BPM, 4 beats a bar, 2 bars a stomp; now bar 1, beat 1',
    'controllers  pedal: unplugged',
    '             pads: Pads',
    'tracks       1 PLAYING, 8 beats, with a hole',
    '             7 tracks empty',
    'memory       0 s of 22 min 13 s in loops and undo; tape 3 min 0 s',
    'sound        load 2 %, worst block lately 10 % of its time',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toContain('1 xrun (256 frames lost); 2 blocks late');
});

test('what the machine tells is told, and what it does not tell is left out', () => {
  const throttling = {
    ...{ underVoltage: false, frequencyCapped: false, throttled: false, softLimit: false },
    ...{ underVoltageSeen: true, throttledSeen: false },
  };
  const disk = {
    ...{ freeBytes: 2 ** 33, totalBytes: 2 ** 35, isReadOnly: false, writtenBytes: 0 },
    wear: { lifeUsed: 0.2, reserve: 'normal' as const },
  };
  const machine = {
    ...{ temperatureC: 61.3, temperatureLimitC: 80, throttling, disk },
    ...{ memoryAvailableBytes: 2 ** 31, memoryTotalBytes: 2 ** 32 },
  };
  const text = statusText(aStatus({ health: { ...someHealth, machine } }));
  expect(text).toContain(
    'machine      61 degrees (slower from 80 on); power was too low since it was switched on; load 25 % of each core',
  );
  expect(text).toContain('2.0 GB of memory free; disk 8.0 GB free of 32.0 GB');
  expect(text).toContain('20 % of its life used');
  expect(statusText(aStatus())).toContain('machine      load 25 % of each core\n');
});
