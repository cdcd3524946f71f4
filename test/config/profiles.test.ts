import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadProfile, loadProfiles } from '../../src/config/profiles.ts';
import type { Action, Lamp, Profile } from '../../src/core/controller/profile.ts';
import { trackStates } from '../../src/core/track/state.ts';
import { errorOf, Folder, inRepository, linesOf } from './files.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const load = (content: string): Profile => loadProfile(folder.write('pad.yaml', content));
const linesFor = (content: string): string[] => linesOf(() => load(content), folder.path);

const head = 'name: pad\ntitle: A pad\nports: { input: [] }\n';
const minimal = `${head}controls: {}\n`;
const withControls = (...controls: string[]) => `${head}controls:\n${controls.map((line) => `  ${line}\n`).join('')}`;
const values = 'values: { EMPTY: 0, TRIGGERED: 1, RECORDING: 2, PLAYING: 3, STOPPING: 4, STOPPED: 5 }\n';
const withLamp = (lamp: string) => `${minimal}${values}lamps:\n  x: ${lamp}\n`;

/** What a lamp's message is in each state, in hex. */
const lit = ({ values }: Profile, { message }: Lamp): Record<string, string> =>
  Object.fromEntries(
    trackStates.map((state) => [
      state,
      message.map((byte) => (byte === 'value' ? values[state] : byte).toString(16).padStart(2, '0')).join(' '),
    ]),
  );

const triggers = ({ controls }: Profile): string[] =>
  controls.map(({ id, on, do: action }) => `${id}: ${on.kind} ${on.number} ${on.channel ?? 'any'} ${wordsOf(action)}`);

const wordsOf = ({ command, ...rest }: Action): string => `${command} ${JSON.stringify(rest)}`;

