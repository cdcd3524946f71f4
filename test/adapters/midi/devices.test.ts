import { devicesOf } from '../../../src/adapters/midi/devices.ts';

const usb = { usb: '1235:0113', usbPath: '1-1.2', serial: undefined };

test('ports are grouped by their client, in the order of the clients, with what is known of their card', () => {
  const daw = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1 24:0';
  const midi = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2 24:1';
  const names = { inputs: ['FootCtrl:FootCtrl 128:0', daw, midi], outputs: ['Synth:Synth 20:0', daw, midi] };
  expect(devicesOf(names, (card) => (card === 2 ? usb : {}))).toEqual([
    { client: 20, name: 'Synth', inputs: [], outputs: ['Synth:Synth 20:0'], card: 1 },
    { client: 24, name: 'Launchpad Mini MK3', inputs: [daw, midi], outputs: [daw, midi], card: 2, ...usb },
    { client: 128, name: 'FootCtrl', inputs: ['FootCtrl:FootCtrl 128:0'], outputs: [], card: undefined },
  ]);
});

test('two of the same name are two devices', () => {
  const names = { inputs: ['LPD8:LPD8 MIDI 1 20:0', 'LPD8:LPD8 MIDI 1 24:0'], outputs: [] };
  expect(devicesOf(names, () => ({})).map(({ client }) => client)).toEqual([20, 24]);
});

test('what has no client is nobody', () => {
  expect(devicesOf({ inputs: ['pads:pads'], outputs: [] }, () => ({}))).toEqual([]);
});
