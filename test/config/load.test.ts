import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigError, loadConfig } from '../../src/config/load.ts';
import { budgetBytes, tapeBytes } from '../../src/config/schema.ts';
import { UserError } from '../../src/core/errors.ts';
import { errorOf, Folder, inRepository, linesOf } from './files.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const load = (content: string | Uint8Array) => loadConfig(folder.write('rig.yaml', content));
const linesFor = (content: string | Uint8Array) => linesOf(() => load(content), folder.path);
const mistakesFor = (content: string | Uint8Array): ConfigError['mistakes'] => errorOf(() => load(content)).mistakes;

const defaults = {
  session: { bpm: 120, beatsPerBar: 4, tracks: 8, bars: 4, retroThreshold: 0.75 },
  click: { volume: 0.5, muted: false, outputChannels: null },
  audio: {
    device: null,
    outputDevice: null,
    rate: 48_000,
    blockFrames: 256,
    queueBlocks: 2,
    inputChannels: [1, 2],
    outputChannels: [1, 2],
    monitorChannels: null,
    latencyFrames: null,
    outputShare: null,
  },
  sets: { restore: 'stopped', reserveMb: 256 },
  tape: { seconds: 180 },
  memory: { budgetMb: 512 },
  midi: { profiles: null, controllers: [], clock: { ports: [], transport: 'always' }, thru: [] },
  gpio: {
    enabled: false,
    chip: 'gpiochip0',
    switches: [],
    lamps: [],
    pull: 'up',
    pressed: 'low',
    lit: 'high',
  },
  lcd: { enabled: false, bus: 1, address: 0x27 },
  web: {
    enabled: true,
    host: '127.0.0.1',
    port: 8001,
    token: 'auto',
    names: [],
    origins: [],
    listeners: 2,
    tls: null,
  },
  log: { level: 'info' },
};

describe('what a file leaves out has its default', () => {
  test('no file at all', () => expect(loadConfig(undefined)).toEqual(defaults));

  test.each([
    ['an empty file', ''],
    ['only a comment', '# nothing\n'],
    ['only a byte order mark', '\uFEFF'],
    ['only the start of a document', '---\n'],
    ['sections whose keys are commented out', 'session:\n  # bpm: 90\nclick:\n'],
    ['a list whose items are commented out', 'midi:\n  controllers:\n    # - profile: generic\n'],
    [
      'null where null is allowed',
      'audio: { device: null, monitorChannels: ~, latencyFrames: ~, outputShare: null }\n',
    ],
  ])('%s', (_name, content) => expect(load(content)).toEqual(defaults));

  test('the keys beside the one that is given', () => {
    expect(load('audio: { rate: 96000 }\n')).toEqual({ ...defaults, audio: { ...defaults.audio, rate: 96_000 } });
  });
});