describe('the profiles that come with it', () => {
  const profiles = loadProfiles(inRepository('config/controllers'));
  const named = (name: string): Profile => {
    const profile = profiles.find((candidate) => candidate.name === name);
    if (profile === undefined) throw new Error(`no ${name}`);
    return profile;
  };

  test('are all there, by name', () => {
    expect(profiles.map(({ name }) => name)).toEqual(['generic', 'launchpad-mini-mk3']);
  });

  test('generic: notes and knobs on any channel of any port', () => {
    const profile = named('generic');
    expect(profile.ports).toEqual({ input: [], output: [] });
    expect([profile.init, profile.deinit]).toEqual([[], []]);
    expect(triggers(profile)).toEqual([
      'stomp-1: note 36 any stomp {"track":1}',
      'stomp-2: note 37 any stomp {"track":2}',
      'stomp-3: note 38 any stomp {"track":3}',
      'stomp-4: note 39 any stomp {"track":4}',
      'stomp-5: note 40 any stomp {"track":5}',
      'stomp-6: note 41 any stomp {"track":6}',
      'stomp-7: note 42 any stomp {"track":7}',
      'stomp-8: note 43 any stomp {"track":8}',
      'reset: note 44 any reset {}',
      'mute-click: note 45 any muteClick {}',
      'tap: note 46 any tap {}',
      'tempo: cc 20 any setBpm {"scale":{"kind":"linear","from":40,"to":200,"round":true}}',
      'bars: cc 21 any setBars {"scale":{"kind":"zones","values":[1,2,4,8,12,16,24,32]}}',
      'click-volume: cc 22 any setClickVolume {"scale":{"kind":"linear","from":0,"to":1,"round":false}}',
    ]);
  });

  test('generic: lamps are the notes of the pads', () => {
    const profile = named('generic');
    expect(profile.lamps.map((lamp) => [lamp.id, lamp.track, lit(profile, lamp)])).toEqual(
      ['24', '25', '26', '27', '28', '29', '2a', '2b'].map((note, at) => [
        `stomp-${at + 1}`,
        at + 1,
        {
          EMPTY: `90 ${note} 00`,
          TRIGGERED: `90 ${note} 07`,
          RECORDING: `90 ${note} 03`,
          PLAYING: `90 ${note} 05`,
          STOPPING: `90 ${note} 07`,
          STOPPED: `90 ${note} 01`,
        },
      ]),
    );
    expect([profile.dark, profile.blinking]).toEqual([0, ['TRIGGERED', 'STOPPING']]);
  });

  test('launchpad: programmer mode while it is in use', () => {
    const profile = named('launchpad-mini-mk3');
    expect(profile.init).toEqual([{ bytes: [0xf0, 0, 0x20, 0x29, 2, 0x0d, 0x0e, 1, 0xf7], waitMs: 50 }]);
    expect(profile.deinit).toEqual([{ bytes: [0xf0, 0, 0x20, 0x29, 2, 0x0d, 0x0e, 0, 0xf7], waitMs: 0 }]);
    expect(triggers(profile)).toEqual([
      'stomp-1: note 11 1 stomp {"track":1}',
      'stomp-2: note 12 1 stomp {"track":2}',
      'stomp-3: note 13 1 stomp {"track":3}',
      'stomp-4: note 14 1 stomp {"track":4}',
      'stomp-5: note 15 1 stomp {"track":5}',
      'stomp-6: note 16 1 stomp {"track":6}',
      'stomp-7: note 17 1 stomp {"track":7}',
      'stomp-8: note 18 1 stomp {"track":8}',
      'reset: cc 19 1 reset {}',
      'tap: cc 91 1 tap {}',
      'mute-click: cc 92 1 muteClick {}',
    ]);
  });

  test('launchpad: lamps are colours of the palette', () => {
    const profile = named('launchpad-mini-mk3');
    expect(profile.lamps.map((lamp) => [lamp.id, lamp.track, lit(profile, lamp)])).toEqual(
      ['0b', '0c', '0d', '0e', '0f', '10', '11', '12'].map((note, at) => [
        `stomp-${at + 1}`,
        at + 1,
        {
          EMPTY: `90 ${note} 01`,
          TRIGGERED: `90 ${note} 0d`,
          RECORDING: `90 ${note} 05`,
          PLAYING: `90 ${note} 15`,
          STOPPING: `90 ${note} 0d`,
          STOPPED: `90 ${note} 2d`,
        },
      ]),
    );
    expect([profile.dark, profile.blinking]).toEqual([0, ['TRIGGERED', 'STOPPING']]);
  });

  test.each([
    ['Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2', true],
    ['Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI', true],
    ['Launchpad Mini MK3:LPMiniMK3 MIDI In', true],
    ['LAUNCHPAD MINI MK3:LPMINIMK3 MIDI OUT', true],
    ['Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1', false],
    ['Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA', false],
    ['Launchpad Mini MK3:LPMiniMK3 DAW In', false],
    ['Launchpad Mini:Launchpad Mini MIDI 1', false],
    ['Launchpad X:Launchpad X MIDI 2', false],
    ['Midi Through:Midi Through Port-0', false],
  ])('launchpad: the port %s is %s', (port, expected) => {
    const { input, output } = named('launchpad-mini-mk3').ports;
    const matches = (patterns: readonly string[]) => patterns.some((pattern) => new RegExp(pattern, 'i').test(port));
    expect([matches(input), matches(output)]).toEqual([expected, expected]);
  });
});

