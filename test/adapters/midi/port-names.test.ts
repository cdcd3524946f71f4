import { fileURLToPath } from 'node:url';
import { choosePort, withoutNumbers } from '../../../src/adapters/midi/port-names.ts';
import { loadProfiles } from '../../../src/config/profiles.ts';

const none: ReadonlySet<string> = new Set();
const any = { patterns: [], piece: undefined };
const piece = (text: string) => ({ patterns: [], piece: text });

/** As ALSA's sequencer gives them through RtMidi: two ports of a device are two ports of one client. */
const through = 'Midi Through:Midi Through Port-0 14:0';
const daw = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1 24:0';
const launchpad = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2 24:1';
const pads = 'MPD218:MPD218 MIDI 1 28:0';
const knobs = 'X-TOUCH MINI:X-TOUCH MINI MIDI 1 32:0';

test.each([
  [launchpad, 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2'],
  [through, 'Midi Through:Midi Through Port-0'],
  ['FootCtrl:FootCtrl Bluetooth 128:0', 'FootCtrl:FootCtrl Bluetooth'],
  ['PACER:PACER MIDI1', 'PACER:PACER MIDI1'],
  ['Odd 5:1 name 20:12', 'Odd 5:1 name'],
  ['', ''],
])('without the numbers of this plug %s is %s', (name, plain) => {
  expect(withoutNumbers(name)).toBe(plain);
});

describe('a controller of any kind', () => {
  test('sits on the first port that is one', () => {
    expect(choosePort([through, pads, knobs], any, none)).toBe(pads);
    expect(choosePort([], any, none)).toBeUndefined();
  });

  test.each([
    ...[through, 'System:Timer 0:0', 'System:Announce 0:1', 'RtMidi Input Client:RtMidi Input 128:0'],
    ...['RtMidi Output Client:RtMidi Output 129:0', 'hindsight:lamps 130:0', 'a2jmidid:port 131:0'],
    ...[
      'PipeWire-System:input 132:0',
      'PipeWire-RT-Event:input 133:0',
      'rtpmidid:Network 134:0',
      'rtpmidi raspi:5 135:0',
    ],
  ])('leaves %s alone, unless it is named', (name) => {
    expect(choosePort([name], any, none)).toBeUndefined();
    expect(choosePort([name, pads], any, none)).toBe(pads);
    expect(choosePort([pads, name], piece(withoutNumbers(name)), none)).toBe(name);
  });

  test('leaves a port that is taken, and the other face of its device', () => {
    const all = [through, daw, launchpad, pads];
    expect(choosePort(all, any, new Set([launchpad]))).toBe(pads);
    expect(choosePort(all, any, new Set([launchpad, pads]))).toBeUndefined();
  });

  test('takes the other face when it is named', () => {
    expect(choosePort([daw, launchpad], piece('MK3 MIDI 1'), new Set([launchpad]))).toBe(daw);
  });

  test('finds the second of two alike', () => {
    const [one, other] = ['LPD8:LPD8 MIDI 1 20:0', 'LPD8:LPD8 MIDI 1 24:0'];
    expect(choosePort([one, other], any, new Set([one]))).toBe(other);
  });
});

describe('a piece of the name', () => {
  test.each([
    ['mpd', pads],
    ['X-Touch', knobs],
    ['midi 1', daw],
    ['28:0', undefined],
    ['APC', undefined],
  ])('"%s" means %s', (text, found) => {
    expect(choosePort([through, daw, launchpad, pads, knobs], piece(text), none)).toBe(found);
  });

  test('is what counts, not the patterns of the profile', () => {
    const wish = { patterns: ['MPD218'], piece: 'x-touch' };
    expect(choosePort([pads, knobs], wish, none)).toBe(knobs);
  });
});

describe('the ports of the shipped profiles', () => {
  const profiles = loadProfiles(fileURLToPath(new URL('../../../config/controllers', import.meta.url)));
  const wishOf = (name: string) => ({
    patterns: profiles.find((profile) => profile.name === name)?.ports.input ?? ['no such profile'],
    piece: undefined,
  });

  /** Seen in the field, or expected of the newest kernels (controllers.md, 1.3). */
  const launchpads = [
    'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
    'Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI',
    'Launchpad Mini MK3:LPMiniMK3 MIDI In',
  ];
  const others = [
    ...['Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1', 'Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 DA'],
    ...['Launchpad Mini MK3:LPMiniMK3 DAW In', 'Launchpad X:Launchpad X MIDI 1', 'Launchpad X:Launchpad X MIDI 2'],
    ...['Launchpad X:Launchpad X LPX DAW In', 'Launchpad X:Launchpad X LPX MIDI In'],
    ...['Launchpad Pro MK3:Launchpad Pro MK3 MIDI 1', 'Launchpad Pro MK3:Launchpad Pro MK3 LPProMK3 MIDI'],
    ...['Launchpad Pro:Launchpad Pro MIDI 2', 'Launchpad Pro:Launchpad Pro Standalone Port'],
    ...['Launchpad Mini:Launchpad Mini MIDI 1', 'Launchpad S:Launchpad S MIDI 1', 'APC MINI:APC MINI MIDI 1'],
    ...['APC mini mk2:APC mini mk2 APC mini mk2 Contr', 'APC mini mk2:APC mini mk2 Notes', 'LPD8:LPD8 MIDI 1'],
    ...['LPD8 mk2:LPD8 mk2 MIDI 1', 'MPD218:MPD218 MIDI 1', 'MPK mini 3:MPK mini 3 MIDI 1'],
    ...['nanoKONTROL2:nanoKONTROL2 MIDI 1', 'nanoKONTROL2:nanoKONTROL2 nanoKONTROL2 _ CTR'],
    ...['Arturia BeatStep:Arturia BeatStep MIDI 1', 'X-TOUCH MINI:X-TOUCH MINI MIDI 1', 'PACER:PACER MIDI1'],
    ...['SSCOM:SSCOM MIDI 1', 'SoftStep:SoftStep Control Surface', 'Logidy UMI3:Logidy UMI3 MIDI 1'],
    ...['MIDI Commander:MIDI Commander MIDI 1', 'EC-4:EC-4 MIDI 1', 'SINCO:SINCO MIDI 1'],
    ...['FootCtrl:FootCtrl Bluetooth', 'Arduino Leonardo:Arduino Leonardo MIDI 1'],
    ...['SparkFun SAMD21:SparkFun SAMD21 MIDI 1', 'UM-ONE:UM-ONE MIDI 1'],
  ];

  test.each(launchpads)('launchpad-mini-mk3 sits on %s', (name) => {
    expect(choosePort([`${name} 20:1`], wishOf('launchpad-mini-mk3'), none)).toBe(`${name} 20:1`);
  });

  test.each(others)('launchpad-mini-mk3 does not sit on %s', (name) => {
    expect(choosePort([`${name} 20:0`], wishOf('launchpad-mini-mk3'), none)).toBeUndefined();
  });

  test.each([...launchpads, ...others])('generic sits on %s', (name) => {
    expect(choosePort([through, `${name} 20:0`], wishOf('generic'), none)).toBe(`${name} 20:0`);
  });
});
