import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'uqr';
import { pairingWays } from '../../src/cli/pairing-urls.ts';
import { localNameOf } from '../../src/compose/pairing.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { type Ended, hindsightStarted } from '../integration/program.ts';

const { web } = loadConfig(undefined);

let files: Scratch;
beforeEach(() => {
  files = scratch();
});
afterEach(() => files.remove());

/** The command as a service has it: its state in a folder of its own. */
const pair = (settings: object, ...args: readonly string[]): Promise<Ended> => {
  const config = files.put('rig.yaml', JSON.stringify({ web: settings }));
  const { NODE_OPTIONS: _, ...env } = process.env;
  const options = { env: { ...env, STATE_DIRECTORY: stateFolder() } };
  return hindsightStarted(['pair', '--config', config, ...args], options).ended;
};
const stateFolder = (): string => files.path('state');
const token = (): string => readFileSync(join(stateFolder(), 'web-token'), 'utf8').trim();

/** Of no machine: from a block that is kept for documents (RFC 5737). */
const host = '192.0.2.77';
const url = (): string => `http://${host}:8001/pair?token=${token()}`;

describe('a looper that listens to its own machine', () => {
  test('is told with its address, and with what opens it to others', async () => {
    const { code, stdout, stderr } = await pair({ port: 8123 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch('for this machine only: http://127.0.0.1:8123/\n');
    expect(stdout).toMatch(files.path('rig.yaml'));
    expect(stdout).toMatch('  web:\n    host: 0.0.0.0\n');
    expect(stdout).toMatch(/need a token/);
    expect(() => statSync(stateFolder())).toThrow('ENOENT');
  });

  test('has a URL without a token', async () => {
    expect(await pair({ host: '::1' }, '--url')).toMatchObject({ code: 0, stdout: 'http://[::1]:8001/\n', stderr: '' });
  });
});

describe('a looper that others reach', () => {
  test('is told with its ways and a token that is its own user’s, and the same each time', async () => {
    const { code, stdout, stderr } = await pair({ host });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(`  ${url()}  web.host\n`);
    expect(token()).toMatch(/^[\w-]{43}$/);
    expect(statSync(join(stateFolder(), 'web-token')).mode & 0o777).toBe(0o600);
    expect((await pair({ host }, '--url')).stdout).toBe(`${url()}\n`);
  });

  test('draws nothing where the output is no terminal, unless it is asked to', async () => {
    expect((await pair({ host })).stdout).not.toMatch(/[█▀▄]/);
    expect((await pair({ host }, '--url')).stdout).not.toMatch(/[█▀▄]/);
    const { stdout } = await pair({ host }, '--qr');
    const drawn = stdout.split('\n').filter((line) => /[█▀▄]/.test(line));
    const { size, data } = encode(url(), { border: 4 });
    expect(drawn).toHaveLength(Math.ceil(size / 2));
    const light = (row: number, column: number): boolean =>
      (row % 2 === 0 ? '█▀' : '█▄').includes(drawn[row >> 1]?.[column] ?? ' ');
    // What is drawn shines on a dark terminal: it has to be what is light in the code.
    for (let row = 0; row < size; row += 1)
      for (let column = 0; column < size; column += 1) expect(light(row, column)).toBe(data[row]?.[column] === false);
  });

  test('gets a new token when it is asked for, and what that means is said beside the URL', async () => {
    await pair({ host });
    const old = token();
    const { code, stdout, stderr } = await pair({ host }, '--new', '--url');
    expect(code).toBe(0);
    expect(token()).not.toBe(old);
    expect(stdout).toBe(`${url()}\n`);
    expect(stderr).toMatch(/all phones must pair again; .*start it anew\n$/);
    expect(statSync(join(stateFolder(), 'web-token')).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['is cut off', 'abc'],
    ['is empty', ''],
  ])('a token that %s is told, and a new one asked for takes its place', async (_, text) => {
    mkdirSync(stateFolder());
    chmodSync(files.put('state/web-token', text), 0o600);
    const { code, stderr } = await pair({ host });
    expect(code).toBe(2);
    expect(stderr).toMatch(/web-token: holds no token;.*remove the file/);
    expect((await pair({ host }, '--new')).code).toBe(0);
    expect(token()).toMatch(/^[\w-]{43}$/);
  });

  test('a token that others could have read is told, with what to do', async () => {
    await pair({ host });
    chmodSync(join(stateFolder(), 'web-token'), 0o644);
    const { code, stderr } = await pair({ host });
    expect(code).toBe(2);
    expect(stderr).toMatch(/others may read the token;.*chmod 600/);
  });
});

describe('what cannot be', () => {
  test.each([
    [{ enabled: false }, [], /^web\.enabled: is false.*write true$/],
    [{ port: 0 }, [], /^web\.port: is 0.*write a number$/],
    [{}, ['--qr', '--url'], /^hindsight pair: --qr and --url exclude each other/],
    [{}, ['--colour'], /^hindsight pair: .*--colour/],
    [{}, ['--url=yes'], /^hindsight pair: .*--url/],
    [{}, ['phone'], /^hindsight pair: .*phone/],
  ])('%j %j is one line that says why', async (settings, args, words) => {
    const { code, stdout, stderr } = await pair(settings, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(words)]);
  });

  test('a token that cannot be kept is told with its file', async () => {
    files.put('state', 'no folder');
    const { code, stderr } = await pair({ host });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      new RegExp(`^${stateFolder()}/web-token: .* cannot be kept .*see ls -ld ${stateFolder()}\n$`),
    );
  });
});

describe('the ways to a looper', () => {
  const addresses = [
    { family: 'IPv6', address: '2001:db8::7', card: 'wlan0' },
    { family: 'IPv4', address: '172.17.0.1', card: 'docker0' },
    { family: 'IPv4', address: '169.254.3.4', card: 'eth0' },
    { family: 'IPv4', address: '192.168.1.7', card: 'wlan0' },
  ] as const;
  const whereabouts = { localName: 'stage.local', addresses };
  const waysOf = (changed: Partial<typeof web>): readonly (readonly string[])[] =>
    pairingWays({ ...web, ...changed }, 'T', whereabouts).map((way) => [way.url, way.by]);
  const local = ['http://stage.local:8001/pair?token=T', 'where avahi runs'];

  test('on all IPv4 addresses are those, cards before tunnels and bridges, and the name of the machine', () => {
    expect(waysOf({ host: '0.0.0.0' })).toEqual([
      ['http://192.168.1.7:8001/pair?token=T', 'wlan0'],
      ['http://169.254.3.4:8001/pair?token=T', 'eth0'],
      ['http://172.17.0.1:8001/pair?token=T', 'docker0'],
      local,
    ]);
  });

  test('on all addresses are those of IPv6, too, in brackets', () => {
    expect(waysOf({ host: '::' }).map(([way]) => way)).toContain('http://[2001:db8::7]:8001/pair?token=T');
    expect(waysOf({ host: '::' })).toHaveLength(5);
  });

  test('on one address are that one and the names', () => {
    expect(waysOf({ host: '192.168.1.7', names: ['loops.example.org'] })).toEqual([
      ['http://192.168.1.7:8001/pair?token=T', 'wlan0'],
      ['http://loops.example.org:8001/pair?token=T', 'web.names'],
      local,
    ]);
  });

  test('behind a proxy are its names, and the machine itself', () => {
    expect(waysOf({ names: ['loops.example.org'] })).toEqual([
      ['https://loops.example.org/pair?token=T', 'through your proxy'],
      ['http://127.0.0.1:8001/pair?token=T', 'on this machine'],
    ]);
  });

  test('with a certificate are https', () => {
    const tls = { cert: '/etc/cert.pem', key: '/etc/key.pem' };
    for (const [way] of waysOf({ host: '0.0.0.0', port: 443, tls })) expect(way).toMatch(/^https:\/\/[^/]+:443\/pair/);
  });

  test('without a network is the name alone', () => {
    const ways = pairingWays({ ...web, host: '0.0.0.0' }, 'T', { ...whereabouts, addresses: [] });
    expect(ways.map((way) => way.url)).toEqual([local[0]]);
  });
});

test.each([
  ['', 'stage', 'stage.local'],
  ['', 'stage.example.org', 'stage.local'],
  ['[server]\n#host-name=foo\n', 'stage', 'stage.local'],
  ['[server]\nhost-name=hindsight\n', 'stage', 'hindsight.local'],
])('after %j a machine called %s is %s in the network', (settings, machine, name) => {
  expect(localNameOf(settings, machine)).toBe(name);
});
