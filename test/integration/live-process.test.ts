import { wavBytes } from '../adapters/files/wav-bytes.ts';
import { Follower } from './follow.ts';
import { hindsight, hindsightStarted, program, type Running, started } from './program.ts';
import { codedInput, ofType, Stage } from './show.ts';

const rig = { session: { bpm: 200, beatsPerBar: 2, bars: 1 } };

let stage: Stage;
let events: Follower;
let running: Running | undefined;
beforeEach(() => {
  stage = new Stage();
  events = new Follower(stage.files.path('events.jsonl'));
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = undefined;
  events.close();
  stage.remove();
});

const args = (): readonly string[] => [
  ...['run', '--rig', 'simulated', '--events', stage.files.path('events.jsonl')],
  ...['--config', stage.files.put('rig.yaml', JSON.stringify(rig))],
];

test.each(['SIGTERM', 'SIGINT'] as const)(
  'it runs until %s, then stops in order',
  async (signal) => {
    running = hindsightStarted(args());
    await events.line((line) => line.type === 'beat' && line.bar === 1);
    const asked = performance.now();
    running.child.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    // Far more than it takes, for a busy machine; yet less than a looper that hangs.
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const log = stderr.trimEnd().split('\n');
    const said = log.map((line) => JSON.parse(line) as { level: number; time: number; msg: string });
    for (const { level, time } of said) expect([level > 0, time > 1.6e12]).toEqual([true, true]);
    expect(said.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^sound: simulated/));
    expect(said.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^ready: 200 BPM/));
    expect(said.at(-1)?.msg).toBe('stopped');
  },
  30_000,
);

test('on a terminal the keys stomp, the lamps are drawn, and q quits', async () => {
  // `script` gives the program a terminal and passes on what is typed.
  const command = [process.execPath, program, ...args()].map((word) => `'${word}'`).join(' ');
  running = started('script', ['--quiet', '--return', '--command', command, '/dev/null'], { stdio: 'pipe' });
  const { child, ended } = running;
  await events.line((line) => line.type === 'beat' && line.bar === 1);
  const playing = events.state(2, 'PLAYING');
  child.stdin?.write('2');
  expect(await playing).toMatchObject({ track: 2 });
  const lamps = ofType(events.lines, 'lamp').filter(({ bytes }) => bytes[1] === 37);
  expect(lamps.map(({ bytes }) => bytes[2])).toContain(3);
  child.stdin?.write('q');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/keys: 1-8 stomp/);
  expect(stdout).toMatch(/2 \S*▶/);
}, 30_000);

test('it plays a WAV as the player, over and over', async () => {
  const wav = stage.files.put('riff.wav', wavBytes(codedInput(48_000, 4800)));
  running = hindsightStarted([...args(), '--play', wav]);
  await events.line((line) => line.type === 'beat');
  running.child.kill('SIGTERM');
  const { code, stderr } = await running.ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(`playing ${wav}`);
}, 30_000);

test('a disk that is full ends the events, not the show', async () => {
  running = hindsightStarted(['run', '--rig', 'simulated', '--events', '/dev/full']);
  const { child, ended } = running;
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (text) => String(text).includes('/dev/full') && resolve());
  });
  child.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toContain('stopped');
  expect(stderr).not.toMatch(/^\s+at /m);
}, 30_000);

describe('a start is refused', () => {
  test('with a WAV of another rate', async () => {
    const wav = stage.files.put('riff.wav', wavBytes(codedInput(44_100, 100)));
    const { code, stdout, stderr } = await hindsight(...args(), '--play', wav);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(`${wav}: its rate is 44100 Hz; the rig runs at 48000 Hz`);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('with a rig that there is not, or events in no folder', async () => {
    const real = await hindsight('run', '--rig', 'real');
    expect(real).toMatchObject({ code: 2, stderr: expect.stringMatching(/--rig real.*auto, interface or simulated/) });
    const nowhere = await hindsight('run', '--rig', 'simulated', '--events', stage.files.path('nowhere/events'));
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringMatching('nowhere is not a folder') });
    expect([real.stdout, nowhere.stdout]).toEqual(['', '']);
  });
});
