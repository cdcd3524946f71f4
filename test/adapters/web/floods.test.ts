import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { someHealth } from '../../fakes/fake-front-of-house.ts';
import { broken, dice } from './broken-messages.ts';
import { heldMemory } from './held-memory.ts';
import { type Caller, closeAll, opened, until } from './rig.ts';

afterEach(closeAll);

const unlimited = { messagesPerSecond: 1e9, messageBurst: 1e9 };
const protocols = [undefined, 'hindsight.v1'] as const;

test('beyond what is taken of a client its messages are dropped, and it is told once', async () => {
  const rig = await opened({}, { messagesPerSecond: 0.001, messageBurst: 20 });
  const seed = await rig.connect();
  const page = await rig.connect('hindsight.v1');
  for (let count = 0; count < 500; count += 1) {
    seed.say({ event: 'reset' });
    page.say({ type: 'command', id: count, command: { type: 'reset' } });
  }
  for (const { ws } of [seed, page]) {
    ws.ping();
    await once(ws, 'pong');
  }
  await page.until(() => page.of('type', 'error').length === 1);
  await seed.until(() => seed.got.length === 1);
  expect(page.of('type', 'done')).toHaveLength(20);
  expect(page.of('type', 'error')).toEqual([expect.objectContaining({ id: null, code: 'too-many' })]);
  expect(seed.got).toEqual([{ event: 'error', message: expect.stringContaining('Too many') }]);
  expect(rig.front.commands).toHaveLength(40);
});

test.each(protocols)(
  'a message that is too long ends its connection, of protocol %s, and no other',
  async (protocol) => {
    const rig = await opened();
    const [long, other] = await Promise.all([rig.connect(protocol), rig.connect(protocol)]);
    long?.say(' '.repeat(16 * 1024 + 1));
    expect((await long?.end())?.code).toBe(1009);
    other?.say(' '.repeat(16 * 1024));
    await other?.until(() => other.got.some((message) => JSON.stringify(message).includes('JSON')));
  },
);

test.each(protocols)('what is no text under the name of one ends its connection, of protocol %s', async (protocol) => {
  const rig = await opened();
  const caller = await rig.connect(protocol);
  caller.ws.send(Buffer.from([0xff, 0xfe]), { binary: false });
  expect((await caller.end()).code).toBe(1007);
});

const isAnswered = (caller: Caller): Promise<void> => {
  caller.got.length = 0;
  caller.say({ event: 'initialize' });
  caller.say({ type: 'resync' });
  return caller.until(() => JSON.stringify(caller.got.slice(-6)).match(/major_version|snapshot/) !== null);
};

test('a hundred thousand broken messages end nothing and take no memory', async () => {
  const rig = await opened({}, unlimited);
  const callers = await Promise.all([...protocols, ...protocols].map((protocol) => rig.connect(protocol)));
  const roll = dice(42);
  const rounds = 100;
  let settled = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const caller of callers) {
      caller.got.length = 0;
      for (let count = 0; count < 250; count += 1) caller.say(broken(roll));
    }
    for (const caller of callers) {
      await caller.until(() => caller.got.length >= 250);
      expect(caller.got.every((message) => JSON.stringify(message).includes('error'))).toBe(true);
    }
    if (round === rounds / 4) settled = heldMemory();
  }
  for (const caller of callers) caller.got.length = 0;
  // A hundred bytes for each message would be seven and more.
  expect(heldMemory() - settled).toBeLessThan(4);
  for (const caller of callers) await isAnswered(caller);
  expect(rig.front.commands).toEqual([]);
  expect(rig.errors).toEqual([]);
}, 60_000);

test('whatever JSON is sent, the connection stays', async () => {
  const rig = await opened({}, unlimited);
  const callers = await Promise.all(protocols.map((protocol) => rig.connect(protocol)));
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record({
      event: fc.constantFrom('set_bpm', 'backloop', 'start', 'latency'),
      track: fc.jsonValue(),
      bpm: fc.jsonValue(),
    }),
    fc.record({ type: fc.constantFrom('command', 'watch', 'waveform'), id: fc.jsonValue(), command: fc.jsonValue() }),
    fc.record({
      type: fc.constant('command'),
      id: fc.integer(),
      command: fc.record({ type: fc.constantFrom('stomp', 'retake'), track: fc.jsonValue() }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 20 }), async (values) => {
      for (const caller of callers) {
        for (const one of values) caller.say(one);
        await isAnswered(caller);
      }
    }),
  );
  expect(rig.errors).toEqual([]);
}, 60_000);

test('what is no WebSocket at all is turned away, and the others go on', async () => {
  const rig = await opened();
  const caller = await rig.connect('hindsight.v1');
  const roll = dice(7);
  for (let count = 0; count < 200; count += 1) {
    const socket = connect(rig.port, '127.0.0.1');
    const closed = once(socket, 'close');
    socket.on('error', () => undefined).resume();
    socket.end(Buffer.from(Array.from({ length: 1 + roll(200) }, () => roll(256))));
    await closed;
  }
  await isAnswered(caller);
});

test('a burst of changes to many clients does not hold up the rest of the program', async () => {
  const rig = await opened();
  const callers = await Promise.all(Array.from({ length: 64 }, () => rig.connect('hindsight.v1')));
  for (const caller of callers) await caller.first(1);
  for (let count = 0; count < 50; count += 1) rig.front.triggerChange({ touched: count });
  rig.front.triggerTopic('health', { type: 'health', health: someHealth });
  for (const caller of callers) await caller.first(51);
  for (const caller of callers)
    expect(caller.of('type', 'change').map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => 11 + at));
});

test('a connection on which the program makes a mistake ends, and it is told; the others go on', async () => {
  const rig = await opened();
  const caller = await rig.connect('hindsight.v1');
  const snapshot = rig.front.current;
  rig.front.current = { ...snapshot, run: 1n } as never;
  const unlucky = await rig.connect('hindsight.v1');
  expect((await unlucky.end()).code).toBe(1011);
  expect(rig.errors).toEqual([expect.stringContaining('BigInt')]);
  rig.front.current = snapshot;
  await isAnswered(caller);
  await until(() => rig.audience().hindsight === 1);
  caller.ws.close();
  await until(() => rig.front.listeners('changes') === 0);
});
