import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { WebSocket } from 'ws';
import { scratch } from '../files/scratch.ts';
import { closeAll, opened, type Rig, refusedStatus, someOptions } from './rig.ts';

afterEach(closeAll);

const token = 'the-right-token';
const guarded = (limits = {}) => opened({ token }, limits);

const get = async (rig: Rig, path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await fetch(`http://127.0.0.1:${rig.port}${path}`, { headers, method, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const protocols = [undefined, 'hindsight.v1', 'hindsight.listen.v1'];

describe.each(protocols)('a WebSocket of protocol %s', (protocol) => {
  test.each([
    ['http://evil.example', 403],
    ['null', 403],
    ['http://localhost:3000', 101],
  ])('from a page of %s: %i', async (origin, status) => {
    expect(await refusedStatus(await opened(), protocol, { origin })).toBe(status);
  });

  test('from a page that is listed is let in, and one of nowhere where that is listed', async () => {
    const rig = await opened({ origins: ['http://laptop:3000', 'null'] });
    expect(await refusedStatus(rig, protocol, { origin: 'http://laptop:3000' })).toBe(101);
    expect(await refusedStatus(rig, protocol, { origin: 'null' })).toBe(101);
  });

  test('whose name was made to lead here is turned away', async () => {
    const rig = await opened();
    const headers = { host: `evil.example:${rig.port}` };
    expect(await refusedStatus(rig, protocol, { headers, origin: `http://evil.example:${rig.port}` })).toBe(421);
  });

  test.each([
    [{}, '', 401],
    [{ cookie: 'hindsight=wrong' }, '', 401],
    [{}, '?token=wrong', 401],
    [{ cookie: `hindsight=${token}` }, '', 101],
    [{ authorization: `Bearer ${token}` }, '', 101],
    [{}, `?token=${token}`, 101],
  ])('with %j and %j, where a token is asked for: %i', async (headers, query, status) => {
    expect(await refusedStatus(await guarded(), protocol, { headers, query })).toBe(status);
  });
});

test('a protocol that nobody knows is not spoken', async () => {
  expect(await refusedStatus(await opened(), 'hindsight.v9')).toBe(400);
});

test('requests of other pages are turned away before anything is done', async () => {
  const rig = await opened();
  const body = '{"command":{"type":"reset"}}';
  const headers = { 'content-type': 'application/json', origin: 'http://evil.example' };
  const response = await fetch(`http://127.0.0.1:${rig.port}/api/command`, { method: 'POST', body, headers });
  expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ code: 'unknown-origin' })]);
  expect(rig.front.commands).toEqual([]);
});

