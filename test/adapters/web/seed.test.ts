import { noPicture } from '../../../src/adapters/web/seed-words.ts';
import { FakeFrontOfHouse, someState } from '../../fakes/fake-front-of-house.ts';
import { closeAll, opened } from './rig.ts';

afterEach(closeAll);

const tracksOf = (state: string) =>
  Array.from({ length: 8 }, (_, track_id) => ({ track_id, start_timestamp: null, end_timestamp: null, state }));

const initialized = async (front?: FakeFrontOfHouse) => {
  const rig = await opened({}, {}, front);
  const caller = await rig.connect();
  caller.say({ event: 'initialize' });
  await caller.first(5);
  caller.got.length = 0;
  return { rig, caller };
};

test('a front end that initializes is told tempo, volume, latency, tracks and version, in this order', async () => {
  const { connect } = await opened();
  const caller = await connect();
  caller.say({ event: 'initialize' });
  expect(await caller.first(5)).toEqual([
    { event: 'bpm', bpm: 120 },
    { event: 'clicktrack_volume', volume: 0.5 },
    { event: 'latency', latency_seconds: 0.01 },
    { event: 'tracks', tracks: tracksOf('EMPTY') },
    { event: 'major_version', message: 0, using_automatic_latency_correction: false },
  ]);
});

test('who initializes again is told all again, and of each change once', async () => {
  const { rig, caller } = await initialized();
  caller.say({ event: 'initialize' });
  await caller.first(5);
  expect(rig.front.clients.size).toBe(1);
  rig.front.triggerClients((client) => client.beat(1));
  await caller.first(6);
  expect(caller.of('event', 'major_version')).toHaveLength(1);
});

test('the beats, the tracks and what is set are told as they change', async () => {
  const { rig, caller } = await initialized();
  rig.front.triggerClients((client) => {
    client.beat(4);
    client.bpm(90);
    client.clickVolume(0.25);
    client.latency(0.02);
    client.tracks([{ id: 8, state: 'PLAYING', startSeconds: 1.5, endSeconds: 3.5 }]);
  });
  expect(await caller.first(5)).toEqual([
    { event: 'tempo', beat: 4 },
    { event: 'bpm', bpm: 90 },
    { event: 'clicktrack_volume', volume: 0.25 },
    { event: 'latency', latency_seconds: 0.02 },
    {
      event: 'tracks',
      tracks: [{ track_id: 7, start_timestamp: 1.5, end_timestamp: 3.5, state: 'PLAYING' }],
    },
  ]);
});

test.each([
  [
    { event: 'set_bpm', bpm: 96.5 },
    { type: 'setBpm', bpm: 96.5 },
  ],
  [
    { event: 'backloop', track: 0, bars_to_record: 4 },
    { type: 'record', track: 1, bars: 4 },
  ],
  [
    { event: 'backloop', track: 7, bars_to_record: 1, more: true },
    { type: 'record', track: 8, bars: 1 },
  ],
  [
    { event: 'start', track: 2 },
    { type: 'start', track: 3 },
  ],
  [
    { event: 'stop', track: 7 },
    { type: 'stop', track: 8 },
  ],
  [{ event: 'reset' }, { type: 'reset' }],
  [{ event: 'calibrate' }, { type: 'calibrate' }],
  [
    { event: 'clicktrack_volume', volume: 0.3 },
    { type: 'setClickVolume', volume: 0.3 },
  ],
  [
    { event: 'clicktrack_volume', volume: 7 },
    { type: 'setClickVolume', volume: 1 },
  ],
  [
    { event: 'clicktrack_volume', volume: -7 },
    { type: 'setClickVolume', volume: 0 },
  ],
  [
    { event: 'latency', latency_seconds: 0.0123 },
    { type: 'setLatency', frames: 590 },
  ],
])('%j does %j, also for who has not initialized', async (message, command) => {
  const { connect, front } = await opened();
  const caller = await connect();
  caller.say(message);
  caller.say('the end');
  await caller.first(1);
  expect(front.commands).toEqual([[command, undefined]]);
  expect(caller.got).toEqual([{ event: 'error', message: 'Cannot decode JSON' }]);
});