describe('what is allowed is taken over', () => {
  test.each([
    ['session: { bpm: 92.5 }', { session: { bpm: 92.5 } }],
    [
      'session: { bpm: 1.2e2, bars: 0x10, tracks: 010, beatsPerBar: 0o10 }',
      { session: { bpm: 120, bars: 16, tracks: 10, beatsPerBar: 8 } },
    ],
    [
      'session: { bpm: 20, beatsPerBar: 1, tracks: 1, bars: 1, retroThreshold: 0 }',
      { session: { bpm: 20, retroThreshold: 0 } },
    ],
    [
      'session: { bpm: 400, beatsPerBar: 16, tracks: 64, bars: 32, retroThreshold: 1 }',
      { session: { bpm: 400, bars: 32 } },
    ],
    [
      'click: { volume: 0, muted: true, outputChannels: [3] }',
      { click: { volume: 0, muted: true, outputChannels: [3] } },
    ],
    [
      'audio: { device: USB, outputDevice: "hw:Loopback,0" }',
      { audio: { device: 'USB', outputDevice: 'hw:Loopback,0' } },
    ],
    ['audio: { device: Scarlett 2i2 }', { audio: { device: 'Scarlett 2i2' } }],
    ['audio: { device: on }', { audio: { device: 'on' } }],
    [
      'audio: { rate: 44100, blockFrames: 64, latencyFrames: 96000 }',
      { audio: { rate: 44_100, blockFrames: 64, latencyFrames: 96_000 } },
    ],
    [
      'audio: { latencyFrames: 0, outputShare: 0, queueBlocks: 1 }',
      { audio: { latencyFrames: 0, outputShare: 0, queueBlocks: 1 } },
    ],
    ['audio: { outputShare: 1, queueBlocks: 16 }', { audio: { outputShare: 1, queueBlocks: 16 } }],
    ['audio: { rate: 88200, blockFrames: 2048 }', { audio: { rate: 88_200, blockFrames: 2048 } }],
    [
      'audio: { inputChannels: [2], outputChannels: [4, 3], monitorChannels: [1] }',
      { audio: { inputChannels: [2], outputChannels: [4, 3], monitorChannels: [1] } },
    ],
    ['audio: { inputChannels: [1, 1] }', { audio: { inputChannels: [1, 1] } }],
    ['tape: { seconds: 10 }\nmemory: { budgetMb: 64 }', { tape: { seconds: 10 }, memory: { budgetMb: 64 } }],
    ['tape: { seconds: 1800 }\nmemory: { budgetMb: 16384 }', { tape: { seconds: 1800 }, memory: { budgetMb: 16_384 } }],
    [
      'midi: { controllers: [{ profile: generic }, { profile: x, input: A, output: B }] }',
      { midi: { controllers: [{ profile: 'generic' }, { profile: 'x', input: 'A', output: 'B' }] } },
    ],
    [
      'midi: { controllers: [{ profile: x, at: usb-0.1.2 }, { profile: x, at: "0123" }] }',
      {
        midi: {
          controllers: [
            { profile: 'x', at: 'usb-0.1.2' },
            { profile: 'x', at: '0123' },
          ],
        },
      },
    ],
    ['midi: { profiles: ~/pads }', { midi: { profiles: '~/pads' } }],
    ['midi: { profiles: /srv/pads }', { midi: { profiles: '/srv/pads' } }],
    [
      'midi: { clock: { ports: [UM-ONE, Digitakt], transport: loops } }',
      { midi: { clock: { ports: ['UM-ONE', 'Digitakt'], transport: 'loops' } } },
    ],
    ['midi:\n  clock:\n    # ports: []\n', { midi: { clock: { ports: [], transport: 'always' } } }],
    ['midi:\n  clock:\n    ports:\n      # - UM-ONE\n', { midi: { clock: { ports: [], transport: 'always' } } }],
    ['midi: { thru: [{ from: Keys, to: UM-ONE }] }', { midi: { thru: [{ from: 'Keys', to: 'UM-ONE' }] } }],
    ['web: { enabled: false }', { web: { enabled: false, host: '127.0.0.1' } }],
    ['web: { host: 0.0.0.0, port: 443, listeners: 0 }', { web: { host: '0.0.0.0', port: 443, listeners: 0 } }],
    ['web: { host: "::", port: 0, listeners: 8 }', { web: { host: '::', port: 0, listeners: 8 } }],
    ['web: { port: 65535 }', { web: { port: 65_535 } }],
    ['web: { token: always }', { web: { token: 'always' } }],
    ['web:\n  names:\n    # - looper.example.org\n  origins:\n', { web: { names: [], origins: [] } }],
    ['web: { names: [looper.example.org, Box-7] }', { web: { names: ['looper.example.org', 'Box-7'] } }],
    [
      'web: { origins: [http://laptop:3000, https://example.org, "null"] }',
      { web: { origins: ['http://laptop:3000', 'https://example.org', 'null'] } },
    ],
    [
      'web: { tls: { cert: ~/cert.pem, key: /etc/key.pem } }',
      { web: { tls: { cert: '~/cert.pem', key: '/etc/key.pem' } } },
    ],
    ['log: { level: silent }', { log: { level: 'silent' } }],
    ['session: &unused { bars: 2 }\r\ntape: { seconds: 20 }\r\n', { session: { bars: 2 }, tape: { seconds: 20 } }],
    ['%YAML 1.2\n---\nlog: { level: warn }\n', { log: { level: 'warn' } }],
  ])('%s', (content, expected) => expect(load(content)).toMatchObject(expected));
});