test.each(['/', '/none', '/assets/x.js'])(
  'who is not paired and asks for %s is told in plain words what to do',
  async (path) => {
    const { status, text, headers } = await get(await guarded(), path);
    expect([status, headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(text).toContain('<code>hindsight pair</code>');
  },
);

test.each(['/api/state', '/api/none', '/metrics', '/api/calibration.svg'])(
  'a program without the token gets nothing of %s',
  async (path) => {
    const rig = await guarded();
    const { status, text, headers } = await get(rig, path);
    expect([status, JSON.parse(text).code]).toEqual([401, 'token-missing']);
    expect(headers.get('www-authenticate')).toContain('Bearer');
    expect((await get(rig, `${path}?token=${token}`)).status).toBe(401);
  },
);

test('the token opens the API', async () => {
  const rig = await guarded();
  expect((await get(rig, '/api/state', { authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await get(rig, '/api/state', { cookie: `hindsight=${token}` })).status).toBe(200);
});

test('the link pairs a browser for a year', async () => {
  const rig = await guarded();
  const { status, headers } = await get(rig, `/pair?token=${token}`);
  expect([status, headers.get('location')]).toEqual([303, '/']);
  expect(headers.get('set-cookie')).toBe(`hindsight=${token}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax`);
  expect(headers.get('cache-control')).toBe('no-store');
});

test.each(['/pair', '/pair?token=', '/pair?token=wrong'])(
  '%s pairs nobody, and says where the right link is',
  async (path) => {
    const { status, text, headers } = await get(await guarded(), path);
    expect(status).toBe(403);
    expect(text).toContain('<code>hindsight pair</code>');
    expect(headers.get('set-cookie')).toBeNull();
  },
);

test('where no token is needed the link leads to the page', async () => {
  const { status, headers } = await get(await opened(), '/pair?token=any');
  expect([status, headers.get('set-cookie')]).toEqual([303, null]);
});

test.each([
  ['links', (rig: Rig) => get(rig, '/pair?token=wrong')],
  ['headers', (rig: Rig) => get(rig, '/api/state', { authorization: 'Bearer wrong' })],
  ['WebSockets', (rig: Rig) => refusedStatus(rig, undefined, { query: '?token=wrong' })],
])(
  'after ten wrong tokens in %s nobody is told from there whether another one is wrong; the right one is taken',
  async (_, guess) => {
    const rig = await guarded();
    for (let count = 0; count < 10; count += 1) await guess(rig);
    const locked = await get(rig, '/pair?token=wrong');
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '60']);
    expect(locked.text).toContain('wait a minute');
    expect((await get(rig, '/api/state', { authorization: 'Bearer wrong' })).status).toBe(429);
    expect(await refusedStatus(rig, undefined, { query: '?token=wrong' })).toBe(429);
    expect((await get(rig, `/pair?token=${token}`)).status).toBe(303);
    expect((await get(rig, '/api/state', { authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await get(rig, '/healthz')).status).toBe(200);
  },
);

/** An address of this machine that is not its own alone, where it has one. */
const elsewhere = Object.values(networkInterfaces())
  .flatMap((infos = []) => infos)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const testFromElsewhere = elsewhere === undefined ? test.skip : test;

testFromElsewhere('who holds many connections from one address shuts out nobody at another one', async () => {
  const rig = await opened({ host: '0.0.0.0', token }, { sockets: 20, socketsPerAddress: 10 });
  const held = Array.from({ length: 40 }, () => connect(rig.port, elsewhere).on('error', () => undefined));
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  expect((await get(rig, '/api/state', { authorization: `Bearer ${token}` })).status).toBe(200);
  for (const socket of held) socket.destroy();
});

test('neither token nor guesses are told in the log', async () => {
  const rig = await guarded();
  await get(rig, '/pair?token=wrong');
  await refusedStatus(rig, undefined, { query: '?token=wrong' });
  await get(rig, `/pair?token=${token}`);
  expect(rig.errors).toEqual([]);
});

const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
})();

describe('under TLS', () => {
  const files = scratch();
  const tls = { cert: files.path('cert.pem'), key: files.path('key.pem') };
  afterAll(() => files.remove());

  const certified = (): void => {
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ];
    execFileSync('openssl', ['req', '-x509', ...made, '-keyout', tls.key, '-out', tls.cert], { stdio: 'ignore' });
  };

  (hasOpenssl ? test : test.skip)('page and WebSockets are protected, and so is the cookie', async () => {
    certified();
    const rig = await opened({ token, tls });
    expect(rig.url).toBe(`https://127.0.0.1:${rig.port}/`);
    const ca = { rejectUnauthorized: false };
    const paired: string = await new Promise((resolve, reject) => {
      import('node:https').then(({ get: getTls }) =>
        getTls(`${rig.url}pair?token=${token}`, ca, (response) => {
          response.resume();
          resolve(String(response.headers['set-cookie']));
        }).on('error', reject),
      );
    });
    expect(paired).toContain('; Secure');
    const headers = { cookie: `hindsight=${token}` };
    const caller = await rig.connect('hindsight.v1', { ...ca, headers });
    await caller.first(1);
    const origin = `http://127.0.0.1:${rig.port}`;
    expect(await refusedStatus(rig, 'hindsight.v1', { ...ca, headers, origin: 'http://hindsight.local' })).toBe(403);
    // Bound to this machine only, its own pages are welcome whatever they come by.
    expect(await refusedStatus(rig, 'hindsight.v1', { ...ca, headers, origin })).toBe(101);
  });

  test('a certificate that is none, or not there, is told', async () => {
    await expect(opened({ tls: { cert: files.path('none'), key: files.path('none') } })).rejects.toMatchObject({
      code: 'tls-unreadable',
    });
    const bad = { cert: files.put('bad.pem', 'x'), key: files.put('bad.key', 'y') };
    await expect(opened({ ...someOptions, tls: bad })).rejects.toMatchObject({ code: 'tls-bad' });
  });
});

test('no more clients than the limit says are let in, and one that leaves makes room', async () => {
  const rig = await opened({}, { clients: 2 });
  const [one] = await Promise.all([rig.connect(), rig.connect('hindsight.v1')]);
  expect(await refusedStatus(rig)).toBe(503);
  one?.ws.close();
  await one?.end();
  expect(await refusedStatus(rig)).toBe(101);
});

test('sixty-four are let in as it comes', async () => {
  const rig = await opened();
  const all = await Promise.all(Array.from({ length: 64 }, () => rig.connect('hindsight.v1')));
  expect(all.every(({ ws }) => ws.readyState === WebSocket.OPEN)).toBe(true);
  expect(await refusedStatus(rig)).toBe(503);
});
