import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Finding } from '../../src/core/doctor/finding.ts';
import type { Status } from '../../src/ports/status.ts';
import { healthSchema } from '../../src/protocol/health-v1.ts';
import { stateSchema } from '../../src/protocol/hindsight-v1.ts';
import { scratch } from '../adapters/files/scratch.ts';
import { type Ended, hindsight, hindsightStarted, keep, own, type Running } from './program.ts';

const files = scratch();
afterAll(() => files.remove());

const ready = ({ child }: Running): Promise<void> =>
  new Promise((resolve) => {
    child.stderr?.on('data', (text: string) => {
      if (String(text).includes('ready: ')) resolve();
    });
  });

const startLooper = async (): Promise<Running> => {
  const config = files.put('rig.yaml', JSON.stringify({ web: { enabled: false }, session: { bpm: 200 } }));
  const looper = keep(hindsightStarted(['run', '--rig', 'simulated', '--config', config]));
  await ready(looper);
  return looper;
};

/** A looper on a machine that has much else to do may take longer than it is waited for: then it is asked again. */
const answered = async (...args: readonly string[]): Promise<Ended> => {
  for (;;) {
    const ended = await hindsight(...args);
    if (!/does not answer within/.test(ended.stdout + ended.stderr)) return ended;
  }
};

test('status and doctor without a looper: one says so with a code of its own, the other looks all the same', async () => {
  expect(await hindsight('status')).toMatchObject({
    ...{ code: 3, stdout: '' },
    stderr: expect.stringMatching(/^no looper runs that this user may ask; hindsight run starts one/),
  });
  expect(await hindsight('status', '--watch', '--json')).toMatchObject({ code: 3, stdout: '' });
  const { code, stdout, stderr } = await hindsight('doctor', '--json');
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  expect(stderr).toBe('');
  expect(code).toBe(findings.some(({ level }) => level === 'bad') ? 1 : 0);
  expect(findings.map((finding) => finding.code)).toEqual(expect.arrayContaining(['kernel', 'disk', 'settings']));
}, 60_000);

test('a looper that gives no answer is not well, which is no mistake of who asks', async () => {
  const folder = join(own.XDG_RUNTIME_DIR, 'hindsight');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const silent = createServer((socket) => socket.once('data', () => socket.destroy()));
  silent.listen(join(folder, 'backstage.sock'));
  await once(silent, 'listening');
  try {
    expect(await hindsight('status')).toMatchObject({ code: 1, stdout: '', stderr: 'the looper has ended\n' });
  } finally {
    silent.close();
    await once(silent, 'close');
  }
}, 60_000);

test('status tells all that the protocol does of a looper that runs, and doctor which process it is', async () => {
  const looper = await startLooper();
  const { code, stdout } = await answered('status', '--json');
  const status = JSON.parse(stdout) as Status;
  expect(status.pid).toBe(looper.child.pid);
  expect(stateSchema.parse(status.state)).toEqual(status.state);
  expect(healthSchema.parse(status.health)).toEqual(status.health);
  expect(status.state).toMatchObject({ grid: { bpm: 200 }, interface: { title: 'simulated' } });
  expect(code).toBe(status.health.warnings.length === 0 ? 0 : 1);
  expect((await answered('status')).stdout).toMatch(/^Hindsight \d.*\nhealth /);

  const doctor = JSON.parse((await answered('doctor', '--json')).stdout) as { readonly findings: readonly Finding[] };
  const threads = doctor.findings.find((finding) => finding.code === 'threads');
  expect(threads).toMatchObject({ level: expect.stringMatching(/good|hint/) });
  expect(doctor.findings.find((finding) => finding.code === 'settings')?.text).toContain('rig.yaml');

  const watching = keep(hindsightStarted(['status', '--watch', '--json']));
  if (watching.child.stdout !== null) await once(watching.child.stdout, 'data');
  watching.child.kill('SIGINT');
  const { stdout: watched } = await watching.ended;
  expect(JSON.parse(watched.split('\n')[0] ?? '')).toMatchObject({ pid: looper.child.pid });
  looper.child.kill('SIGTERM');
  expect(await looper.ended).toMatchObject({ code: 0 });
}, 120_000);

test('doctor tells the mistakes of the settings, and that a looper was killed in the midst of its work', async () => {
  const wrong = files.put('wrong.yaml', 'audio: { rate: 12 }\nweb: { port: -1 }\n');
  const looper = await startLooper();
  looper.child.kill('SIGKILL');
  await looper.ended;
  const { code, stdout } = await hindsight('doctor', '--config', wrong);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^BAD {3}settings .*wrong\.yaml:1:\d+ audio\.rate: /m);
  expect(stdout).toMatch(/^BAD {3}settings .*wrong\.yaml:2:\d+ web\.port: /m);
  expect(stdout).toMatch(/^hint {2}end of last time .*a power cut, or a fault/m);
}, 60_000);
