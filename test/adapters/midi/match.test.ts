import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type Device, devicesOf } from '../../../src/adapters/midi/devices.ts';
import type { KnownProfile } from '../../../src/adapters/midi/fit.ts';
import { type Assignment, assign, type ControllerWish } from '../../../src/adapters/midi/match.ts';
import { ours, profileOf, theirs } from './profiles.ts';

/** A device with the same ports both ways. */
const device = (client: number, names: readonly string[], rest: Partial<Device> = {}): Device => {
  const ports = names.map((name, index) => `${name} ${client}:${index}`);
  return { client, name: names[0]?.split(':')[0] ?? '', inputs: ports, outputs: ports, ...rest };
};

const through = device(14, ['Midi Through:Midi Through Port-0', 'Midi Through:Midi Through Port-1']);
const launchpad = device(20, ['Launchpad:Launchpad MIDI 1', 'Launchpad:Launchpad MIDI 2'], {
  usb: '1235:0113',
  usbPath: '1-1.2',
  serial: 'LP0042',
});
const pacer = device(24, ['PACER:PACER MIDI1', 'PACER:PACER MIDI2'], { usbPath: '1-1.3' });
const cable = device(28, ['UM-ONE:UM-ONE MIDI 1']);

const generic = profileOf('generic');
const byName = profileOf('by-name', ['Launchpad MIDI 2$']);
const byShortName = profileOf('by-short-name', ['Launchpad MIDI']);
const byUsb = profileOf('by-usb', ['LPX'], { usb: ['1235:0113'] });
const pacerProfile = profileOf('pacer', ['^PACER:'], { output: ['MIDI1$'] });

const told = ({ chosen, why }: Assignment) => [chosen?.profile.name, chosen?.inputs, chosen?.output, why];
const only = (one: Device, profiles: readonly KnownProfile[]) => assign([one], profiles, []).map(told)[0];

const [daw, midi] = ['Launchpad:Launchpad MIDI 1 20:0', 'Launchpad:Launchpad MIDI 2 20:1'];
const [pacer1, pacer2] = ['PACER:PACER MIDI1 24:0', 'PACER:PACER MIDI2 24:1'];
const um = 'UM-ONE:UM-ONE MIDI 1 28:0';

describe('without wishes', () => {
  test.each<readonly [string, Device, readonly KnownProfile[], ReturnType<typeof only>]>([
    ['a profile by name', launchpad, [ours(byName)], ['by-name', [midi], midi, 'name matches /Launchpad MIDI 2$/']],
    ['a profile by USB id, and its first ports', launchpad, [ours(byUsb)], ['by-usb', [daw], daw, 'USB id 1235:0113']],
    [
      'the ports that the profile names, where they match as well',
      launchpad,
      [ours(profileOf('both', ['MIDI 2$'], { usb: ['1235:0113'] }))],
      ['both', [midi], midi, 'USB id 1235:0113'],
    ],
    [
      'a USB id before a name',
      launchpad,
      [ours(byName), ours(byUsb)],
      ['by-usb', [daw], daw, 'USB id 1235:0113; before by-name, which matches by name'],
    ],
    [
      'a longer pattern before a shorter one',
      launchpad,
      [ours(byShortName), ours(byName)],
      ['by-name', [midi], midi, 'name matches /Launchpad MIDI 2$/; before by-short-name, which matches by name'],
    ],
    [
      'the player’s own before ours, even by name before USB',
      launchpad,
      [ours(byUsb), theirs(byShortName)],
      [
        'by-short-name',
        [daw, midi],
        daw,
        'your own profile: name matches /Launchpad MIDI/; before by-usb, which matches by USB id',
      ],
    ],
    [
      'of equals the first in the alphabet',
      launchpad,
      [ours({ ...byName, name: 'z' }), ours({ ...byName, name: 'a' })],
      ['a', [midi], midi, 'name matches /Launchpad MIDI 2$/; before z, which matches by name'],
    ],
    [
      'one that takes any port last of all, even the player’s own',
      launchpad,
      [theirs(generic), ours(byName)],
      ['by-name', [midi], midi, 'name matches /Launchpad MIDI 2$/'],
    ],
    [
      'all inputs that match, and the lamps where they belong',
      pacer,
      [ours(pacerProfile)],
      ['pacer', [pacer1, pacer2], pacer1, 'name matches /^PACER:/'],
    ],
    [
      'the generic profile when nothing else fits',
      cable,
      [ours(generic), ours(byName)],
      ['generic', [um], um, 'no other profile knows it'],
    ],
    [
      'of those that take any port the generic one',
      cable,
      [ours(profileOf('any')), theirs(profileOf('another')), ours(generic)],
      ['generic', [um], um, 'no other profile knows it'],
    ],
    [
      'the first input alone, where any will do',
      launchpad,
      [ours(generic)],
      ['generic', [daw], daw, 'no other profile knows it'],
    ],
    [
      'nothing that knows another USB id, even without patterns',
      cable,
      [ours(profileOf('other', [], { usb: ['1234:5678'] }))],
      [undefined, undefined, undefined, 'no profile knows it'],
    ],
    ['nothing when nothing fits', cable, [ours(byName)], [undefined, undefined, undefined, 'no profile knows it']],
    [
      'nothing that is no controller',
      through,
      [ours(generic)],
      [undefined, undefined, undefined, 'no controller, unless midi.controllers names its port'],
    ],
    [
      'nothing that only listens',
      { ...cable, inputs: [] },
      [ours(generic)],
      [undefined, undefined, undefined, 'it sends nothing'],
    ],
    [
      'no lamps where the device has none',
      { ...cable, outputs: [] },
      [ours(generic)],
      ['generic', [um], undefined, 'no other profile knows it'],
    ],
    [
      'no lamps on another port than the profile names',
      launchpad,
      [ours(profileOf('deaf', ['MIDI 2$'], { output: ['MIDI 3$'] }))],
      ['deaf', [midi], undefined, 'name matches /MIDI 2$/'],
    ],
  ])('a device gets %s', (_case, one, profiles, expected) => {
    expect(only(one, profiles)).toEqual(expected);
  });

  test('each device is told of, each with its own', () => {
    const all = assign([through, launchpad, pacer, cable], [ours(generic), ours(pacerProfile), ours(byUsb)], []);
    expect(all.map(({ chosen }) => chosen?.profile.name)).toEqual([undefined, 'by-usb', 'pacer', 'generic']);
  });

  test('the order of the profiles changes nothing', () => {
    const profiles = [ours(generic), ours(byName), theirs(byShortName), ours(byUsb), ours(pacerProfile)];
    const devices = [through, launchpad, pacer, cable];
    const expected = assign(devices, profiles, []).map(told);
    fc.assert(
      fc.property(fc.shuffledSubarray(profiles, { minLength: profiles.length }), (shuffled) => {
        expect(assign(devices, shuffled, []).map(told)).toEqual(expected);
      }),
    );
  });
});

