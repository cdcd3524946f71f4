import { gateOf } from '../../../src/adapters/web/gate.ts';

const house = { host: '127.0.0.1', hostname: 'Stage-Pi', names: [], origins: [], isTls: false };
const local = gateOf(house);
const open = gateOf({ ...house, host: '0.0.0.0', names: ['Looper.example.org'] });

test.each([
  'localhost',
  'localhost:8001',
  'LOCALHOST:8001',
  '127.0.0.1:8001',
  '[::1]:8001',
  '[::1]',
  'stage-pi',
  'stage-pi.local:8001',
  'hindsight.local',
])('a looper of this machine is known as %s', (host) => expect(local(host, undefined)).toBeUndefined());

test.each([
  undefined,
  '',
  'evil.example',
  'evil.example:8001',
  'a.localhost',
  'localhost.evil.example',
  'localhost.',
  '127.0.0.1.evil.example',
  '192.168.1.5',
  '[fd00::1]:8001',
  'user@localhost',
  'localhost:8001:8001',
  'localhost:port',
  'localhost/',
  'localhost evil.example',
  'localhost,evil.example',
  '::1',
  '2130706433',
  '[localhost]',
  'looper.example.org',
])('a looper of this machine is not known as %s', (host) => {
  expect(local(host, undefined)).toMatchObject({ status: 421, code: 'unknown-host' });
});

test.each([
  '192.168.1.5:8001',
  '10.0.0.9',
  '[fd00::1]:8001',
  'looper.example.org',
  'LOOPER.EXAMPLE.ORG:80',
  'localhost',
])('a looper that is reached from elsewhere is known as %s', (host) => expect(open(host, undefined)).toBeUndefined());

test.each(['evil.example', '1.2.3', '1.2.3.4.5', '[fd00::zz]', '0x7f000001', 'example.org'])(
  'a looper that is reached from elsewhere is not known as %s',
  (host) => expect(open(host, undefined)).toMatchObject({ status: 421 }),
);

test.each([
  ['localhost:8001', 'http://localhost:8001'],
  ['localhost:8001', 'HTTP://LOCALHOST:8001'],
  ['localhost:8001', 'http://localhost:3000'],
  ['127.0.0.1:8001', 'http://localhost:3000'],
  ['127.0.0.1:8001', 'http://[::1]:3000'],
  ['127.0.0.1:8001', 'https://127.0.0.1'],
])('at %s a page of this machine is welcome: %s', (host, origin) => expect(local(host, origin)).toBeUndefined());

test.each([
  ['localhost:8001', 'http://evil.example'],
  ['localhost:8001', 'http://localhost.evil.example:8001'],
  ['localhost:8001', 'http://evil.example@localhost:8001'],
  ['localhost:8001', 'null'],
  ['localhost:8001', ''],
  ['localhost:8001', 'file://'],
  ['localhost:8001', 'ftp://localhost'],
  ['localhost:8001', 'http://localhost:8001/'],
  ['localhost:8001', 'http://localhost:8001, http://evil.example'],
  ['stage-pi.local:8001', 'http://hindsight.local:8001'],
])('at %s a page from elsewhere is not: %s', (host, origin) => {
  expect(local(host, origin)).toMatchObject({ status: 403, code: 'unknown-origin' });
});

test.each([
  ['192.168.1.5:8001', 'http://192.168.1.5:8001', true],
  ['looper.example.org', 'https://looper.example.org', true],
  ['192.168.1.5:8001', 'http://192.168.1.5', false],
  ['192.168.1.5:8001', 'http://192.168.1.6:8001', false],
  ['192.168.1.5:8001', 'http://localhost:3000', false],
  ['localhost:8001', 'http://localhost:3000', false],
])('reached from elsewhere at %s, only its own page is welcome: %s, %s', (host, origin, isWelcome) => {
  expect(open(host, origin) === undefined).toBe(isWelcome);
});

test('under TLS a page that was not protected is not welcome', () => {
  const safe = gateOf({ ...house, host: '0.0.0.0', isTls: true });
  expect(safe('10.0.0.9:8001', 'https://10.0.0.9:8001')).toBeUndefined();
  expect(safe('10.0.0.9:8001', 'http://10.0.0.9:8001')).toMatchObject({ status: 403 });
});

test.each(['http://laptop:3000', 'HTTP://LAPTOP:3000', 'null'])('%s is welcome where the settings say so', (origin) => {
  const listed = gateOf({ ...house, origins: ['http://Laptop:3000', 'null'] });
  expect(listed('localhost:8001', origin)).toBeUndefined();
  expect(listed('evil.example', origin)).toMatchObject({ status: 421 });
});
