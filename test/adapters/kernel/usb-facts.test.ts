import { usbFactsOf } from '../../../src/adapters/kernel/usb-facts.ts';
import { KernelFiles } from './kernel-files.ts';

let kernel: KernelFiles;
beforeEach(() => {
  kernel = new KernelFiles();
});
afterEach(() => kernel.remove());

test('a USB card is known by its id, its socket below the hubs, and its serial number', () => {
  kernel.card(1, 'pci0/usb1/1-1/1-1.2/1-1.2:1.0', {
    'proc/asound/card1/usbid': '1235:0113\n',
    'sys/devices/pci0/usb1/1-1/1-1.2/serial': 'LP123\n',
  });
  expect(usbFactsOf(1, kernel.root)).toEqual({ usb: '1235:0113', usbPath: '1-1.2', serial: 'LP123' });
});

test('one without a serial number has none, nor has it that of its hub', () => {
  kernel.card(2, 'pci0/usb3/3-10/3-10.1/3-10.1:1.0', {
    'proc/asound/card2/usbid': '09E8:0028\n',
    'sys/devices/pci0/usb3/3-10/serial': 'hub\n',
    'sys/devices/pci0/usb3/3-10/3-10.1/serial': '\n',
  });
  expect(usbFactsOf(2, kernel.root)).toEqual({ usb: '09e8:0028', usbPath: '3-10.1', serial: undefined });
});

test('a card that is not on USB, or not there, has nothing to tell', () => {
  kernel.card(0, 'pci0/0000:00:1f.3', {});
  const nothing = { usb: undefined, usbPath: undefined, serial: undefined };
  expect([usbFactsOf(0, kernel.root), usbFactsOf(7, kernel.root)]).toEqual([nothing, nothing]);
});