describe('the form of a profile', () => {
  test('what may be left out', () => {
    expect(load(minimal)).toEqual({
      name: 'pad',
      title: 'A pad',
      ports: { input: [], output: [] },
      init: [],
      deinit: [],
      controls: [],
      lamps: [],
      values: { EMPTY: 0, TRIGGERED: 0, RECORDING: 0, PLAYING: 0, STOPPING: 0, STOPPED: 0 },
      dark: 0,
      blinking: [],
    });
  });

  test('output without patterns has those of the input, with its own it has its own', () => {
    const ports = (line: string) => load(`name: pad\ntitle: A pad\nports: ${line}\ncontrols: {}\n`).ports;
    expect(ports('{ input: [A] }')).toEqual({ input: ['A'], output: ['A'] });
    expect(ports('{ input: [A, C], output: [B] }')).toEqual({ input: ['A', 'C'], output: ['B'] });
  });

  test.each([
    ['{ command: stomp, track: 1 }', { command: 'stomp', track: 1 }],
    ['{ command: start, track: 64 }', { command: 'start', track: 64 }],
    ['{ command: stop, track: 2 }', { command: 'stop', track: 2 }],
    ['{ command: clear, track: 2 }', { command: 'clear', track: 2 }],
    ['{ command: record, track: 2 }', { command: 'record', track: 2 }],
    ['{ command: record, track: 2, bars: 32 }', { command: 'record', track: 2, bars: 32 }],
    ['{ command: tap }', { command: 'tap' }],
    [
      '{ command: setBpm, scale: { zones: [60, 92.5] } }',
      { command: 'setBpm', scale: { kind: 'zones', values: [60, 92.5] } },
    ],
    [
      '{ command: setBars, scale: { from: 1, to: 32 } }',
      { command: 'setBars', scale: { kind: 'linear', from: 1, to: 32, round: true } },
    ],
    [
      '{ command: setClickVolume, scale: { from: 1, to: 0, round: false } }',
      { command: 'setClickVolume', scale: { kind: 'linear', from: 1, to: 0, round: false } },
    ],
  ])('the command %s', (action, expected) => {
    expect(load(withControls(`x: { on: { cc: 1 }, do: ${action} }`)).controls).toEqual([
      { id: 'x', on: { kind: 'cc', number: 1 }, do: expected },
    ]);
  });

  test('the same number as note and as control change, or on two channels, is two messages', () => {
    const profile = load(
      withControls(
        'a: { on: { note: 1, channel: 1 }, do: { command: tap } }',
        'b: { on: { note: 1, channel: 2 }, do: { command: reset } }',
        'c: { on: { cc: 1 }, do: { command: muteClick } }',
      ),
    );
    expect(profile.controls.map(({ on }) => on)).toEqual([
      { kind: 'note', number: 1, channel: 1 },
      { kind: 'note', number: 1, channel: 2 },
      { kind: 'cc', number: 1 },
    ]);
  });
});

