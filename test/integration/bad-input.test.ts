import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { smf } from '../adapters/files/smf.ts';
import { type WavSpec, wavBytes } from '../adapters/files/wav-bytes.ts';
import { type Ended, hindsight, hindsightStarted } from './program.ts';
import { ofType, Stage, stomp } from './show.ts';

const tenMistakes = fileURLToPath(new URL('../config/fixtures/ten-mistakes.yaml', import.meta.url));
const input: WavSpec = { format: 'int16', rate: 48_000, channels: 2, samples: new Float32Array(9600) };

let stage: Stage;
let args: readonly string[];
beforeEach(() => {
  stage = new Stage();
  args = stage.prepare({ frames: 0, messages: [stomp(100, 1)], input });
});
afterEach(() => stage.remove());

/** The same arguments, with other values for some of the options. */
const withOptions = (changed: Readonly<Record<string, string>>): readonly string[] =>
  args.map((arg, at) => changed[args[at - 1] ?? ''] ?? arg);

const without = (option: string): readonly string[] =>
  args.filter((arg, at) => arg !== option && args[at - 1] !== option);

/** A mistake is told in a few words on standard error and by exit code 2, and nothing has been written. */
const expectRefused = (ended: Ended, ...words: readonly (string | RegExp)[]): void => {
  expect(ended).toMatchObject({ code: 2, signal: null, stdout: '' });
  for (const word of words) expect(ended.stderr).toMatch(word);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(ended.stderr).not.toMatch(/Error:|undefined|\[object/);
  expect(ended.stderr.endsWith('\n')).toBe(true);
  expect(stage.files.names()).not.toContain('out.wav');
  expect(stage.files.names()).not.toContain('events.jsonl');
  expect(stage.files.names().filter((name) => name.endsWith('.tmp'))).toEqual([]);
};

describe('a WAV file is refused by name', () => {
  const refuse = async (bytes: Uint8Array | string, ...words: readonly (string | RegExp)[]) => {
    stage.files.put('in.wav', bytes);
    expectRefused(await hindsight(...args), /in\.wav: /, ...words);
  };
  const good = wavBytes(input);

  test('that is empty', () => refuse('', 'empty'));
  test('that is no WAV file', () => refuse('ID3 and then music'.repeat(99), 'not a WAV file'));
  test('that is cut off in its sound', () => refuse(good.subarray(0, 9000), /2239 of the 4800 frames/));
  test('that is cut off in its header', () => refuse(good.subarray(0, 30), 'ends within'));
  test('that holds no sound', () => refuse(wavBytes({ ...input, samples: [] }), '0 frames'));
  test('that is of A-law', () => refuse(wavBytes({ ...input, tag: 6, bits: 8, frameBytes: 2 }), 'A-law'));
  test('that is of MP3', () => refuse(wavBytes({ ...input, tag: 0x55, bits: 0, frameBytes: 1 }), 'MP3'));
  test('that has 8 bits', () => refuse(wavBytes({ ...input, bits: 8, frameBytes: 2 }), '8-bit'));
  test('that has three channels', () => refuse(wavBytes({ ...input, channels: 3 }), '3 channels', 'mono and stereo'));
  test.each([8000, 22_050, 192_000])('that has a rate of %d Hz', (rate) =>
    refuse(wavBytes({ ...input, rate }), `${rate} Hz`, /44100 to 96000/),
  );

  test('that is not there, or a folder', async () => {
    const missing = stage.files.path('none.wav');
    expectRefused(await hindsight(...withOptions({ '--input': missing })), `${missing}: no such file`);
    expectRefused(await hindsight(...withOptions({ '--input': stage.files.folder })), 'is a folder');
  });
});

describe('a MIDI file is refused by name', () => {
  const refuse = async (bytes: Uint8Array | string, ...words: readonly (string | RegExp)[]) => {
    stage.files.put('stomps.mid', bytes);
    expectRefused(await hindsight(...args), /stomps\.mid: /, ...words);
  };
  const good = smf([{ tick: 0, bytes: [0x90, 36, 100] }]);

  test('that is none', () => refuse('Dear diary, today we stomped.', /not a .*MIDI/i));
  test('that is empty', () => refuse('', 'empty'));
  test('that is a WAV file', () => refuse(wavBytes(input), /not a .*MIDI/i));
  test('that is cut off', () => refuse(good.subarray(0, good.length - 6), /\w/));
  test('that is cut off in its header', () => refuse(good.subarray(0, 9), /\w/));
  test('that is not there', async () => {
    const missing = stage.files.path('none.mid');
    expectRefused(await hindsight(...withOptions({ '--midi': missing })), `${missing}: no such file`);
  });
});

describe('a config', () => {
  test('with ten mistakes is refused with all of them at once, each at its place', async () => {
    const file = stage.files.path('rig.yaml');
    cpSync(tenMistakes, file);
    const ended = await hindsight(...args);
    expectRefused(ended, 'session.bmp');
    const places = ended.stderr.trimEnd().split('\n');
    expect(places).toHaveLength(10);
    for (const line of places) expect(line).toMatch(/^\S+rig\.yaml:\d+:\d+ [\w.[\]]+: /);
    const checked = await hindsight('check-config', '--config', file);
    expect(checked).toEqual({ code: 2, signal: null, stdout: '', stderr: ended.stderr });
  });

  test('that is not there, is no YAML, or names no profile that there is', async () => {
    const missing = stage.files.path('none.yaml');
    expectRefused(await hindsight(...withOptions({ '--config': missing })), missing);
    stage.files.put('rig.yaml', 'session: [\n  bpm: }');
    expectRefused(await hindsight(...args), /rig\.yaml:\d+:\d+/);
    stage.files.put('rig.yaml', 'midi: { controllers: [{ profile: genric }] }');
    expectRefused(await hindsight(...args), '"genric"', 'generic', 'launchpad-mini-mk3');
  });

  test('is never rewritten', async () => {
    const text = '# by hand\nsession: {bpm:   99}\n';
    stage.files.put('rig.yaml', text);
    expect(await hindsight(...args)).toMatchObject({ code: 0 });
    expect(readFileSync(stage.files.path('rig.yaml'), 'utf8')).toBe(text);
  });
});

describe('an output is refused by name', () => {
  const outputs = ['--output', '--events'] as const;

  test.each(outputs)('of %s in a folder that is not there', async (option) => {
    const path = stage.files.path('nowhere/file');
    expectRefused(await hindsight(...withOptions({ [option]: path })), path, 'nowhere is not a folder');
  });

  test.each(outputs)('of %s that is a folder or a device', async (option) => {
    expectRefused(await hindsight(...withOptions({ [option]: stage.files.folder })), 'is a folder');
    expectRefused(await hindsight(...withOptions({ [option]: '/dev/null' })), '/dev/null: ');
  });

  test.each(outputs)('of %s that this user may not write', async (option) => {
    mkdirSync(stage.files.path('locked'));
    stage.files.mode('locked', 0o555);
    const path = stage.files.path('locked/file');
    const { uid = 65_534 } = process.geteuid?.() === 0 ? {} : { uid: process.geteuid?.() };
    const { ended } = hindsightStarted(withOptions({ [option]: path }), { uid, cwd: '/' });
    expectRefused(await ended, path, 'may not be written');
  });

  test.each([
    ['--output', 'in.wav'],
    ['--output', 'stomps.mid'],
    ['--output', 'rig.yaml'],
    ['--events', 'in.wav'],
  ] as const)('of %s that is %s', async (option, name) => {
    const path = stage.files.path(name);
    const before = readFileSync(path);
    expectRefused(await hindsight(...withOptions({ [option]: path })), path);
    expect(readFileSync(path)).toEqual(before);
  });

  test('of sound and events in one file', async () => {
    const path = stage.files.path('both');
    expectRefused(await hindsight(...withOptions({ '--output': path, '--events': path })), path);
  });

  test('of no name or value at all', async () => {
    for (const option of ['--output', '--events']) {
      expectRefused(await hindsight(...withOptions({ [option]: '' })), `${option} has no value`);
    }
  });

  test('before anything is done to a file that stands there', async () => {
    writeFileSync(stage.files.path('out.wav'), 'my best take');
    stage.files.put('stomps.mid', 'no MIDI');
    expect(await hindsight(...args)).toMatchObject({ code: 2 });
    expect(readFileSync(stage.files.path('out.wav'), 'utf8')).toBe('my best take');
    expect(stage.files.names()).toEqual(['in.wav', 'out.wav', 'rig.yaml', 'stomps.mid']);
  });
});

describe('a call is refused, with what is known,', () => {
  test.each(['0', '4097', 'abc', '-1', '1.5'])('for a block of "%s"', async (block) => {
    expectRefused(await hindsight(...args, `--block=${block}`), '--block', '1 to 4096');
  });

  test.each(['-5', '1e3', 'soon', '999999999'])('for a latency of "%s"', async (latency) => {
    expectRefused(await hindsight(...args, `--latency=${latency}`), '--latency', /0 to \d+/);
  });

  test.each(['--input', '--midi', '--output'])('without %s', async (option) => {
    expectRefused(await hindsight(...without(option)), `${option} is missing`, 'hindsight render --help');
  });

  test('for an option that there is not, one without its value, or a stray word', async () => {
    expectRefused(await hindsight(...args, '--outptu', 'x'), '--outptu', 'hindsight render --help');
    expectRefused(await hindsight(...args, '--block'), '--block');
    expectRefused(await hindsight(...args, 'loud'), 'loud');
  });

  test('for a command that there is not', async () => {
    expectRefused(await hindsight('rendre'), '"rendre"', 'render', 'hindsight --help');
  });
});

test('stomps on tracks that do not exist are refused one by one; the show is rendered', async () => {
  const messages = [stomp(100, 8), stomp(200, 5), stomp(300, 4)];
  const { lines } = await stage.play({ frames: 4800, messages, config: { session: { tracks: 4 } } });
  expect(ofType(lines, 'refused').map(({ frame, code }) => [frame, code])).toEqual([
    [100, 'no-such-track'],
    [200, 'no-such-track'],
  ]);
  expect(ofType(lines, 'lamp').filter(({ frame, bytes: [, note = 0] }) => frame === 0 && note > 39)).toHaveLength(4);
});