describe('ten mistakes are ten lines', () => {
  const golden = readFileSync(inRepository('test/config/fixtures/ten-mistakes.txt'), 'utf8').trimEnd().split('\n');
  const path = join(folder.path, 'rig.yaml');
  const loadThem = () => {
    copyFileSync(inRepository('test/config/fixtures/ten-mistakes.yaml'), path);
    return loadConfig(path);
  };

  test('in the order of the file', () => {
    expect(golden).toHaveLength(10);
    expect(linesOf(loadThem, folder.path)).toEqual(golden);
  });

  test('and ten mistakes as data', () => {
    const error = errorOf(loadThem);
    expect(error).toBeInstanceOf(UserError);
    expect(error.code).toBe('config');
    expect(error.mistakes.map(({ line, column, path, code }) => [line, column, path, code])).toEqual([
      [2, 3, 'session.bmp', 'unknown-key'],
      [3, 16, 'session.beatsPerBar', 'out-of-range'],
      [4, 11, 'session.tracks', 'wrong-type'],
      [6, 11, 'click.volume', 'wrong-type'],
      [7, 10, 'click.muted', 'wrong-type'],
      [9, 11, 'audio.device', 'wrong-type'],
      [11, 19, 'audio.outputChannels', 'not-allowed'],
      [13, 12, 'tape.seconds', 'tape-over-budget'],
      [14, 1, 'audio', 'duplicate-key'],
      [17, 10, 'log.level', 'not-allowed'],
    ]);
    expect(error.mistakes.every(({ file }) => file === path)).toBe(true);
  });

  test('the file stays as it is', () => {
    loadConfig(folder.write('good.yaml', 'log: { level: warn }'));
    expect(readFileSync(join(folder.path, 'good.yaml'), 'utf8')).toBe('log: { level: warn }');
    errorOf(loadThem);
    expect(readFileSync(path)).toEqual(readFileSync(inRepository('test/config/fixtures/ten-mistakes.yaml')));
  });
});

