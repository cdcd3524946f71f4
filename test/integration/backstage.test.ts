import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../adapters/files/scratch.ts';
import { Follower } from './follow.ts';
import { hindsight, hindsightStarted, keep, own, program, type Running, started } from './program.ts';

const files = scratch();
afterAll(() => files.remove());

/** Resolves once a program has said such words on standard output. */
const said = ({ child }: Running, words: RegExp): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    child.stdout?.on('data', (text: string) => {
      heard += text;
      if (words.test(heard)) resolve(heard);
    });
  });

/** A looper with a terminal, whose keyboard is its controller. */
const startLooper = async () => {
  const events = new Follower(files.path('events.jsonl'));
  const config = files.put('rig.yaml', JSON.stringify({ session: { bpm: 200, bars: 1, beatsPerBar: 2 } }));
  const words = [process.execPath, program, 'run', '--rig', 'simulated', '--config', config];
  const command = [...words, '--events', files.path('events.jsonl')].map((word) => `'${word}'`).join(' ');
  const looper = keep(started('script', ['--quiet', '--return', '--command', command, '/dev/null'], { stdio: 'pipe' }));
  await events.line((line) => line.type === 'beat' && line.bar === 1);
  return { looper, events };
};

test('monitor shows what a controller of the running looper sends, does and is told', async () => {
  const { looper, events } = await startLooper();
  const monitor = keep(hindsightStarted(['monitor']));
  // The first press may have come before it looked.
  const seen = said(monitor, /in .*stomp-2[\s\S]*track 2 is PLAYING/);
  const press = setInterval(() => looper.child.stdin?.write('2'), 400);
  const heard = await seen;
  clearInterval(press);
  events.close();
  expect(heard).toMatch(/^\d+\.\d{3} keyboard {2}in {3}90 25 7F {2}note 37 on channel 1, 127 -> stomp-2$/m);
  expect(heard).toMatch(/^\d+\.\d{3} keyboard {2}did {2}press of stomp-2: stomp 2$/m);
  expect(heard).toMatch(/^\d+\.\d{3} keyboard {2}out {2}90 25 05$/m);
  monitor.child.kill('SIGINT');
  expect(await monitor.ended).toMatchObject({ code: 0 });
  looper.child.stdin?.write('q');
  expect(await looper.ended).toMatchObject({ code: 0 });
}, 60_000);

test('monitor says so when the looper ends', async () => {
  const { looper, events } = await startLooper();
  const monitor = keep(hindsightStarted(['monitor']));
  const seen = said(monitor, /keyboard/);
  const press = setInterval(() => looper.child.stdin?.write('1'), 400);
  await seen;
  clearInterval(press);
  events.close();
  looper.child.stdin?.write('q');
  const { code, stderr } = await monitor.ended;
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'hindsight monitor: the looper has ended\n' });
}, 60_000);

test('learn and lamps say that no controller is there, or which ones are', async () => {
  const [learn, lamps] = await Promise.all([hindsight('learn'), hindsight('lamps', '--controller', 'pads')]);
  expect(learn.code).toBe(1);
  expect(learn.stderr).toMatch('hindsight learn: no controller is plugged in\n');
  expect(lamps.code).toBe(1);
  expect(lamps.stderr).toMatch('hindsight lamps: there is no controller "pads"; no controller is plugged in\n');
}, 60_000);

describe("the player's own profiles", () => {
  const folder = join(own.XDG_CONFIG_HOME, 'hindsight', 'controllers');
  const write = (name: string, text: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  test('with mistakes are told with their places, left out, and keep nothing from starting', async () => {
    write(
      'mine.yaml',
      'name: mine\ntitle: Mine\nconfidence: solid\nports: { input: [] }\ncontrols: { a: { on: {} } }\n',
    );
    const checked = await hindsight('check-config');
    expect(checked.code).toBe(2);
    expect(checked.stderr).toMatch(/^profile left out: \S+mine\.yaml:5:\d+ controls\.a\.on: /m);
    const named = { midi: { controllers: [{ profile: 'mine' }, { profile: 'generic' }] } };
    const config = files.put('named.yaml', JSON.stringify(named));
    const looper = keep(hindsightStarted(['run', '--rig', 'simulated', '--config', config]));
    const ready = new Promise<void>((resolve) => {
      looper.child.stderr?.on('data', (text: string) => text.includes('ready') && resolve());
    });
    await ready;
    looper.child.kill('SIGTERM');
    const { code, stderr } = await looper.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/profile left out: \S+mine\.yaml:5/);
    expect(stderr).toMatch('midi.controllers: mine is left out');
  }, 60_000);
});
