import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../adapters/files/scratch.ts';
import { Follower } from './follow.ts';
import { hindsight, hindsightStarted, keep, own } from './program.ts';

const files = scratch();
afterEach(() => rmSync(own.XDG_STATE_HOME, { recursive: true, force: true }));
afterAll(() => files.remove());

const stateFile = (name: string): string => join(own.XDG_STATE_HOME, 'hindsight', name);

/** A looper on a simulated rig, once it plays. */
const startLooper = async (...args: readonly string[]) => {
  const path = files.path('events.jsonl');
  rmSync(path, { force: true });
  const events = new Follower(path);
  const looper = keep(hindsightStarted(['run', '--rig', 'simulated', ...args, '--events', path]));
  await events.line((line) => line.type === 'beat' && line.beat === 1);
  const stop = async (): Promise<string> => {
    events.close();
    looper.child.kill('SIGTERM');
    const { code, stderr } = await looper.ended;
    expect(code).toBe(0);
    return stderr;
  };
  return { looper, events, stop };
};

test('the latency of a cable is measured, kept, drawn, and known at the next start', async () => {
  const { stop } = await startLooper('--cable', '1234');
  const { code, stdout } = await hindsight('calibrate');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^5 of 10 s$/m);
  expect(stdout).toMatch(
    /^calibration: the round trip is 1234\.0\d frames, give or take 0\.0\d; confidence 9\d %, on the left input$/m,
  );
  await stop();
  expect(JSON.parse(readFileSync(stateFile('latency.json'), 'utf8')).latencies).toMatchObject([
    { input: 'simulated', frames: 1234, source: 'measured' },
  ]);
  expect(readFileSync(stateFile('calibration.svg'), 'utf8')).toMatch(/^<svg/);
  expect(readFileSync(stateFile('calibration.png')).subarray(1, 4).toString()).toBe('PNG');
  const again = await startLooper('--cable', '1234');
  expect(await again.stop()).toMatch(/latency: 1234 frames, measured on/);
}, 90_000);

test('what would not be sure is refused with what to do, and nothing is kept', async () => {
  const { stop } = await startLooper();
  const { code, stdout, stderr } = await hindsight('calibrate');
  expect(code).toBe(1);
  expect(stdout).not.toMatch(/the round trip is/);
  expect(stderr).toMatch(/^hindsight calibrate: .+; .+ \((no-signal|too-noisy|spread)\)$/m);
  await stop();
  expect(existsSync(stateFile('latency.json'))).toBe(false);
}, 90_000);

test('it is cancelled by Ctrl-C, and another one can begin at once', async () => {
  const { events, stop } = await startLooper('--cable', '777');
  const first = keep(hindsightStarted(['calibrate']));
  await events.line((line) => line.type === 'calibration' && line.phase === 'started');
  expect((await hindsight('calibrate')).stderr).toMatch(/the latency is being measured.*\(calibrating\)/);
  first.child.kill('SIGINT');
  const { code, stderr } = await first.ended;
  expect([code, stderr]).toEqual([1, 'hindsight calibrate: cancelled; all is as it was\n']);
  await events.line((line) => line.type === 'calibration' && line.phase === 'cancelled');
  expect((await hindsight('calibrate')).stdout).toMatch(/the round trip is 777\./);
  await stop();
}, 120_000);

test('one that is asked on no interface says so', async () => {
  const config = files.put('away.yaml', JSON.stringify({ audio: { device: 'Scarlett' } }));
  const { code, stderr } = await hindsight('calibrate', '--config', config);
  expect(code).toBe(1);
  expect(stderr).toMatch(/waiting for the interface: audio.device: no interface is called .+Scarlett/);
  expect(stderr).toMatch(/hindsight calibrate: there is no interface to be measured; plug it in first/);
}, 60_000);

test('a looper whose interface is not there waits for it, and plays on time alone', async () => {
  const config = files.put('away.yaml', JSON.stringify({ audio: { device: 'Scarlett' }, session: { bpm: 240 } }));
  const path = files.path('waiting.jsonl');
  const events = new Follower(path);
  const looper = keep(hindsightStarted(['run', '--config', config, '--events', path]));
  await events.line((line) => line.type === 'interface' && line.state === 'lost');
  await events.line((line) => line.type === 'beat' && line.beat === 3);
  events.close();
  looper.child.kill('SIGTERM');
  const { code, stderr } = await looper.ended;
  expect(code).toBe(0);
  expect(stderr.match(/waiting for the interface/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/simulated/);
}, 60_000);