describe('with wishes', () => {
  const profiles = [generic, byName, byUsb, pacerProfile].map(ours);
  const devices = [through, launchpad, pacer, cable];
  const wished = (...wishes: readonly ControllerWish[]) =>
    assign(devices, profiles, wishes)
      .filter(({ chosen }) => chosen !== undefined)
      .map(({ chosen }) => [chosen?.profile.name, chosen?.inputs, chosen?.output]);
  const [port0, port1] = ['Midi Through:Midi Through Port-0 14:0', 'Midi Through:Midi Through Port-1 14:1'];

  test.each<readonly [string, readonly ControllerWish[], ReturnType<typeof wished>]>([
    ['by their profile alone', [{ profile: 'pacer' }], [['pacer', [pacer1, pacer2], pacer1]]],
    [
      'each the first that is left',
      [{ profile: 'generic' }, { profile: 'generic' }],
      [
        ['generic', [daw], daw],
        ['generic', [pacer1], pacer1],
      ],
    ],
    ['by a piece of the input, and its own lamps', [{ profile: 'pacer', input: 'um-one' }], [['pacer', [um], um]]],
    [
      'also ports that are no controller',
      [{ profile: 'generic', input: 'Port-0', output: 'Port-1' }],
      [['generic', [port0], port1]],
    ],
    [
      'with lamps on another device',
      [{ profile: 'generic', input: 'Port-0', output: 'UM' }],
      [['generic', [port0], um]],
    ],
    [
      'with lamps on the same device first',
      [{ profile: 'generic', input: 'PACER MIDI2', output: 'MIDI' }],
      [['generic', [pacer2], pacer1]],
    ],
    [
      'both faces of one device',
      [
        { profile: 'generic', input: 'Port-0' },
        { profile: 'generic', input: 'Port-1' },
      ],
      [
        ['generic', [port0], port0],
        ['generic', [port1], port1],
      ],
    ],
    ['by the socket', [{ profile: 'generic', at: '1-1.3' }], [['generic', [pacer1], pacer1]]],
    ['by the serial number', [{ profile: 'generic', at: 'lp0042' }], [['generic', [daw], daw]]],
    ['by socket and port', [{ profile: 'generic', at: '1-1.3', input: 'MIDI2' }], [['generic', [pacer2], pacer2]]],
    [
      'without lamps while those that are named are away',
      [{ profile: 'generic', input: 'UM', output: 'away' }],
      [['generic', [um], undefined]],
    ],
    [
      'not a device of which another has a part',
      [{ profile: 'by-name', input: 'MIDI 1' }, { profile: 'by-usb' }],
      [['by-name', [daw], midi]],
    ],
    [
      'not what is away',
      [
        { profile: 'generic', input: 'APC' },
        { profile: 'generic', at: '2-1' },
      ],
      [],
    ],
    ['not what no profile is called', [{ profile: 'no-such' }], []],
  ])('controllers are had %s', (_case, wishes, expected) => {
    expect(wished(...wishes)).toEqual(expected);
  });

  test('what nobody names is told, and left alone', () => {
    expect(assign(devices, profiles, [{ profile: 'pacer' }]).map(({ why }) => why)).toEqual([
      'midi.controllers names others',
      'midi.controllers names others',
      'midi.controllers names it; name matches /^PACER:/',
      'midi.controllers names others',
    ]);
  });

  test('a wish keeps what it has when another fits that comes before it', () => {
    const [first, second] = [{ profile: 'generic' }, { profile: 'generic' }];
    const held = new Map([[second, [um]]]);
    const given = assign(devices, profiles, [first, second], held).filter(({ chosen }) => chosen !== undefined);
    expect(given.map(({ chosen }) => [chosen?.wish === second, chosen?.inputs])).toEqual([
      [false, [daw]],
      [true, [um]],
    ]);
  });
});