describe('each key says what it allows', () => {
  const bpm = 'a number from 20 to 400';
  const device = 'a piece of the name of the interface, or its ALSA id';
  const plug = 'numbers change with every plug: write a piece of the name, or the id as in hw:Loopback,0';
  const channels = 'a list of 1 or 2 channel numbers from 1';
  const distinct = 'a list of 1 or 2 different channel numbers from 1';
  const port = 'a piece of the name of the MIDI port';
  const host = 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them';
  const origin =
    'where a page comes from, as in http://laptop:3000, or null; write http:// or https://, the name and the port, without a path';
  const portPlug = 'numbers change with every plug: write a piece of the name';
  test.each([
    ['session: { bpm: 19.9 }', `rig.yaml:1:17 session.bpm: found 19.9; allowed is ${bpm}`],
    ['session: { bpm: 401 }', `rig.yaml:1:17 session.bpm: found 401; allowed is ${bpm}`],
    ['session: { bpm: .nan }', `rig.yaml:1:17 session.bpm: found .nan; allowed is ${bpm}`],
    ['session: { bpm: .inf }', `rig.yaml:1:17 session.bpm: found .inf; allowed is ${bpm}`],
    ['session: { bpm: -.inf }', `rig.yaml:1:17 session.bpm: found -.inf; allowed is ${bpm}`],
    ['session: { bpm: true }', `rig.yaml:1:17 session.bpm: found true; allowed is ${bpm}`],
    ['session: { bpm: fast }', `rig.yaml:1:17 session.bpm: found the text "fast"; allowed is ${bpm}`],
    ['session: { bpm: [120] }', `rig.yaml:1:17 session.bpm: found the list [120]; allowed is ${bpm}`],
    ['session: { bpm: [] }', `rig.yaml:1:17 session.bpm: found an empty list; allowed is ${bpm}`],
    ['session: { bpm: { a: 1 } }', `rig.yaml:1:17 session.bpm: found keys with values; allowed is ${bpm}`],
    ['session:\n  bpm:\n', `rig.yaml:2:3 session.bpm: found no value; allowed is ${bpm}`],
    [
      'session: { beatsPerBar: 17 }',
      'rig.yaml:1:25 session.beatsPerBar: found 17; allowed is a whole number from 1 to 16',
    ],
    ['session: { tracks: 65 }', 'rig.yaml:1:20 session.tracks: found 65; allowed is a whole number from 1 to 64'],
    ['session: { bars: 33 }', 'rig.yaml:1:18 session.bars: found 33; allowed is a whole number from 1 to 32'],
    [
      'session: { bars: "4,5" }',
      'rig.yaml:1:18 session.bars: found the text "4,5"; allowed is a whole number from 1 to 32',
    ],
    [
      'session: { retroThreshold: 1.1 }',
      'rig.yaml:1:28 session.retroThreshold: found 1.1; allowed is a number from 0 to 1',
    ],
    ['click: { volume: -0.1 }', 'rig.yaml:1:18 click.volume: found -0.1; allowed is a number from 0 to 1'],
    ['click: { muted: Off }', 'rig.yaml:1:17 click.muted: found the text "Off"; allowed is true or false; write false'],
    ['click: { muted: 1 }', 'rig.yaml:1:17 click.muted: found 1; allowed is true or false'],
    ['click: { outputChannels: 3 }', `rig.yaml:1:26 click.outputChannels: found 3; allowed is ${distinct}; write [3]`],
    [
      'click: { outputChannels: [] }',
      `rig.yaml:1:26 click.outputChannels: found an empty list; allowed is ${distinct}`,
    ],
    ['audio: { device: 0x10 }', `rig.yaml:1:18 audio.device: found 16; allowed is ${device}; ${plug}`],
    ['audio: { device: " 2 " }', `rig.yaml:1:18 audio.device: found the text " 2 "; allowed is ${device}; ${plug}`],
    [
      'audio: { device: "hw:1,0" }',
      `rig.yaml:1:18 audio.device: found the text "hw:1,0"; allowed is ${device}; ${plug}`,
    ],
    [
      'audio: { device: "plughw:1" }',
      `rig.yaml:1:18 audio.device: found the text "plughw:1"; allowed is ${device}; ${plug}`,
    ],
    ['audio: { device: "" }', `rig.yaml:1:18 audio.device: found the text ""; allowed is ${device}`],
    ['audio: { outputDevice: 0 }', `rig.yaml:1:24 audio.outputDevice: found 0; allowed is ${device}; ${plug}`],
    ['audio: { rate: 44.1 }', 'rig.yaml:1:16 audio.rate: found 44.1; allowed is 44100, 48000, 88200 or 96000'],
    [
      'audio: { rate: "48000" }',
      'rig.yaml:1:16 audio.rate: found the text "48000"; allowed is 44100, 48000, 88200 or 96000; write it without quotes',
    ],
    [
      'audio: { blockFrames: 63 }',
      'rig.yaml:1:23 audio.blockFrames: found 63; allowed is a whole number from 64 to 2048',
    ],
    [
      'audio: { inputChannels: [1, 2, 3] }',
      `rig.yaml:1:25 audio.inputChannels: found the list [1,2,3]; allowed is ${channels}`,
    ],
    [
      'audio: { inputChannels: [0] }',
      'rig.yaml:1:26 audio.inputChannels[0]: found 0; allowed is a whole number from 1',
    ],
    ['audio: { inputChannels: ~ }', `rig.yaml:1:10 audio.inputChannels: found no value; allowed is ${channels}`],
    ['audio: { outputChannels: ~ }', `rig.yaml:1:10 audio.outputChannels: found no value; allowed is ${distinct}`],
    [
      'audio: { monitorChannels: [1, 1] }',
      `rig.yaml:1:27 audio.monitorChannels: found the list [1,1]; allowed is ${distinct}`,
    ],
    [
      'audio: { latencyFrames: -1 }',
      'rig.yaml:1:25 audio.latencyFrames: found -1; allowed is a whole number from 0 to 96000',
    ],
    ['audio: { queueBlocks: 17 }', 'rig.yaml:1:23 audio.queueBlocks: found 17; allowed is a whole number from 1 to 16'],
    [
      'audio: { queueBlocks: ~ }',
      'rig.yaml:1:10 audio.queueBlocks: found no value; allowed is a whole number from 1 to 16',
    ],
    ['audio: { outputShare: 1.1 }', 'rig.yaml:1:23 audio.outputShare: found 1.1; allowed is a number from 0 to 1'],
    ['tape: { seconds: 9 }', 'rig.yaml:1:18 tape.seconds: found 9; allowed is a number from 10 to 1800'],
    ['memory: { budgetMb: 63 }', 'rig.yaml:1:21 memory.budgetMb: found 63; allowed is a number from 64 to 16384'],
    [
      'midi: { controllers: generic }',
      'rig.yaml:1:22 midi.controllers: found the text "generic"; allowed is a list of controllers, each with a profile',
    ],
    [
      'midi: { controllers: [generic] }',
      'rig.yaml:1:23 midi.controllers[0]: found the text "generic"; allowed is keys with values: profile, input, output or at',
    ],
    [
      'midi: { controllers: [{ input: A }] }',
      'rig.yaml:1:23 midi.controllers[0].profile: is missing; allowed is the name of a profile',
    ],
    [
      'midi: { controllers: [{ profile: x, input: 20:0 }] }',
      `rig.yaml:1:44 midi.controllers[0].input: found the text "20:0"; allowed is ${port}; ${portPlug}`,
    ],
    [
      'midi: { controllers: [{ profile: x, output: 1 }] }',
      `rig.yaml:1:45 midi.controllers[0].output: found 1; allowed is ${port}; ${portPlug}`,
    ],
    [
      'midi: { controllers: [{ profile: x, at: "" }] }',
      'rig.yaml:1:41 midi.controllers[0].at: found the text ""; allowed is a piece of the USB path or the serial number',
    ],
    [
      'midi: { profiles: pads }',
      'rig.yaml:1:19 midi.profiles: found the text "pads"; allowed is a folder, written from / or ~/ on',
    ],
    ['midi: { profiles: 1 }', 'rig.yaml:1:19 midi.profiles: found 1; allowed is a folder, written from / or ~/ on'],
    [
      'midi: { clock: { ports: UM-ONE } }',
      'rig.yaml:1:25 midi.clock.ports: found the text "UM-ONE"; allowed is a list of pieces of the names of MIDI ports',
    ],
    [
      'midi: { clock: { ports: [20] } }',
      `rig.yaml:1:26 midi.clock.ports[0]: found 20; allowed is ${port}; ${portPlug}`,
    ],
    [
      'midi: { clock: { transport: loop } }',
      'rig.yaml:1:29 midi.clock.transport: found the text "loop"; allowed is always or loops; did you mean `loops`?',
    ],
    ['midi: { thru: [{ from: Keys }] }', `rig.yaml:1:16 midi.thru[0].to: is missing; allowed is ${port}`],
    ['web: { enabled: no }', 'rig.yaml:1:17 web.enabled: found the text "no"; allowed is true or false; write false'],
    ['web: { host: "" }', `rig.yaml:1:14 web.host: found the text ""; allowed is ${host}`],
    ['web: { host: http://box }', `rig.yaml:1:14 web.host: found the text "http://box"; allowed is ${host}`],
    ['web: { host: 127 }', `rig.yaml:1:14 web.host: found 127; allowed is ${host}`],
    ['web: { host: ~ }', `rig.yaml:1:8 web.host: found no value; allowed is ${host}`],
    ['web: { port: 65536 }', 'rig.yaml:1:14 web.port: found 65536; allowed is a whole number from 0 to 65535'],
    ['web: { listeners: 9 }', 'rig.yaml:1:19 web.listeners: found 9; allowed is a whole number from 0 to 8'],
    ['web: { names: box }', 'rig.yaml:1:15 web.names: found the text "box"; allowed is a list of names of hosts'],
    [
      'web: { names: ["box:8001"] }',
      'rig.yaml:1:16 web.names[0]: found the text "box:8001"; allowed is the name of a host, as in looper.example.org; write the name alone, without http:// and port',
    ],
    [
      'web: { origins: http://laptop }',
      'rig.yaml:1:17 web.origins: found the text "http://laptop"; allowed is a list of places that pages come from',
    ],
    [
      'web: { origins: ["http://laptop/page"] }',
      `rig.yaml:1:18 web.origins[0]: found the text "http://laptop/page"; allowed is ${origin}`,
    ],
    ['web: { origins: ["*"] }', `rig.yaml:1:18 web.origins[0]: found the text "*"; allowed is ${origin}`],
    [
      'web: { tls: { cert: cert.pem, key: ~/key.pem } }',
      'rig.yaml:1:21 web.tls.cert: found the text "cert.pem"; allowed is a file, written from / or ~/ on',
    ],
    [
      'web: { tls: { cert: ~/cert.pem } }',
      'rig.yaml:1:8 web.tls.key: is missing; allowed is a file, written from / or ~/ on',
    ],
    ['web: { tls: true }', 'rig.yaml:1:13 web.tls: found true; allowed is keys with values: cert or key'],
    [
      'log: { level: inof }',
      'rig.yaml:1:15 log.level: found the text "inof"; allowed is trace, debug, info, warn, error, fatal or silent; did you mean `info`?',
    ],
    ['log: info', 'rig.yaml:1:6 log: found the text "info"; allowed is keys with values: level'],
  ])('%s', (content, line) => expect(linesFor(content)).toEqual([line]));

  test('a long text is cut', () => {
    expect(linesFor(`log: { level: ${'x'.repeat(100)} }`)[0]).toContain(`found the text "${'x'.repeat(40)}...";`);
  });
});

