import type { UsbDevice } from '../../../core/doctor/survey.ts';
import { textOf } from '../../kernel/text.ts';
import { entriesOf, numberOf } from './read.ts';

const folder = 'sys/bus/usb/devices';

/** Classes of interfaces, see usb.org/defined-class-codes: 01 is audio, of which 03 is MIDI; 08 is a disk. */
const kindOf = (path: string): UsbDevice['kinds'][number] | undefined => {
  const [kind, sub] = [textOf(`${path}/bInterfaceClass`), textOf(`${path}/bInterfaceSubClass`)];
  if (kind === '08') return 'disk';
  if (kind !== '01') return undefined;
  return sub === '03' ? 'midi' : 'audio';
};

const hubOf = (path: string): string => {
  const dot = path.lastIndexOf('.');
  return dot > 0 ? path.slice(0, dot) : `usb${path.split('-', 1)[0]}`;
};

/** What is plugged in, hubs and the machine's own sockets left out. */
export const usbIn = (root: string): readonly UsbDevice[] => {
  const names = entriesOf(`${root}/${folder}`);
  return names
    .filter((name) => /^\d+-\d+(\.\d+)*$/.test(name))
    .flatMap((path) => {
      const device = `${root}/${folder}/${path}`;
      if (textOf(`${device}/bDeviceClass`) === '09') return [];
      const kinds = names
        .filter((name) => name.startsWith(`${path}:`))
        .map((name) => kindOf(`${root}/${folder}/${name}`))
        .filter((kind) => kind !== undefined);
      const ids = [textOf(`${device}/idVendor`), textOf(`${device}/idProduct`)].filter(Boolean).join(':');
      return {
        ...{ path, hub: hubOf(path), kinds: [...new Set(kinds)] },
        title: textOf(`${device}/product`) ?? (ids === '' ? 'a device without a name' : ids),
        speedMbit: numberOf(`${device}/speed`) ?? 0,
        power: textOf(`${device}/power/control`),
        powerFile: `/${folder}/${path}/power/control`,
      };
    });
};