describe('mistakes in a profile', () => {
  const lamp = 'one MIDI message in hex with one {value}, such as "90 24 {value}"';
  const setup = 'one MIDI message in hex such as "F0 7E 7F 06 01 F7"';
  const commands = 'stomp, start, stop, clear, record, reset, muteClick, tap, setBpm, setBars or setClickVolume';
  const id = 'a name of small letters, digits and hyphens that starts with a letter';
  const scale = 'allowed is { from, to } with or without round, or { zones }';
  const twice = 'allowed is one control for each; give one of them another number or channel';
  test.each([
    [
      'another name than the file',
      minimal.replace('pad', 'pat'),
      '1:7 name: found the text "pat"; allowed is the name of the file, pad',
    ],
    [
      'an unknown key',
      `${minimal}lamp: {}\n`,
      '5:1 lamp: unknown key; allowed is name, title, ports, init, deinit, controls, lamps, values, dark or blinking; did you mean `lamps`?',
    ],
    [
      'a pattern that is none',
      minimal.replace('[]', '["("]'),
      '3:18 ports.input[0]: found the text "("; allowed is a pattern (a regular expression) of the name of a port',
    ],
    [
      'an empty pattern',
      minimal.replace('[]', '[""]'),
      '3:18 ports.input[0]: found the text ""; allowed is a pattern (a regular expression) of the name of a port',
    ],
    [
      'an id in capitals',
      withControls('Tap: { on: { cc: 1 }, do: { command: tap } }'),
      `5:3 controls.Tap: found the text "Tap"; allowed is ${id}`,
    ],
    [
      'a control twice',
      withControls('a: { on: { cc: 1 }, do: { command: tap } }', 'a: { on: { cc: 2 }, do: { command: tap } }'),
      '6:3 controls.a: written twice, first on line 5; allowed is once; remove one of them',
    ],
    [
      'a lamp twice',
      `${withLamp('{ track: 1, message: "90 24 {value}" }')}  x: { track: 2, message: "90 25 {value}" }\n`,
      '8:3 lamps.x: written twice, first on line 7; allowed is once; remove one of them',
    ],
    [
      'a message bound twice',
      withControls(
        'a: { on: { note: 1, channel: 1 }, do: { command: tap } }',
        'b: { on: { note: 1, channel: 1 }, do: { command: reset } }',
      ),
      `6:12 controls.b.on: the same message as a; ${twice}`,
    ],
    [
      'a message bound twice, once for any channel',
      withControls(
        'a: { on: { note: 1 }, do: { command: tap } }',
        'b: { on: { note: 1, channel: 9 }, do: { command: reset } }',
      ),
      `6:12 controls.b.on: the same message as a; ${twice}`,
    ],
    [
      'two messages',
      withControls('a: { on: { note: 1, cc: 1 }, do: { command: tap } }'),
      '5:12 controls.a.on: found both note and cc; allowed is one of note or cc',
    ],
    [
      'no message',
      withControls('a: { on: { channel: 1 }, do: { command: tap } }'),
      '5:12 controls.a.on: found neither note nor cc; allowed is one of note or cc',
    ],
    [
      'a note over 127',
      withControls('a: { on: { note: 128 }, do: { command: tap } }'),
      '5:20 controls.a.on.note: found 128; allowed is a whole number from 0 to 127',
    ],
    [
      'channel 0',
      withControls('a: { on: { cc: 1, channel: 0 }, do: { command: tap } }'),
      '5:30 controls.a.on.channel: found 0; allowed is a whole number from 1 to 16',
    ],
    [
      'an unknown command',
      withControls('a: { on: { cc: 1 }, do: { command: stmp, track: 1 } }'),
      `5:38 controls.a.do.command: found the text "stmp"; allowed is ${commands}; did you mean \`stomp\`?`,
    ],
    [
      'no command',
      withControls('a: { on: { cc: 1 }, do: { track: 1 } }'),
      `5:23 controls.a.do.command: is missing; allowed is ${commands}`,
    ],
    [
      'a command without its braces',
      withControls('a: { on: { cc: 1 }, do: tap }'),
      '5:27 controls.a.do: found the text "tap"; allowed is a command with its values, such as { command: stomp, track: 1 }',
    ],
    [
      'track 0',
      withControls('a: { on: { cc: 1 }, do: { command: stomp, track: 0 } }'),
      '5:52 controls.a.do.track: found 0; allowed is a whole number from 1 to 64',
    ],
    [
      'no track',
      withControls('a: { on: { cc: 1 }, do: { command: stomp } }'),
      '5:23 controls.a.do.track: is missing; allowed is a whole number from 1 to 64',
    ],
    [
      'a track where none is meant',
      withControls('a: { on: { cc: 1 }, do: { command: tap, track: 1 } }'),
      '5:43 controls.a.do.track: unknown key; allowed is command',
    ],
    [
      'a tempo out of range',
      withControls('a: { on: { cc: 1 }, do: { command: setBpm, scale: { from: 0, to: 200 } } }'),
      '5:61 controls.a.do.scale.from: found 0; allowed is a number from 20 to 400',
    ],
    [
      'half a scale',
      withControls('a: { on: { cc: 1 }, do: { command: setBpm, scale: { from: 40 } } }'),
      `5:53 controls.a.do.scale: found keys with values; ${scale}`,
    ],
    [
      'two scales in one',
      withControls('a: { on: { cc: 1 }, do: { command: setBars, scale: { from: 1, to: 2, zones: [1] } } }'),
      `5:54 controls.a.do.scale: found keys with values; ${scale}`,
    ],
    [
      'no zones',
      withControls('a: { on: { cc: 1 }, do: { command: setBars, scale: { zones: [] } } }'),
      '5:63 controls.a.do.scale.zones: found an empty list; allowed is a list of values',
    ],
    [
      'lamps without values',
      `${minimal}lamps: { x: { track: 1, message: "90 24 {value}" } }\n`,
      '1:1 values: is missing; allowed is what lamps show in each state: EMPTY, TRIGGERED, RECORDING, PLAYING, STOPPING or STOPPED',
    ],
    [
      'a state without a value',
      `${minimal}values: { EMPTY: 0, TRIGGERED: 1, RECORDING: 2, PLAYING: 3, STOPPING: 4 }\n`,
      '5:1 values.STOPPED: is missing; allowed is a whole number from 0 to 127',
    ],
    [
      'a value over 127',
      `${minimal}${values.replace('5', '128')}`,
      '5:83 values.STOPPED: found 128; allowed is a whole number from 0 to 127',
    ],
    [
      'an unknown state',
      `${minimal}blinking: [PLAYNG]\n`,
      '5:12 blinking[0]: found the text "PLAYNG"; allowed is EMPTY, TRIGGERED, RECORDING, PLAYING, STOPPING or STOPPED; did you mean `PLAYING`?',
    ],
    [
      'a lamp that never changes',
      withLamp('{ track: 1, message: 90 24 10 }'),
      `7:27 lamps.x.message: found no {value}; allowed is ${lamp}`,
    ],
    [
      'a lamp with two values',
      withLamp('{ track: 1, message: "90 {value} {value}" }'),
      `7:27 lamps.x.message: found 2 {value}; allowed is ${lamp}`,
    ],
    [
      'half a message',
      withLamp('{ track: 1, message: "90 {value}" }'),
      `7:27 lamps.x.message: found the text "90 {value}"; allowed is ${lamp}; after 90 come 2 bytes, not 1`,
    ],
    [
      'a byte that YAML takes for a number',
      `${minimal}init: [{ bytes: 90 }]\n`,
      `5:17 init[0].bytes: found 90; allowed is ${setup}; put it in quotes`,
    ],
    [
      'a value outside a lamp',
      `${minimal}deinit: [{ bytes: "90 24 {value}" }]\n`,
      `5:19 deinit[0].bytes: found {value}; allowed is ${setup}; only a lamp has a value`,
    ],
    [
      'an open sysex',
      `${minimal}init: [{ bytes: F0 7E 7F }]\n`,
      `5:17 init[0].bytes: found the text "F0 7E 7F"; allowed is ${setup}; a message that starts with F0 ends in F7`,
    ],
    [
      'a pause too long',
      `${minimal}init: [{ bytes: F8, waitMs: 5001 }]\n`,
      '5:29 init[0].waitMs: found 5001; allowed is a whole number from 0 to 5000',
    ],
  ])('%s', (_name, content, line) => expect(linesFor(content)).toEqual([`pad.yaml:${line}`]));

  test('an empty file lacks what a profile needs', () => {
    expect(linesFor('')).toEqual([
      'pad.yaml:1:1 name: is missing; allowed is the name of the file, pad',
      'pad.yaml:1:1 title: is missing; allowed is a title for people',
      'pad.yaml:1:1 ports: is missing; allowed is keys with values: input or output',
      'pad.yaml:1:1 controls: is missing; allowed is controls by name',
    ]);
  });
});