describe('the tape must fit in the budget', () => {
  test.each([
    [
      'the tape',
      'audio: { rate: 96000 }\ntape: { seconds: 700 }',
      '2:18 tape.seconds: a tape of 700 s at 96000 Hz takes 513 MB; allowed is the memory.budgetMb of 512; write at most 699 seconds, or a larger budget',
    ],
    [
      'the budget, where the tape is not in the file',
      'audio: { rate: 96000 }\nmemory: { budgetMb: 100 }',
      '2:21 memory.budgetMb: a tape of 180 s at 96000 Hz takes 132 MB; allowed is the memory.budgetMb of 100; write at most 136 seconds, or a larger budget',
    ],
  ])('pointing at %s', (_name, content, line) => expect(linesFor(content)).toEqual([`rig.yaml:${line}`]));

  test('to the last byte', () => {
    const config = load('tape: { seconds: 1024 }\nmemory: { budgetMb: 375 }');
    expect(tapeBytes(config)).toBe(1024 * 48_000 * 8);
    expect(budgetBytes(config)).toBe(tapeBytes(config));
    expect(mistakesFor('tape: { seconds: 1024.001 }\nmemory: { budgetMb: 375 }').map(({ code }) => code)).toEqual([
      'tape-over-budget',
    ]);
  });

  test('is not told where one of its numbers is wrong itself', () => {
    expect(mistakesFor('audio: { rate: 1 }\ntape: { seconds: 1800 }').map(({ path }) => path)).toEqual(['audio.rate']);
  });
});

