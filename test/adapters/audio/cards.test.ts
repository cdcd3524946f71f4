import fc from 'fast-check';
import { type Card, findCard, identityOf, listCards } from '../../../src/adapters/audio/cards.ts';
import { KernelFiles } from '../kernel/kernel-files.ts';

describe('the cards that there are', () => {
  let kernel: KernelFiles;
  beforeEach(() => {
    kernel = new KernelFiles();
  });
  afterEach(() => kernel.remove());

  test('are told by number, with what USB says of them', () => {
    kernel.usbCard(10, 'USB', '1235:8210', '1-1.2', 'Y8ABC');
    kernel.usbCard(2, 'Mic', '08BB:2902', '1-1.3');
    kernel.boardCard(0, 'PCH');
    expect(listCards(kernel.root)).toEqual([
      { number: 0, id: 'PCH' },
      { number: 2, id: 'Mic', usb: '08bb:2902', usbPath: '1-1.3' },
      { number: 10, id: 'USB', usb: '1235:8210', usbPath: '1-1.2', serial: 'Y8ABC' },
    ]);
  });

  test('are none where the kernel knows of no sound', () => {
    expect(listCards(kernel.root)).toEqual([]);
  });

  test('are followed from plug to plug', () => {
    kernel.boardCard(0, 'PCH');
    kernel.usbCard(1, 'USB', '1235:8210', '1-1', 'Y8ABC');
    kernel.unplug(1);
    expect(listCards(kernel.root).map(({ id }) => id)).toEqual(['PCH']);
    kernel.usbCard(3, 'USB', '1235:8210', '1-2', 'Y8ABC');
    expect(listCards(kernel.root).map(({ number, id }) => [number, id])).toEqual([
      [0, 'PCH'],
      [3, 'USB'],
    ]);
  });

  test('do not include one that has gone but for its folder, nor other entries', () => {
    kernel.card(4, 'pci0/4', {});
    kernel.card(5, 'pci0/5', { 'proc/asound/card5/id': 'PCH\n', 'proc/asound/cards': '', 'proc/asound/card': '' });
    expect(listCards(kernel.root).map(({ number }) => number)).toEqual([5]);
  });
});

const scarlett: Card = { number: 1, id: 'USB', usb: '1235:8210', usbPath: '1-1.2', serial: 'Y8ABC' };
const board: Card = { number: 0, id: 'PCH' };
const codec: Card = { number: 2, id: 'CODEC', usb: '08bb:2902', usbPath: '1-1.3' };
const twin: Card = { number: 3, id: 'CODEC_1', usb: '08bb:2902', usbPath: '1-1.4' };

describe('who a card is', () => {
  test.each([
    ['on USB, by its serial number', scarlett, 0, 'usb:1235:8210:Y8ABC,0'],
    ['on USB without one, by vendor and product', codec, 1, 'usb:08bb:2902,1'],
    ["elsewhere, by ALSA's id", board, 7, 'alsa:PCH,7'],
  ])('%s', (_, card, device, identity) => {
    expect(identityOf(card, device)).toBe(identity);
  });

  test('stays the same under any number, in any socket, after any other plug', () => {
    fc.assert(
      fc.property(fc.nat(31), fc.stringMatching(/^\d-\d$/), fc.nat(3), (number, usbPath, device) => {
        const moved = { ...scarlett, number, usbPath, id: `USB_${number}` };
        expect(identityOf(moved, device)).toBe(identityOf(scarlett, device));
      }),
    );
  });
});

describe('a card is found', () => {
  const all = [twin, codec, scarlett, board];
  test.each([
    ['by its serial number, in whatever socket', all, { identity: 'usb:1235:8210:Y8ABC,0', usbPath: '3-1' }, scarlett],
    ['whichever of its devices is meant', all, { identity: 'alsa:PCH,7' }, board],
    ['of two alike, in its socket', all, { identity: 'usb:08bb:2902,0', usbPath: '1-1.4' }, twin],
    ['of two alike, the first by number without one', all, { identity: 'usb:08bb:2902,0' }, codec],
    [
      'of two alike, the first by number where its socket is empty',
      all,
      { identity: 'usb:08bb:2902,0', usbPath: '1-1' },
      codec,
    ],
    ['moved, where it is the only one', [board, twin], { identity: 'usb:08bb:2902,0', usbPath: '1-1.3' }, twin],
  ])('%s', (_, cards, wanted, found) => {
    expect(findCard(cards, wanted)).toBe(found);
  });

  test.each([
    ['none is there', [], { identity: 'alsa:PCH,0' }],
    ['another of its kind is there', [scarlett], { identity: 'usb:1235:8210:Y8XYZ,0', usbPath: '1-1.2' }],
    ['another kind is in its socket', [codec], { identity: 'usb:1235:8210:Y8ABC,0', usbPath: '1-1.3' }],
    ['what was meant is no card', all, { identity: 'sysdefault' }],
  ])('not where %s', (_, cards, wanted) => {
    expect(findCard(cards, wanted)).toBeUndefined();
  });

  test('by the identity that it has, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), fc.nat(9), (id, serial, device) => {
        for (const card of [
          { number: 4, id },
          { number: 4, id, usb: '1235:8210', serial },
        ]) {
          expect(findCard([card], { identity: identityOf(card, device) })).toBe(card);
        }
      }),
    );
  });
});
