import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { FakeFrontOfHouse } from '../../fakes/fake-front-of-house.ts';
import { heldMemory } from './held-memory.ts';
import { closeAll, opened, type Rig, turn, until } from './rig.ts';

const stalledSockets: Socket[] = [];
afterEach(async () => {
  for (const socket of stalledSockets.splice(0)) socket.destroy();
  await closeAll();
});

/** Asks for a WebSocket, and never reads. */
const stalled = async ({ port }: Rig, protocol: string | undefined, say: readonly object[] = []): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  stalledSockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  const named = protocol === undefined ? '' : `Sec-WebSocket-Protocol: ${protocol}\r\n`;
  socket.write(
    `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${named}\r\n`,
  );
  for (const message of say) socket.write(masked(JSON.stringify(message)));
  return socket;
};

/** A text frame of up to 125 bytes, under a mask of zeros. */
const masked = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
};

const longText = 'x'.repeat(4000);

/** Changes of four kilobytes each. */
const change = (front: FakeFrontOfHouse): void =>
  front.triggerChange({}, [{ frame: 1, level: 'info', text: longText, code: null, track: null }]);

test('clients that never read neither take memory nor delay another one', async () => {
  const rig = await opened();
  for (let count = 0; count < 4; count += 1) {
    await stalled(rig, 'hindsight.v1', [{ type: 'watch', topics: ['position'] }]);
    await stalled(rig, undefined, [{ event: 'initialize' }]);
  }
  await until(() => rig.front.listeners('position') === 1 && rig.front.clients.size === 4);
  const reader = await rig.connect('hindsight.v1');
  await reader.first(1);
  const before = heldMemory();
  let longest = 0;
  const views = rig.front.current.state.tracks.map(({ id, state }) => ({
    id,
    state,
    startSeconds: null,
    endSeconds: 1,
  }));
  for (let count = 0; count < 10_000; count += 1) {
    reader.got.length = 0;
    const since = performance.now();
    change(rig.front);
    rig.front.triggerClients((client) => client.tracks([...views]));
    rig.front.triggerTopic('position', { type: 'position', frame: count });
    await reader.first(1);
    longest = Math.max(longest, performance.now() - since);
  }
  // 40 megabytes were said; without limits twice that is left.
  expect(heldMemory() - before).toBeLessThan(20);
  // Who were waited for would hold the reader up for the 30 s after which they are given up.
  expect(longest).toBeLessThan(5000);
  expect(reader.got).toEqual([expect.objectContaining({ type: 'change', seq: rig.front.current.seq })]);
});

test('who was behind and reads again gets a snapshot, and changes from there', async () => {
  const rig = await opened();
  const reader = await rig.connect('hindsight.v1');
  await reader.first(1);
  reader.say({ type: 'watch', topics: ['position', 'lamps'] });
  await until(() => rig.front.listeners('lamps') === 1);
  reader.ws.pause();
  const changes = 6000;
  for (let count = 0; count < changes; count += 1) {
    change(rig.front);
    rig.front.triggerTopic('position', { type: 'position', frame: count });
    if (count % 20 === 0) await turn();
  }
  rig.front.triggerTopic('lamps', { type: 'lamps', controllers: [] });
  const last = rig.front.current;
  reader.ws.resume();
  await reader.until(() => reader.of('type', 'snapshot').length === 2 && reader.of('type', 'lamps').length === 1);
  expect(reader.of('type', 'snapshot')[1]).toEqual(JSON.parse(JSON.stringify(last)));
  expect(reader.of('type', 'change').length).toBeLessThan(changes);
  expect(reader.of('type', 'position').length).toBeLessThan(reader.of('type', 'change').length);
  const told = reader.of('type', 'change').map(({ seq }) => seq);
  expect(told).toEqual(Array.from(told, (_, at) => 11 + at));
  change(rig.front);
  await reader.until(() => reader.of('type', 'change').at(-1)?.['seq'] === last.seq + 1);
});

test('a front end of the seed that was behind and reads again is told how all is', async () => {
  const rig = await opened();
  const reader = await rig.connect();
  reader.say({ event: 'initialize' });
  await reader.first(5);
  reader.ws.pause();
  const png = new Uint8Array(100_000);
  for (let count = 0; count < 200; count += 1) {
    rig.front.triggerClients((client) => client.calibrationDiagram({ succeeded: true, png }));
    rig.front.triggerClients((client) => client.beat(1));
    await turn();
  }
  reader.ws.resume();
  await reader.until(() => reader.of('event', 'tracks').length === 2);
  expect(reader.of('event', 'calibration_result').length).toBeLessThan(200);
  expect(reader.of('event', 'major_version')).toHaveLength(1);
});

describe('who asks and does not read the answers', () => {
  const questions = 5000;

  /** One whose questions are not heard any more, and how many were. */
  const unheard = async () => {
    const rig = await opened({}, { messagesPerSecond: 1e9, messageBurst: 1e9, dropAboveBytes: 4096 });
    rig.front.current = { ...rig.front.current, version: longText };
    const reader = await rig.connect('hindsight.v1');
    await reader.first(1);
    reader.ws.pause();
    for (let count = 0; count < questions; count += 1) reader.say({ type: 'resync' });
    let heard = -1;
    while (heard !== rig.front.snapshots) {
      heard = rig.front.snapshots;
      for (let count = 0; count < 200; count += 1) await turn();
    }
    expect(heard).toBeLessThan(questions);
    return { rig, reader, heard };
  };

  test('is not heard until it does', async () => {
    const { reader } = await unheard();
    reader.ws.resume();
    await reader.until(() => reader.got.length > questions);
  });

  test('and goes away is not heard any more: what it said is too old to be done', async () => {
    const { rig, reader, heard } = await unheard();
    reader.ws.terminate();
    await until(() => rig.audience().hindsight === 0);
    expect(rig.front.snapshots).toBe(heard);
  });
});

test.each(['hindsight.v1', 'hindsight.listen.v1', undefined])(
  'a client of %s that does not answer is let go of',
  async (protocol) => {
    const rig = await opened({}, { pingMs: 50 });
    const socket = await stalled(rig, protocol);
    const count = () => Object.values(rig.audience()).reduce((sum, one) => sum + one);
    await until(() => count() === 1);
    await until(() => count() === 0);
    expect(socket.destroyed).toBe(false);
  },
);

test('a client that answers stays', async () => {
  const rig = await opened({}, { pingMs: 20 });
  const caller = await rig.connect('hindsight.v1');
  for (let pings = 0; pings < 5; pings += 1) await once(caller.ws, 'ping');
  expect(caller.ws.readyState).toBe(WebSocket.OPEN);
});

test('a client that lies behind has its time to catch up, and is let go of then', async () => {
  const rig = await opened({}, { pingMs: 1000, stallMs: 1500 });
  const caller = await rig.connect('hindsight.v1');
  await caller.first(1);
  caller.ws.pause();
  const gone = once(caller.ws, 'close');
  const since = performance.now();
  while (rig.audience().hindsight === 1) {
    change(rig.front);
    await turn();
  }
  expect(performance.now() - since).toBeGreaterThan(1500);
  caller.ws.resume();
  await gone;
});