describe('unknown keys', () => {
  const sections = 'session, click, audio, tape, memory, sets, midi, gpio, lcd, web or log';
  const session = 'bpm, beatsPerBar, tracks, bars or retroThreshold';
  test.each([
    ['sesion: {}', `1:1 sesion: unknown key; allowed is ${sections}; did you mean \`session\`?`],
    ['effects: {}', `1:1 effects: unknown key; allowed is ${sections}`],
    ['session: { BPM: 1 }', `1:12 session.BPM: unknown key; allowed is ${session}; did you mean \`bpm\`?`],
    [
      'session: { beats_per_bar: 1 }',
      `1:12 session.beats_per_bar: unknown key; allowed is ${session}; did you mean \`beatsPerBar\`?`,
    ],
    ['session: { tempo: 1 }', `1:12 session.tempo: unknown key; allowed is ${session}`],
    ['session: { on: 1 }', `1:12 session.on: unknown key; allowed is ${session}`],
    ['session: { 0x1F: 1 }', `1:12 session.0x1F: unknown key; allowed is ${session}`],
    ['session: { "a\\nb": 1 }', `1:12 session."a\\nb": unknown key; allowed is ${session}`],
    [
      'session: { __proto__: { bpm: 1 } }',
      '1:12 session.__proto__: a key with a meaning of its own; allowed is any other',
    ],
    ['session: { constructor: 1 }', `1:12 session.constructor: unknown key; allowed is ${session}`],
    [
      'midi: { controllers: [{ profile: x, inptu: A }] }',
      '1:37 midi.controllers[0].inptu: unknown key; allowed is profile, input, output or at; did you mean `input`?',
    ],
  ])('%s', (content, line) => expect(linesFor(content)).toEqual([`rig.yaml:${line}`]));
});

