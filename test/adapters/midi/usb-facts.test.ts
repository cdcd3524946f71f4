import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usbFactsOf } from '../../../src/adapters/midi/usb-facts.ts';

let root = '';

/** What the kernel shows of a card whose interface is at `path` below /sys/devices. */
const card = (number: number, path: string, files: Readonly<Record<string, string>>): void => {
  const device = join(root, 'sys/devices', path);
  mkdirSync(device, { recursive: true });
  mkdirSync(join(root, `sys/class/sound/card${number}`), { recursive: true });
  symlinkSync(device, join(root, `sys/class/sound/card${number}/device`));
  mkdirSync(join(root, `proc/asound/card${number}`), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'usb-facts-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('a USB card is known by its id, its socket below the hubs, and its serial number', () => {
  card(1, 'pci0/usb1/1-1/1-1.2/1-1.2:1.0', {
    'proc/asound/card1/usbid': '1235:0113\n',
    'sys/devices/pci0/usb1/1-1/1-1.2/serial': 'LP123\n',
  });
  expect(usbFactsOf(1, root)).toEqual({ usb: '1235:0113', usbPath: '1-1.2', serial: 'LP123' });
});

test('one without a serial number has none, nor has it that of its hub', () => {
  card(2, 'pci0/usb3/3-10/3-10.1/3-10.1:1.0', {
    'proc/asound/card2/usbid': '09E8:0028\n',
    'sys/devices/pci0/usb3/3-10/serial': 'hub\n',
    'sys/devices/pci0/usb3/3-10/3-10.1/serial': '\n',
  });
  expect(usbFactsOf(2, root)).toEqual({ usb: '09e8:0028', usbPath: '3-10.1', serial: undefined });
});

test('a card that is not on USB, or not there, has nothing to tell', () => {
  card(0, 'pci0/0000:00:1f.3', {});
  const nothing = { usb: undefined, usbPath: undefined, serial: undefined };
  expect([usbFactsOf(0, root), usbFactsOf(7, root)]).toEqual([nothing, nothing]);
});
