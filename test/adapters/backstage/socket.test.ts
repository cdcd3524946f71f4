import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { reachBackstage } from '../../../src/adapters/backstage/client.ts';
import { socketPath, socketPaths } from '../../../src/adapters/backstage/path.ts';
import { Lines, longestLine, readAnswer, readQuestion } from '../../../src/adapters/backstage/protocol.ts';
import { openBackstage } from '../../../src/adapters/backstage/server.ts';
import type { Backstage, Listener, SetsQuestion, Work } from '../../../src/ports/backstage.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { type Scratch, scratch } from '../files/scratch.ts';

/** A looper that notes what it is asked, and says what a test says through it. */
class FakeBackstage implements Backstage {
  readonly asked: string[] = [];
  listener: Listener | undefined;

  controllers() {
    return [{ name: 'pads', title: 'Pads', why: 'USB id 1235:0113', connected: true }];
  }

  status(listener: Listener): Work {
    return this.#begin('status', listener);
  }

  monitor(listener: Listener): Work {
    return this.#begin('monitor', listener);
  }

  learn(controller: string | undefined, listener: Listener): Work {
    return this.#begin(`learn ${controller}`, listener);
  }

  calibrate(mute: boolean, listener: Listener): Work {
    return this.#begin(`calibrate ${mute ? 'muted' : 'unmuted'}`, listener);
  }

  sets(question: SetsQuestion, listener: Listener): Work {
    return this.#begin(`sets ${JSON.stringify(question)}`, listener);
  }

  testLamps(controller: string | undefined, listener: Listener): Work {
    return this.#begin(`lamps ${controller}`, listener);
  }

  #begin(what: string, listener: Listener): Work {
    this.asked.push(what);
    this.listener = listener;
    return { stop: () => this.asked.push(`stop ${what}`), say: (word) => this.asked.push(word) };
  }
}