describe('a folder of profiles', () => {
  test('is told with the mistakes of all its files; what is no profile is passed over', () => {
    const many = new Folder();
    many.write('b.yaml', minimal.replace('pad', 'b'));
    many.write('a.yaml', minimal.replace('pad', 'a'));
    many.write('README.md', 'not: [a profile');
    many.write('.b.yaml.swp', 'not: [a profile');
    many.write('b.yaml~', 'not: [a profile');
    expect(loadProfiles(many.path).map(({ name }) => name)).toEqual(['a', 'b']);
    many.write('c.yaml', minimal);
    many.write('d.yml', minimal);
    mkdirSync(join(many.path, 'e.yaml'));
    expect(linesOf(() => loadProfiles(many.path), many.path)).toEqual([
      'c.yaml:1:7 name: found the text "pad"; allowed is the name of the file, c',
      'd.yml: ends in .yml; allowed is .yaml; rename it',
      'e.yaml: is a folder; allowed is a YAML file; name a file in it',
    ]);
    many.remove();
  });

  test('that is empty has none', () => {
    const empty = new Folder();
    expect(loadProfiles(empty.path)).toEqual([]);
    empty.remove();
  });

  test('that is missing is told', () => {
    const error = errorOf(() => loadProfiles('/nowhere'));
    expect(error.message).toBe('/nowhere: cannot be read (ENOENT); allowed is a folder of profiles; check the path');
    expect(error.mistakes.map(({ code }) => code)).toEqual(['no-folder']);
  });
});