describe('the shipped profiles', () => {
  const folder = fileURLToPath(new URL('../../../config/controllers/', import.meta.url));
  /** Only how a profile knows its device. */
  const shipped = readdirSync(folder).map((file) => {
    const { name, usb, ports } = parse(readFileSync(`${folder}${file}`, 'utf8'));
    return ours(profileOf(name, ports.input, { usb: usb ?? [], output: ports.output ?? ports.input }));
  });
  const profileFor = (name: string): string | undefined =>
    assign(
      devicesOf({ inputs: [`${name} 20:0`], outputs: [`${name} 20:0`] }, () => ({})),
      shipped,
      [],
    )[0]?.chosen?.profile.name;

  /** Names seen in the field, or expected of the newest kernels (controllers.md, 1.3). */
  test.each([
    ['Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2', 'launchpad-mini-mk3'],
    ['Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI', 'launchpad-mini-mk3'],
    ['Launchpad Mini MK3:LPMiniMK3 MIDI In', 'launchpad-mini-mk3'],
    ['Launchpad X:Launchpad X MIDI 2', 'launchpad-x'],
    ['Launchpad X:Launchpad X LPX MIDI In', 'launchpad-x'],
    ['Launchpad Pro MK3:Launchpad Pro MK3 LPProMK3 MIDI', 'launchpad-pro-mk3'],
    ['Launchpad Mini:Launchpad Mini MIDI 1', 'launchpad-s'],
    ['Launchpad S:Launchpad S MIDI 1', 'launchpad-s'],
    ['APC MINI:APC MINI MIDI 1', 'apc-mini'],
    ['APC mini mk2:APC mini mk2 APC mini mk2 Contr', 'apc-mini-mk2'],
    ['LPD8:LPD8 MIDI 1', 'lpd8'],
    ['LPD8 mk2:LPD8 mk2 MIDI 1', 'lpd8-mk2'],
    ['MPD218:MPD218 MIDI 1', 'mpd218'],
    ['MPK mini 3:MPK mini 3 MIDI 1', 'mpk-mini'],
    ['nanoKONTROL2:nanoKONTROL2 nanoKONTROL2 _ CTR', 'nanokontrol2'],
    ['Arturia BeatStep:Arturia BeatStep MIDI 1', 'beatstep'],
    ['X-TOUCH MINI:X-TOUCH MINI MIDI 1', 'x-touch-mini'],
    ['PACER:PACER MIDI2', 'pacer'],
    ['SSCOM:SSCOM MIDI 1', 'softstep-2'],
    ['SoftStep:SoftStep Control Surface', 'softstep-2'],
    ['FootCtrl:FootCtrl Bluetooth', 'm-vave-chocolate'],
    ['Arduino Leonardo:Arduino Leonardo MIDI 1', 'arduino'],
    ['UM-ONE:UM-ONE MIDI 1', 'generic'],
    ['Unheard of:Unheard of MIDI 1', 'generic'],
    ['Midi Through:Midi Through Port-0', undefined],
  ])('know %s as %s', (name, profile) => {
    expect(profileFor(name)).toBe(profile);
  });
});
