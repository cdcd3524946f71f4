import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemdNotifier } from '../../../src/adapters/systemd/notifier.ts';

/** A socket of datagrams, which node has none of: it tells each as a line. */
const ear = `
import json, socket, sys
ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ear.bind(sys.argv[1])
print('listening', flush=True)
while True:
    print(json.dumps(ear.recv(4096).decode()), flush=True)
`;

test('systemd hears each word through its own library', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hindsight-notify-'));
  const socket = join(folder, 'notify');
  const listener = spawn('python3', ['-c', ear, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  // The library reads the environment of the process, which jest keeps from its tests.
  const speaker = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import koffi from 'koffi';
       const { systemdNotifier } = await import(process.argv[1]);
       const notifier = systemdNotifier(process.env);
       notifier.status('Sound: \\n a card');
       notifier.ready();
       notifier.alive();
       notifier.stopping();`,
      join(import.meta.dirname, '../../../dist/adapters/systemd/notifier.js'),
    ],
    { env: { ...process.env, NOTIFY_SOCKET: socket }, stdio: 'inherit' },
  );
  speaker.kill('SIGSTOP');
  try {
    const heard: string[] = [];
    for await (const line of createInterface({ input: listener.stdout })) {
      if (line === 'listening') speaker.kill('SIGCONT');
      else heard.push(JSON.parse(line));
      if (heard.length === 4) break;
    }
    expect(heard).toEqual(['STATUS=Sound: a card', 'READY=1', 'WATCHDOG=1', 'STOPPING=1\nSTATUS=Ending']);
    if (speaker.exitCode === null) await once(speaker, 'exit');
    expect(speaker.exitCode).toBe(0);
  } finally {
    listener.kill();
    speaker.kill();
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['none', {}, undefined],
  ['ten seconds', { WATCHDOG_USEC: '10000000' }, 10_000],
  ['ten seconds, for this process', { WATCHDOG_USEC: '10000000', WATCHDOG_PID: String(process.pid) }, 10_000],
  ['for another process', { WATCHDOG_USEC: '10000000', WATCHDOG_PID: '1' }, undefined],
  ['nonsense', { WATCHDOG_USEC: 'soon' }, undefined],
  ['nothing', { WATCHDOG_USEC: '0' }, undefined],
])('the watchdog is as the environment says: %s', (_, environment, ms) => {
  expect(systemdNotifier(environment).watchdogMs).toBe(ms);
});

test('where nobody listens nothing is thrown', () => {
  expect(() => systemdNotifier({}).ready()).not.toThrow();
});
