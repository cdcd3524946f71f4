import { realpathSync } from 'node:fs';
import { textOf } from './text.ts';

/** What tells one USB device from another, as far as it can be read. */
export type UsbFacts = {
  /** Vendor and product as in `1235:0113`, lower case. */
  readonly usb?: string | undefined;
  /** The sockets that it hangs on, as the kernel names them: `1-1.2`. */
  readonly usbPath?: string | undefined;
  readonly serial?: string | undefined;
};

const realPathOf = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};

/** A USB device's folder below `/sys/devices`, not that of its interface (`1-1.2:1.0`), which is where a card's link leads. */
const usbFolder = /^.*\/(\d+-\d+(?:\.\d+)*)(?=\/|$)/;

/** What the kernel tells of a card: nothing for one that is not on USB, or has just gone. */
export const usbFactsOf = (card: number, root = ''): UsbFacts => {
  const usb = textOf(`${root}/proc/asound/card${card}/usbid`)?.toLowerCase();
  const [folder, usbPath] = usbFolder.exec(realPathOf(`${root}/sys/class/sound/card${card}/device`) ?? '') ?? [];
  return { usb, usbPath, serial: folder === undefined ? undefined : textOf(`${folder}/serial`) };
};
