import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { FakeFrontOfHouse, someHealth, someSnapshot } from '../../fakes/fake-front-of-house.ts';
import { type Scratch, scratch } from '../files/scratch.ts';
import { closeAll, opened, someOptions } from './rig.ts';

afterEach(closeAll);

type Got = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: Buffer };
type Asked = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string | Buffer };

/** As it is written, without a browser's tidying up of the path. */
const ask = (port: number, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });

const jsonOf = ({ body }: Got): unknown => JSON.parse(String(body));

const posted = (port: number, body: string, headers: Record<string, string> = {}) =>
  ask(port, '/api/command', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('for pages of other origins', () => {
  const origin = 'http://laptop:3000';

  test('that the settings name commands can be posted, and what is answered be read', async () => {
    const { port, front } = await opened({ origins: [origin] });
    const asked = await ask(port, '/api/command', { method: 'OPTIONS', headers: { origin } });
    expect(asked.status).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization, content-type',
    });
    const got = await posted(port, '{"command":{"type":"stomp","track":1}}', { origin });
    expect([got.status, got.headers['access-control-allow-origin']]).toEqual([200, origin]);
    expect(front.commands).toHaveLength(1);
  });

  test('what is wrong can be read, too', async () => {
    const { port } = await opened({ origins: [origin], token: 'a token' });
    const got = await posted(port, '{}', { origin });
    expect([got.status, got.headers['access-control-allow-origin']]).toEqual([401, origin]);
  });

  test('that it does not name nothing is answered, not even before', async () => {
    const { port, front } = await opened();
    const headers = { origin: 'http://evil.example' };
    expect((await ask(port, '/api/command', { method: 'OPTIONS', headers })).status).toBe(403);
    const got = await posted(port, '{"command":{"type":"stomp","track":1}}', headers);
    expect([got.status, got.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(front.commands).toEqual([]);
  });

  test('nothing is loaded as a picture or by a link, for which browsers tell no origin', async () => {
    const { port } = await opened();
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await ask(port, '/api/export.zip', { headers })).status).toBe(403);
    expect((await ask(port, '/api/state', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });
});

describe('for programs', () => {
  test('the state is the snapshot', async () => {
    const { port } = await opened();
    const got = await ask(port, '/api/state');
    expect(jsonOf(got)).toEqual(someSnapshot);
    expect(got.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  test('a command is done as of its frame, and answered with the change that tells of it', async () => {
    const { port, front } = await opened();
    const got = await posted(port, '{"command":{"type":"stomp","track":2},"frame":5}');
    expect([got.status, jsonOf(got)]).toEqual([200, { seq: 10 }]);
    expect(front.commands).toEqual([[{ type: 'stomp', track: 2 }, 5]]);
  });

  test('what is refused is a conflict, with the code and the reason', async () => {
    const refusal = { code: 'empty', reason: 'track 2 is empty; record it first' } as const;
    const { port } = await opened({}, {}, new FakeFrontOfHouse({ command: () => refusal }));
    const got = await posted(port, '{"command":{"type":"start","track":2}}');
    expect([got.status, jsonOf(got)]).toEqual([409, refusal]);
  });

  test.each([
    ['{', 'not-json'],
    ['', 'not-json'],
    ['[]', 'malformed'],
    ['{"command":{"type":"dance"}}', 'malformed'],
    ['{"command":{"type":"reset"},"more":1}', 'malformed'],
    ['{"command":{"type":"reset"},"frame":0.5}', 'malformed'],
  ])('%j is no command', async (body, code) => {
    const { port, front } = await opened();
    const got = await posted(port, body);
    expect([got.status, jsonOf(got)]).toEqual([400, { code, reason: expect.any(String) }]);
    expect(front.commands).toEqual([]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
    'a command as %j could come from a form of another page',
    async (type) => {
      const { port } = await opened();
      expect((await posted(port, '{"command":{"type":"reset"}}', { 'content-type': type })).status).toBe(415);
    },
  );

  test.each([{}, { 'transfer-encoding': 'chunked' }])(
    'a command of more than 16 KiB is too long, %j',
    async (headers) => {
      const { port, front } = await opened();
      const got = await posted(port, `{"command":{"type":"reset"}${' '.repeat(20_000)}}`, headers);
      expect([got.status, jsonOf(got)]).toEqual([413, expect.objectContaining({ code: 'too-long' })]);
      expect(front.commands).toEqual([]);
    },
  );

  test.each([
    ['DELETE', '/api/state', 'GET, HEAD'],
    ['POST', '/api/state', 'GET, HEAD'],
    ['GET', '/api/command', 'POST'],
    ['HEAD', '/api/command', 'POST'],
    ['OPTIONS', '/api/command', 'POST'],
    ['POST', '/metrics', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['POST', '/pair', 'GET, HEAD'],
    ['POST', '/', 'GET, HEAD'],
  ])('%s %s is not allowed, and told what is', async (method, path, allowed) => {
    const { port } = await opened();
    const got = await ask(port, path, { method });
    expect([got.status, got.headers['allow']]).toEqual([405, allowed]);
  });

  test('more requests than are taken are turned away', async () => {
    const { port } = await opened({}, { messagesPerSecond: 0.001, messageBurst: 2 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ask(port, '/api/state')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await ask(port, '/healthz')).status).toBe(200);
  });

  test('the picture of the last measurement is there once there was one', async () => {
    let svg: string | undefined;
    const { port } = await opened({}, {}, new FakeFrontOfHouse({ calibrationSvg: () => svg }));
    const none = await ask(port, '/api/calibration.svg');
    expect([none.status, jsonOf(none)]).toEqual([404, expect.objectContaining({ code: 'no-picture' })]);
    svg = '<svg/>';
    const got = await ask(port, '/api/calibration.svg');
    expect([got.status, String(got.body), got.headers['content-type']]).toEqual([200, '<svg/>', 'image/svg+xml']);
    expect(got.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('what breaks is told in the log, not to who asks', async () => {
    const front = new FakeFrontOfHouse({
      health: () => {
        throw new Error('the secret of the disk');
      },
    });
    const { port, errors } = await opened({}, {}, front);
    const got = await ask(port, '/metrics');
    expect([got.status, String(got.body)]).toEqual([500, expect.not.stringContaining('secret')]);
    expect(errors).toEqual([expect.stringContaining('the secret of the disk')]);
  });
});

describe('for who looks after the box', () => {
  test.each([
    [undefined, 200, 'ok\n'],
    ['the audio thread stands still', 503, 'the audio thread stands still\n'],
  ])('whether it is well is told without a token: %s', async (trouble, status, body) => {
    const { port } = await opened({ token: 'secret', isWell: () => trouble });
    const got = await ask(port, '/healthz');
    expect([got.status, String(got.body)]).toEqual([status, body]);
  });

  test('the figures are as Prometheus reads them', async () => {
    const { port, connect } = await opened({}, {}, new FakeFrontOfHouse({ health: () => someHealth }));
    await connect('hindsight.v1');
    const got = await ask(port, '/metrics');
    expect(got.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = String(got.body).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE hindsight_xruns_total counter',
        'hindsight_xruns_total 1',
        'hindsight_worst_block_seconds 0.002',
        'hindsight_resident_memory_bytes 100000000',
        'hindsight_tracks{state="EMPTY"} 8',
        'hindsight_tracks{state="PLAYING"} 0',
        'hindsight_clients{protocol="hindsight"} 1',
        'hindsight_bpm 120',
        'hindsight_uptime_seconds 12.5',
        'hindsight_disk_free_bytes 1000000',
        'hindsight_engine_load_worst 0.1',
        'hindsight_health_look_seconds 0.0002',
        'hindsight_controllers 1',
        'hindsight_info{version="0.1.0"} 1',
      ]),
    );
    expect(lines.at(-1)).toBe('');
    const names = new Set<string>();
    for (const line of lines.slice(0, -1)) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) hindsight_[a-z0-9_]+ .+|hindsight_[a-z0-9_]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+)$/,
      );
      const [, name] = /^# TYPE (\S+)/.exec(line) ?? [];
      if (name === undefined) continue;
      expect(names.has(name)).toBe(false);
      names.add(name);
    }
  });
});

describe('the page', () => {
  let files: Scratch;
  const script = 'console.log(1);'.repeat(100);
  beforeEach(() => {
    files = scratch();
    mkdirSync(files.path('page/assets'), { recursive: true });
    files.put('secret.txt', 'secret');
    files.put('page/index.html', '<!doctype html><p>page</p>');
    files.put('page/icon.png', new Uint8Array([137, 80]));
    files.put('page/assets/app-3f2a.js', script);
  });
  afterEach(() => files.remove());
  const page = () => opened({ pageFolder: files.path('page') });

  test('its files are served by their exact names', async () => {
    const { port } = await page();
    const index = await ask(port, '/');
    expect([index.status, String(index.body)]).toEqual([200, '<!doctype html><p>page</p>']);
    expect(index.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    expect((await ask(port, '/index.html?x=1')).body).toEqual(index.body);
    expect((await ask(port, '/icon.png')).headers['content-type']).toBe('image/png');
    const app = await ask(port, '/assets/app-3f2a.js');
    expect(String(app.body)).toBe(script);
    expect(app.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('who takes gzip gets it, where it is shorter', async () => {
    const { port } = await page();
    const headers = { 'accept-encoding': 'deflate, gzip;q=0.8, br' };
    const app = await ask(port, '/assets/app-3f2a.js', { headers });
    expect(app.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(app.body.length).toBeLessThan(200);
    expect((await ask(port, '/icon.png', { headers })).headers['content-encoding']).toBeUndefined();
    for (const refusing of ['gzip;q=0', 'gzip; q=0.0', 'br', 'xgzip']) {
      const plain = await ask(port, '/assets/app-3f2a.js', { headers: { 'accept-encoding': refusing } });
      expect(plain.headers['content-encoding']).toBeUndefined();
    }
  });

  test('who has a file already is told so', async () => {
    const { port } = await page();
    const { headers } = await ask(port, '/');
    const tag = String(headers['etag']);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const got = await ask(port, '/', { headers: { 'if-none-match': known } });
      expect([got.status, got.body.length, got.headers['etag']]).toEqual([304, 0, tag]);
    }
    expect((await ask(port, '/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('HEAD tells the same without the body', async () => {
    const { port } = await page();
    for (const path of ['/', '/assets/app-3f2a.js', '/healthz', '/api/state']) {
      const got = await ask(port, path);
      const head = await ask(port, path, { method: 'HEAD' });
      expect([head.status, head.body.length, head.headers['content-length']]).toEqual([
        got.status,
        0,
        got.headers['content-length'],
      ]);
    }
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/../index.html',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '//index.html',
    '/./index.html',
    '/index.html/',
    '/index.html%00',
    '/INDEX.HTML',
    '/assets',
    '/assets/',
    '/__proto__',
    '/constructor',
    '/api/constructor',
    'http://elsewhere.example/index.html',
    '/....//secret.txt',
  ])('%s is no file of the page', async (path) => {
    const { port } = await page();
    const got = await ask(port, path);
    expect([got.status, jsonOf(got)]).toEqual([404, { code: 'not-found', reason: expect.any(String) }]);
  });

  test('what changes on the disk is not served before the next start', async () => {
    const { port } = await page();
    files.put('page/index.html', 'other');
    files.put('page/new.txt', 'new');
    expect(String((await ask(port, '/')).body)).toContain('page');
    expect((await ask(port, '/new.txt')).status).toBe(404);
  });

  test('where it was not built, that is told', async () => {
    const { port } = await opened({ pageFolder: files.path('none') });
    const got = await ask(port, '/');
    expect([got.status, String(got.body)]).toEqual([503, expect.stringContaining('./scripts/build')]);
  });
});

describe('every answer', () => {
  const raw = (port: number, text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let got = '';
      socket.setEncoding('utf8').on('data', (piece) => {
        got += piece;
      });
      socket.on('error', () => undefined).on('close', () => resolve(got));
      socket.end(text);
    });

  const get = (path: string, headers: string): string => `GET ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`;
  const websocket = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';

  test.each([
    [200, get('/healthz', 'Host: localhost\r\n')],
    [404, get('/none', 'Host: localhost\r\n')],
    [421, get('/', '')],
    [421, get('/', 'Host: evil.example\r\n')],
    [403, get('/', 'Host: localhost\r\nOrigin: http://evil.example\r\n')],
    [400, 'nonsense\r\n\r\n'],
    [400, get('/', 'Host: localhost\r\nContent-Length: x\r\n')],
    [431, get('/', `Host: localhost\r\nX: ${'x'.repeat(20_000)}\r\n`)],
    [421, get('/', `Host: evil.example\r\n${websocket}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`)],
    [404, get('/none', `Host: localhost\r\n${websocket}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`)],
    [400, get('/', `Host: localhost\r\n${websocket}Sec-WebSocket-Key: short\r\n`)],
    [400, get('/', 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n')],
  ])('%i has the headers that keep a browser out of harm', async (status, text) => {
    const { port } = await opened();
    const got = await raw(port, text);
    expect(got).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const header of [
      "Content-Security-Policy: default-src 'self'",
      'X-Content-Type-Options: nosniff',
      'Referrer-Policy: no-referrer',
      'Cross-Origin-Opener-Policy: same-origin',
      'Cross-Origin-Resource-Policy: same-origin',
      'Permissions-Policy: ',
      'Cache-Control: no-store',
    ]) {
      expect(got).toContain(header);
    }
    expect(got).not.toMatch(/^(server|x-powered-by):/im);
  });

  test('who begins a request and does not end it is sent away', async () => {
    const { port } = await opened({}, { requestMs: 200 });
    const slow = (text: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        let got = '';
        socket.setEncoding('utf8').on('data', (piece) => {
          got += piece;
        });
        socket.on('close', () => resolve(got)).on('error', () => undefined);
      });
    const half = await Promise.all(['GET / HTTP/1.1\r\nHost: lo', ''].map(slow));
    for (const got of half) expect(got).toMatch(/^HTTP\/1.1 408 /);
  });
});

test('where the looper can be reached from elsewhere without a token, it does not open', async () => {
  await expect(opened({ ...someOptions, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'token-missing' });
});

test('a port that is taken is told as such, an address of another machine too', async () => {
  const { port } = await opened();
  await expect(opened({ port })).rejects.toMatchObject({ name: 'UserError', code: 'port-taken' });
  await expect(opened({ host: '192.0.2.1', token: 'x' })).rejects.toMatchObject({ code: 'host-unknown' });
});