describe('YAML that is not taken', () => {
  const file = 'a file of keys with values: session, click, audio, tape, memory, sets, midi, gpio, lcd, web or log';
  const indent =
    'wrong indentation, or a bracket that is not closed; allowed are the keys of a section in one column, and brackets in pairs';
  const closed = 'something is not closed or has no colon; allowed is `key: value`, with quotes and brackets in pairs';
  test.each([
    ['a list', '- 1\n', ['1:1: found the list [1]; allowed is FILE'], ['wrong-type']],
    ['a text', 'hello\n', ['1:1: found the text "hello"; allowed is FILE'], ['wrong-type']],
    [
      'a tab',
      'session:\n\tbpm: 90\n',
      ['2:1: a tab at the start of the line; allowed are spaces; write two spaces for each tab'],
      ['syntax'],
    ],
    ['keys in steps', 'click:\n   volume: 1\n  muted: true\n', [`3:1: ${indent}`], ['syntax']],
    ['a bracket too few', 'log: { level: info\n', [`2:1: ${indent}`], ['syntax']],
    ['a quote too few', 'log: { level: "info }\n', [`2:1: ${closed}`], ['syntax']],
    [
      'two mistakes of syntax',
      'a: b: c\nx: @y\n',
      [
        '1:4: a second `key:` inside a value; allowed is one per line; put a text with a colon in quotes',
        '2:4: a value cannot start with this sign; allowed is any text in quotes',
      ],
      ['syntax', 'syntax'],
    ],
    [
      'a key without a colon',
      'session:\n  bpm 120\n  bars: 4\n',
      ['2:3: a key without its colon; allowed is `key: value`'],
      ['syntax'],
    ],
    [
      'two documents',
      'log: {}\n---\nlog: {}\n',
      ['2:1: a second document after `---`; allowed is one per file; remove the line'],
      ['syntax'],
    ],
    [
      'a tag',
      'log: { level: !color info }\n',
      ['1:15: an unknown tag (`!...`); allowed is a plain value; remove the tag, or put the text in quotes'],
      ['syntax'],
    ],
    [
      'YAML 1.1',
      '%YAML 1.1\n---\nclick: { muted: yes }\n',
      ['1:1: %YAML 1.1; allowed is YAML 1.2; remove the line'],
      ['syntax'],
    ],
    [
      'aliases',
      'tape: &t { seconds: 20 }\nmemory: *t\nlog: { level: *nowhere }\n',
      [
        '2:9 memory: an alias (*t); allowed is the value itself; write it out',
        '3:15 log.level: an alias (*nowhere); allowed is the value itself; write it out',
      ],
      ['alias', 'alias'],
    ],
    [
      'a merge key',
      'tape: &t { seconds: 20 }\nsession: { <<: *t }\n',
      ['2:12 session.<<: a merge key; allowed is the keys themselves; write them out'],
      ['merge-key'],
    ],
    ['a key that is a list', '? [a]\n: 1\n', ['1:3: a key that is no word; allowed is `key: value`'], ['bad-key']],
    [
      'the same key thrice',
      'log: {}\nlog: {}\nlog: {}\n',
      [
        '2:1 log: written twice, first on line 1; allowed is once; remove one of them',
        '3:1 log: written twice, first on line 1; allowed is once; remove one of them',
      ],
      ['duplicate-key', 'duplicate-key'],
    ],
  ])('%s', (_name, content, lines, codes) => {
    expect(linesFor(content)).toEqual(lines.map((line) => `rig.yaml:${line.replace('FILE', file)}`));
    expect(mistakesFor(content).map(({ code }) => code)).toEqual(codes);
  });

  test('an alias bomb is refused, not unfolded', () => {
    const levels = Array.from({ length: 30 }, (_, at) => `x${at + 1}: &x${at + 1} [${`*x${at},`.repeat(9)}]`);
    const codes = mistakesFor(`x0: &x0 [lol]\n${levels.join('\n')}\n`).map(({ code }) => code);
    expect(codes.filter((code) => code === 'alias')).toHaveLength(270);
  });

  test.each([
    ['deeper than the parser goes', '['.repeat(100_000), 'syntax'],
    ['deeper than any file', `tape: ${'['.repeat(33)}${']'.repeat(33)}`, 'too-deep'],
  ])('nested %s', (_name, content, code) => {
    const told = mistakesFor(content).filter((mistake) => mistake.code === code);
    expect(told.map(({ text }) => text)).toEqual(['nested too deep; allowed are 32 levels']);
  });

  test('a megabyte of unknown keys is told within seconds', () => {
    const keys = Array.from({ length: 60_000 }, (_, at) => `key${at}: 1`);
    expect(mistakesFor(keys.join('\n'))).toHaveLength(60_000);
  }, 20_000);
});