test.each([
  ['{', 'Cannot decode JSON'],
  ['', 'Cannot decode JSON'],
  ['{"event":"dance"}', 'Unknown event type'],
  ['{"event":5}', 'Unknown event type'],
  ['{}', 'Unknown event type'],
  ['5', 'Unknown event type'],
  ['null', 'Unknown event type'],
  ['[]', 'Unknown event type'],
  ['{"event":"backloop","track":1}', expect.stringContaining('bars_to_record')],
  ['{"event":"backloop","track":"1","bars_to_record":1}', expect.stringContaining('expected number')],
  ['{"event":"start","track":8}', 'start: there is no track 8; tracks are 0 to 7'],
  ['{"event":"stop","track":-1}', expect.stringContaining('>=0')],
  ['{"event":"start","track":0.5}', expect.stringContaining('expected int')],
  ['{"event":"set_bpm","bpm":"fast"}', expect.stringContaining('bpm')],
])('%s is answered with an error, and the connection stays', async (text, message) => {
  const { connect, front } = await opened();
  const caller = await connect();
  caller.say(text);
  await caller.first(1);
  caller.say({ event: 'reset' });
  caller.say({ event: 'initialize' });
  await caller.first(6);
  expect(caller.got[0]).toEqual({ event: 'error', message });
  expect(front.commands).toEqual([[{ type: 'reset' }, undefined]]);
});

test('a message that is no text is no JSON', async () => {
  const caller = await (await opened()).connect();
  caller.ws.send(Buffer.from([1, 2]), { binary: true });
  expect(await caller.first(1)).toEqual([{ event: 'error', message: 'Cannot decode JSON' }]);
});

test('what the session refuses is answered with its reason', async () => {
  const reason = 'tempo 0 is not possible; 20 to 300 is';
  const { caller } = await initialized(new FakeFrontOfHouse({ command: () => ({ code: 'out-of-range', reason }) }));
  caller.say({ event: 'set_bpm', bpm: 0 });
  expect(await caller.first(1)).toEqual([{ event: 'error', message: reason }]);
});

test('a command on which the looper breaks is told, and the connection stays', async () => {
  const { rig, caller } = await initialized(new FakeFrontOfHouse());
  caller.say({ event: 'reset' });
  await caller.first(1);
  expect(caller.got).toEqual([{ event: 'error', message: expect.stringContaining('could not do it') }]);
  expect(rig.errors).toEqual([expect.stringContaining('command reset failed')]);
});

test.each([
  [true, 'SUCCESS', new Uint8Array([137, 80]), Buffer.from([137, 80]).toString('base64')],
  [false, 'FAIL', new Uint8Array(0), noPicture],
])(
  'a measurement that succeeded: %s, is told as %s, always with a picture',
  async (succeeded, message, png, figure) => {
    const { rig, caller } = await initialized();
    rig.front.triggerClients((client) => client.calibrationDiagram({ succeeded, png }));
    expect(await caller.first(1)).toEqual([{ event: 'calibration_result', message, figure }]);
  },
);

test('any number of front ends get the same, and one that goes away abruptly disturbs nobody', async () => {
  const rig = await opened();
  const callers = await Promise.all(Array.from({ length: 5 }, () => rig.connect()));
  for (const caller of callers) caller.say({ event: 'initialize' });
  for (const caller of callers) await caller.first(5);
  expect(rig.audience()).toEqual({ seed: 5, hindsight: 0, listeners: 0 });
  callers[0]?.ws.terminate();
  rig.front.triggerClients((client) => client.beat(2));
  for (const caller of callers.slice(1)) expect((await caller.first(6))[5]).toEqual({ event: 'tempo', beat: 2 });
});

test('who has gone is told of nothing any more', async () => {
  const { rig, caller } = await initialized();
  caller.ws.close();
  await caller.end();
  await rig.close();
  expect(rig.front.clients.size).toBe(0);
});

test('tracks on this wire are those that there are, also fewer', async () => {
  const front = new FakeFrontOfHouse({ command: () => undefined });
  front.current = { ...front.current, state: { ...someState, tracks: someState.tracks.slice(0, 6) } };
  const { caller } = await initialized(front);
  caller.say({ event: 'start', track: 6 });
  expect(await caller.first(1)).toEqual([{ event: 'error', message: 'start: there is no track 6; tracks are 0 to 5' }]);
});
