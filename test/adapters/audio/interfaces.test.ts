import type { Card } from '../../../src/adapters/audio/cards.ts';
import { interfacesOf } from '../../../src/adapters/audio/interfaces.ts';

const cards: readonly Card[] = [
  { number: 0, id: 'PCH' },
  { number: 1, id: 'USB', usb: '1235:8210', usbPath: '1-1.2', serial: 'Y8ABC' },
];

const device = (name: string) => ({ id: 5, name, maxInputChannels: 2, maxOutputChannels: 4 });

test.each([
  [
    'a USB card, by its serial number',
    'Scarlett 2i2 USB: Audio (hw:1,0)',
    { alsaId: 'hw:USB,0', identity: 'usb:1235:8210:Y8ABC,0', card: 1, usbPath: '1-1.2', usb: true },
  ],
  [
    "a card on the board, by ALSA's id",
    'HDA Intel: ALC (hw:0,3)',
    { alsaId: 'hw:PCH,3', identity: 'alsa:PCH,3', card: 0, usb: false },
  ],
  ['what is no card, by its name', 'sysdefault', { identity: 'sysdefault', usb: false }],
  [
    'a card that has gone since, by its name',
    'Codec: Audio (hw:2,0)',
    { identity: 'Codec: Audio (hw:2,0)', usb: false },
  ],
])('an interface is known: %s', (_, name, known) => {
  expect(interfacesOf([device(name)], cards)).toEqual([{ id: 5, name, ...known, inputs: 2, outputs: 4 }]);
});
