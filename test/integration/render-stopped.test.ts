import { closeSync, ftruncateSync, openSync, readFileSync, watch, writeFileSync, writeSync } from 'node:fs';
import { chunk, formatChunk } from '../adapters/files/wav-bytes.ts';
import { hindsightStarted } from './program.ts';
import { Stage, stomp } from './show.ts';

/** An hour of silence that takes no room on the disk. */
const writeLongInput = (path: string): void => {
  const format = { format: 'int16', rate: 48_000, channels: 2 } as const;
  const dataBytes = 3600 * 48_000 * 4;
  const head = [formatChunk(format), chunk('data', new Uint8Array(0), dataBytes)];
  const riff = chunk('RIFF', new Uint8Array(0), 4 + 24 + 8 + dataBytes);
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([riff, Buffer.from('WAVE'), ...head]));
  ftruncateSync(file, 44 + dataBytes);
  closeSync(file);
};

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});
afterEach(() => stage.remove());

/** Resolves once a temporary file is there (`rename`), or once sound has been written to it (`change`). */
const begun = (moment: 'rename' | 'change'): Promise<void> =>
  new Promise((resolve) => {
    const watcher = watch(stage.files.folder, (event, file) => {
      if (event !== moment || !file?.startsWith('.out.wav.')) return;
      watcher.close();
      resolve();
    });
  });

test.each([
  ['SIGTERM', 'change'],
  ['SIGINT', 'change'],
  ['SIGHUP', 'change'],
  ['SIGTERM', 'rename'],
] as const)(
  '%s during a render (at the first %s of its file) leaves nothing but a word about it',
  async (signal, moment) => {
    const args = stage.prepare({ frames: 1, messages: [stomp(0, 1)] });
    writeLongInput(stage.files.path('in.wav'));
    writeFileSync(stage.files.path('out.wav'), 'my best take');
    const begins = begun(moment);
    const { child, ended } = hindsightStarted(args);
    await begins;
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(`out.wav: stopped by ${signal}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readFileSync(stage.files.path('out.wav'), 'utf8')).toBe('my best take');
    expect(stage.files.names()).toEqual(['in.wav', 'out.wav', 'rig.yaml', 'stomps.mid']);
  },
  30_000,
);
