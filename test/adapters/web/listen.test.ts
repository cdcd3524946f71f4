import { once } from 'node:events';
import { soundBytes } from '../../../src/adapters/web/listening.ts';
import { closeAll, opened, turn, until } from './rig.ts';

afterEach(closeAll);

const listen = 'hindsight.listen.v1';

test('a piece is its first frame and its samples, little endian', () => {
  const samples = new Int16Array([9, 1, -2, 0x1234, -32_768]).subarray(1);
  expect(Buffer.from(soundBytes({ frame: 0x1_0000_0001, samples })).toString('hex')).toBe(
    '01000000010000000100feff34120080',
  );
});

test('who listens is told the format, and then hears the mix', async () => {
  const rig = await opened();
  const caller = await rig.connect(listen);
  expect(await caller.first(1)).toEqual([{ type: 'format', rate: 48_000, channels: 2, bits: 16 }]);
  const piece = { frame: 960, samples: new Int16Array([1, 2, 3, 4]) };
  rig.front.triggerMix(piece);
  expect((await caller.first(2))[1]).toEqual(Buffer.from(soundBytes(piece)));
});

test('the mix is made while somebody listens, once for all', async () => {
  const rig = await opened();
  await rig.connect('hindsight.v1');
  expect(rig.front.listeners('mix')).toBe(0);
  const [one, other] = await Promise.all([rig.connect(listen), rig.connect(listen)]);
  expect([rig.front.listeners('mix'), rig.audience().listeners]).toEqual([1, 2]);
  one?.ws.terminate();
  other?.ws.terminate();
  await until(() => rig.front.listeners('mix') === 0);
});

test('no more listen than may, and one who leaves makes room', async () => {
  const rig = await opened({ listeners: 1 });
  const first = await rig.connect(listen);
  await first.first(1);
  const second = await rig.connect(listen);
  expect(await second.end()).toEqual({ code: 4009, reason: expect.stringContaining('1 may listen') });
  expect(rig.audience().listeners).toBe(1);
  first.ws.close();
  await first.end();
  await until(() => rig.audience().listeners === 0);
  const third = await rig.connect(listen);
  await third.first(1);
});

test('who is late hears a gap and then what sounds now, not the past', async () => {
  const rig = await opened();
  const caller = await rig.connect(listen);
  await caller.first(1);
  caller.ws.pause();
  const samples = new Int16Array(1920);
  const pieces = 5000;
  for (let count = 0; count < pieces; count += 1) {
    rig.front.triggerMix({ frame: count * 960, samples });
    if (count % 10 === 0) await turn();
  }
  caller.ws.resume();
  await turn();
  while (!caller.got.some((piece) => Buffer.isBuffer(piece) && piece.readBigInt64LE() === -1n)) {
    rig.front.triggerMix({ frame: -1, samples });
    await turn();
  }
  expect(caller.got.length).toBeLessThan(pieces);
});

test('what a listener says is of no account', async () => {
  const rig = await opened();
  const caller = await rig.connect(listen);
  caller.say('anything');
  caller.say({ type: 'command', id: 1, command: { type: 'reset' } });
  caller.ws.ping();
  await once(caller.ws, 'pong');
  expect(caller.got).toEqual([expect.objectContaining({ type: 'format' })]);
  expect(rig.front.commands).toEqual([]);
});
