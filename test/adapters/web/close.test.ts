import { once } from 'node:events';
import { connect } from 'node:net';
import { closeAll, opened, until } from './rig.ts';

afterEach(closeAll);

test('all clients are told of the end, and nobody is asked for anything any more', async () => {
  const rig = await opened();
  const callers = await Promise.all([undefined, 'hindsight.v1', 'hindsight.listen.v1'].map((one) => rig.connect(one)));
  callers[0]?.say({ event: 'initialize' });
  callers[1]?.say({ type: 'watch', topics: ['levels'] });
  await until(() => rig.front.listeners('levels') + rig.front.clients.size === 2);
  const ends = callers.map((caller) => caller.end());
  await rig.close();
  for (const end of ends) expect((await end).code).toBe(1001);
  const { front } = rig;
  expect([front.listeners('levels'), front.listeners('mix'), front.listeners('changes'), front.clients.size]).toEqual([
    0, 0, 0, 0,
  ]);
  await expect(fetch(`http://127.0.0.1:${rig.port}/healthz`)).rejects.toThrow();
});

test('who does not answer, does not read, or has only begun to ask, holds nothing up', async () => {
  const rig = await opened();
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  const silent = [
    '',
    'GET / HT',
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
  ];
  for (const text of silent) {
    const socket = connect(rig.port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    socket.pause();
    socket.write(text);
  }
  await until(() => rig.audience().seed === 1);
  const since = performance.now();
  await Promise.all([rig.close(), rig.close()]);
  // Ordinarily some 280 ms; who were waited for would take 30 s.
  expect(performance.now() - since).toBeLessThan(3000);
});

test('the port is free at once for the next one', async () => {
  const first = await opened();
  await first.connect();
  await first.close();
  const second = await opened({ port: first.port });
  expect(second.port).toBe(first.port);
});