const silent = (): Logger & { readonly warnings: string[] } => {
  const warnings: string[] = [];
  const nothing = (): void => undefined;
  return { warnings, debug: nothing, info: nothing, error: nothing, warn: (message) => warnings.push(message) };
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

let files: Scratch;
let path: string;
let backstage: FakeBackstage;
let log: ReturnType<typeof silent>;
let close: () => void;
beforeEach(async () => {
  files = scratch();
  path = files.path('run/backstage.sock');
  backstage = new FakeBackstage();
  log = silent();
  close = await openBackstage(backstage, path, log);
});
afterEach(() => {
  close();
  files.remove();
});

const reach = async () => {
  const remote = await reachBackstage([files.path('none.sock'), path]);
  if (remote === undefined) throw new Error('nobody answers');
  return remote;
};

const listening = () => {
  const heard: string[] = [];
  const listener: Listener = {
    line: (text) => heard.push(text),
    end: (failure) => heard.push(failure === undefined ? 'end' : `end: ${failure}`),
  };
  return { heard, listener };
};

test('what a looper says is heard in order, and what is said to it arrives', async () => {
  const remote = await reach();
  const { heard, listener } = listening();
  const work = remote.begin({ ask: 'learn', controller: 'pads' }, listener);
  await until(() => backstage.listener !== undefined);
  backstage.listener?.line('1 of 3');
  backstage.listener?.line('2 of 3');
  await until(() => heard.length === 2);
  work.say('undo');
  await until(() => backstage.asked.includes('undo'));
  backstage.listener?.end('given up');
  await until(() => heard.length === 3);
  expect(heard).toEqual(['1 of 3', '2 of 3', 'end: given up']);
  remote.close();
  await until(() => backstage.asked.includes('stop learn pads'));
});

test('work ends with the one who asked for it, and with the looper', async () => {
  const remote = await reach();
  const { heard, listener } = listening();
  remote.begin({ ask: 'monitor' }, listener);
  await until(() => backstage.asked.length === 1);
  close();
  await until(() => heard.length === 1);
  expect(heard).toEqual(['end: the looper has ended']);
  expect(backstage.asked).toEqual(['monitor', 'stop monitor']);
});

test.each([
  [true, 'calibrate muted'],
  [false, 'calibrate unmuted'],
])(
  'a calibration is asked for as it is meant, with mute %s, and given up with the one who asked',
  async (mute, asked) => {
    const remote = await reach();
    remote.begin({ ask: 'calibrate', mute }, listening().listener);
    await until(() => backstage.asked.length === 1);
    remote.close();
    await until(() => backstage.asked.length === 2);
    expect(backstage.asked).toEqual([asked, `stop ${asked}`]);
  },
);

test('only the owner gets in', () => {
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('the owner of a folder that is for him and his group, as the service has, lets the group in', async () => {
  const folder = files.path('service');
  mkdirSync(folder);
  chmodSync(folder, 0o750);
  const closeService = await openBackstage(backstage, join(folder, 'backstage.sock'), log);
  expect(statSync(join(folder, 'backstage.sock')).mode & 0o777).toBe(0o660);
  closeService();
  chmodSync(folder, 0o755);
  const closeOpen = await openBackstage(backstage, join(folder, 'backstage.sock'), log);
  expect(statSync(join(folder, 'backstage.sock')).mode & 0o777).toBe(0o600);
  closeOpen();
});

test('a socket that was left over is taken over; one that is in use is not', async () => {
  const second = silent();
  const closeSecond = await openBackstage(new FakeBackstage(), path, second);
  expect(second.warnings).toEqual([expect.stringContaining('another looper is there')]);
  closeSecond();
  (await reach()).close();
  close();
  writeFileSync(path, '');
  const third = silent();
  close = await openBackstage(backstage, path, third);
  expect(third.warnings).toEqual([]);
  (await reach()).close();
});

test('a folder that cannot be made is told, and the show goes on', async () => {
  writeFileSync(files.path('file'), '');
  const closeNone = await openBackstage(backstage, files.path('file/backstage.sock'), log);
  expect(log.warnings).toEqual([expect.stringContaining('cannot be opened')]);
  closeNone();
});

test('what is no question is answered, and one without an end is cut off', async () => {
  const socket = connect(path);
  let answered = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answered += text;
  });
  socket.write('nonsense\n{"ask":"everything"}\n');
  await until(() => answered.split('\n').length === 3);
  expect(answered).toContain('does not know the question');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.write('x'.repeat(2 * longestLine));
  await closed;
  (await reach()).close();
});

test('a reader that stalls takes no memory: what it misses is counted', async () => {
  const socket = connect(path);
  socket.pause();
  socket.write('{"ask":"monitor"}\n');
  await until(() => backstage.listener !== undefined);
  const line = 'x'.repeat(1000);
  for (let count = 0; count < 20_000; count += 1) backstage.listener?.line(line);
  let got = '';
  socket.setEncoding('utf8').on('data', (text) => {
    got += text;
  });
  socket.resume();
  await until(() => got.length > 200_000 && got.endsWith('\n'));
  backstage.listener?.line('later');
  await until(() => got.includes('later'));
  expect(got).toMatch(/\(\d+ lines left out\)/);
  expect(got.length).toBeLessThan(2_000_000);
  socket.destroy();
});

test('questions are read as they are meant, and nothing else', () => {
  expect(readQuestion('{"ask":"monitor","more":1}')).toEqual({ ask: 'monitor' });
  expect(readQuestion('{"ask":"lamps","controller":"a"}')).toEqual({ ask: 'lamps', controller: 'a' });
  expect(readQuestion('{"ask":"learn","controller":3}')).toEqual({ ask: 'learn' });
  expect(readQuestion('{"ask":"calibrate","mute":true}')).toEqual({ ask: 'calibrate', mute: true });
  expect(readQuestion('{"ask":"calibrate","mute":"yes"}')).toEqual({ ask: 'calibrate', mute: false });
  expect(readQuestion('{"ask":"calibrate"}')).toEqual({ ask: 'calibrate', mute: false });
  for (const none of ['', '3', 'null', '[]', '{}', '{"say":"rm"}', '{"ask":"stop"}', '{"ask":"controllers"}']) {
    expect(readQuestion(none)).toBeUndefined();
  }
});

test.each([
  { ask: 'sets', act: 'list' },
  { ask: 'sets', act: 'save' },
  { ask: 'sets', act: 'save', name: 'Jam' },
  { ask: 'sets', act: 'rename', name: 'Jam', to: 'Ballad' },
  { ask: 'sets', act: 'recover', place: 2 },
  { ask: 'sets', act: 'tape', path: '/tmp/tape.wav' },
  { ask: 'sets', act: 'import', path: '/tmp/riff.wav', track: 3, bars: 2 },
])('a question about sets comes across: %j', (question) => {
  expect(readQuestion(JSON.stringify({ ...question, more: 1 }))).toEqual(question);
});

test.each([
  { ask: 'sets' },
  { ask: 'sets', act: 'burn' },
  { ask: 'sets', act: 'load' },
  { ask: 'sets', act: 'rename', name: 'Jam' },
  { ask: 'sets', act: 'recover', place: 1.5 },
  { ask: 'sets', act: 'tape', path: 'tape.wav' },
  { ask: 'sets', act: 'import', path: '../riff.wav', track: 3 },
  { ask: 'sets', act: 'import', path: '/tmp/riff.wav', track: '3' },
])('what is no question about sets is none: %j', (question) => {
  expect(readQuestion(JSON.stringify(question))).toBeUndefined();
});

test('answers are read as they are meant, and nothing else', () => {
  expect(readAnswer('{"line":"a","more":1}')).toEqual({ line: 'a' });
  expect(readAnswer('{"end":true,"failure":"b"}')).toEqual({ end: true, failure: 'b' });
  expect(readAnswer('{"end":true,"failure":3}')).toEqual({ end: true });
  for (const none of ['', 'nonsense', '3', 'null', '{}', '{"line":4}', '{"end":false}']) {
    expect(readAnswer(none)).toBeUndefined();
  }
});

test('no more get in than there are handles for, and one that leaves makes room', async () => {
  const sockets = Array.from({ length: 16 }, () => connect(path));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  const refused = connect(path);
  await new Promise((resolve) => refused.once('close', resolve));
  const [first] = sockets;
  first?.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  (await reach()).close();
  for (const socket of sockets) socket.destroy();
});

test('lines are cut where they end, however they come in', () => {
  const lines = new Lines();
  expect([...lines.take('a\nb'), ...lines.take('c\n'), ...lines.take('\n')]).toEqual(['a', 'bc', '']);
});

test('the socket is where systemd or the user has runtime files', () => {
  expect(socketPath({ RUNTIME_DIRECTORY: '/run/hindsight:/run/other' }, 1)).toBe('/run/hindsight/backstage.sock');
  expect(socketPath({ XDG_RUNTIME_DIR: '/run/user/1' }, 1)).toBe('/run/user/1/hindsight/backstage.sock');
  expect(socketPath({}, 1)).toBe('/tmp/hindsight-1/backstage.sock');
  expect(socketPaths({}, 1)).toContain('/run/hindsight/backstage.sock');
});

test('a folder of somebody else is not trusted', async () => {
  if (process.getuid?.() !== 0) return;
  const folder = files.path('theirs');
  mkdirSync(folder);
  chownSync(folder, 12_345, 12_345);
  chmodSync(folder, 0o777);
  const closeNone = await openBackstage(backstage, `${folder}/backstage.sock`, log);
  expect(log.warnings).toEqual([expect.stringContaining('belongs to another user')]);
  expect(existsSync(`${folder}/backstage.sock`)).toBe(false);
  closeNone();
});

test('a way in that root has given to another user, as systemd does, is trusted; one that anybody can have made is not', async () => {
  if (process.getuid?.() !== 0) return;
  const folder = dirname(path);
  chownSync(folder, 12_345, 12_345);
  chmodSync(dirname(folder), 0o755);
  (await reach()).close();
  chmodSync(dirname(folder), 0o777);
  expect(await reachBackstage([path])).toBeUndefined();
});
