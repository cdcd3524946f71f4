import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A root folder with what the kernel shows of sound cards below /proc and /sys, to be removed by the test that made it. */
export class KernelFiles {
  readonly root = mkdtempSync(join(tmpdir(), 'hindsight-kernel-'));

  /** A card whose interface is at `device` below /sys/devices; the files are named from the root. */
  card(number: number, device: string, files: Readonly<Record<string, string>>): void {
    const folder = join(this.root, 'sys/devices', device);
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(this.root, `sys/class/sound/card${number}`), { recursive: true });
    symlinkSync(folder, join(this.root, `sys/class/sound/card${number}/device`));
    mkdirSync(join(this.root, `proc/asound/card${number}`), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.root, name), text);
  }

  /** A USB card in a socket, such as `1-1.2`. */
  usbCard(number: number, id: string, usb: string, socket: string, serial?: string): void {
    const device = `pci0/usb/${socket}`;
    this.card(number, `${device}/${socket}:1.0`, {
      [`proc/asound/card${number}/id`]: `${id}\n`,
      [`proc/asound/card${number}/usbid`]: `${usb}\n`,
      ...(serial === undefined ? {} : { [`sys/devices/${device}/serial`]: `${serial}\n` }),
    });
  }

  /** A card on the board. */
  boardCard(number: number, id: string): void {
    this.card(number, `pci0/0000:00:1f.${number}`, { [`proc/asound/card${number}/id`]: `${id}\n` });
  }

  unplug(number: number): void {
    rmSync(join(this.root, `proc/asound/card${number}`), { recursive: true });
    rmSync(join(this.root, `sys/class/sound/card${number}`), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