describe('files that are not taken', () => {
  const path = (name: string) => join(folder.path, name);
  test.each([
    [
      'missing',
      () => path('none.yaml'),
      'none.yaml: does not exist; allowed is a YAML file; check the path',
      'no-file',
    ],
    [
      'under a file',
      () => join(folder.write('file', ''), 'x.yaml'),
      'file/x.yaml: does not exist; allowed is a YAML file; check the path',
      'no-file',
    ],
    ['a folder', () => '/usr', '/usr: is a folder; allowed is a YAML file; name a file in it', 'not-a-file'],
    [
      'a device that never ends',
      () => '/dev/zero',
      '/dev/zero: is a device or a pipe; allowed is a YAML file',
      'not-a-file',
    ],
    [
      'failing while it is read',
      () => '/proc/self/mem',
      '/proc/self/mem: cannot be read (EIO); allowed is a readable YAML file',
      'unreadable',
    ],
    [
      'over 1 MB',
      () => folder.write('big.yaml', '#'.repeat(2 ** 20 + 1)),
      'big.yaml: is larger than 1 MB; allowed is a YAML file of at most 1 MB',
      'too-big',
    ],
    [
      'Latin-1',
      () => folder.write('latin.yaml', Uint8Array.of(0x61, 0x0a, 0x23, 0x20, 0xe9, 0x0a)),
      'latin.yaml:2:3: a byte that is not UTF-8; allowed is text in UTF-8; save the file with that encoding',
      'not-utf8',
    ],
    [
      'UTF-16',
      () => folder.write('wide.yaml', Buffer.from('\uFEFFlog:\n', 'utf16le')),
      'wide.yaml:1:1: a byte that is not UTF-8; allowed is text in UTF-8; save the file with that encoding',
      'not-utf8',
    ],
  ])('%s', (_name, make, line, code) => {
    const file = make();
    expect(linesOf(() => loadConfig(file), folder.path)).toEqual([line]);
    expect(errorOf(() => loadConfig(file)).mistakes.map((mistake) => mistake.code)).toEqual([code]);
  });

  test('exactly 1 MB is taken', () => {
    const file = folder.write('full.yaml', '#'.repeat(2 ** 20));
    expect(statSync(file).size).toBe(2 ** 20);
    expect(loadConfig(file)).toEqual(defaults);
  });

  // root may read everything, so only another user can see this refusal.
  (process.getuid?.() === 0 ? test.skip : test)('without the right to read it', () => {
    expect(linesOf(() => loadConfig('/etc/shadow'), folder.path)).toEqual([
      '/etc/shadow: may not be read; allowed is a file that this user may read; check its rights',
    ]);
  });
});

describe('outputs that are shared by halves', () => {
  test.each([
    ['click: { outputChannels: [2, 3] }', 'click.outputChannels'],
    ['click: { outputChannels: [2, 1] }', 'click.outputChannels'],
    ['audio: { monitorChannels: [2] }', 'audio.monitorChannels'],
    ['audio: { monitorChannels: [3, 4] }\nclick: { outputChannels: [4, 5] }', 'click.outputChannels'],
  ])('%s is refused', (content, path) => {
    expect(mistakesFor(content).map((mistake) => [mistake.code, mistake.path])).toEqual([
      ['outputs-half-shared', path],
    ]);
  });

  test('the same pair or another one is allowed', () => {
    const config = load('audio: { monitorChannels: [1, 2] }\nclick: { outputChannels: [3, 4] }');
    expect(config.click.outputChannels).toEqual([3, 4]);
  });
});
