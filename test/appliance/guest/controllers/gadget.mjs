// USB-MIDI controllers made of software: the kernel's gadget stack on USB controllers that are not there.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { RawPort } from './raw-port.mjs';
import { until } from './wait.mjs';

const root = '/sys/kernel/config/usb_gadget';

/** A controller with its foot's side: `ports` are those that the looper's machine sees as MIDI 1, MIDI 2 and so on. */
export class Gadget {
  ports = [];
  #udc;
  #folder;
  #portCount;

  /** `udc` counts the USB sockets of this machine from 0; `usb` is vendor and product as in 1235:0113. */
  constructor({ name, udc, usb, maker, product, portCount }) {
    this.name = name;
    this.#udc = udc;
    this.#portCount = portCount;
    this.#folder = `${root}/${name}`;
    const [vendorId, productId] = usb.split(':');
    const functions = `${this.#folder}/functions/midi.${name}`;
    for (const folder of ['', '/strings/0x409', '/configs/c.1', `/functions/midi.${name}`]) {
      mkdirSync(`${this.#folder}${folder}`);
    }
    this.#set('idVendor', `0x${vendorId}`);
    this.#set('idProduct', `0x${productId}`);
    this.#set('strings/0x409/manufacturer', maker);
    this.#set('strings/0x409/product', product);
    for (const key of ['in_ports', 'out_ports']) writeFileSync(`${functions}/${key}`, `${portCount}`);
    writeFileSync(`${functions}/id`, name);
    symlinkSync(functions, `${this.#folder}/configs/c.1/${name}`);
  }

  /** Puts the plug in, and gives the time of it. The foot's side is open before the other has seen anything. */
  plug() {
    const at = performance.now();
    this.#set('UDC', `dummy_udc.${this.#udc}`);
    const card = this.#card(`/sys/devices/platform/dummy_udc.${this.#udc}/gadget.${this.#udc}`);
    if (card === undefined) throw new Error(`${this.name}: no card for the foot`);
    this.ports = Array.from({ length: this.#portCount }, () => new RawPort(card));
    return at;
  }

  /** Pulls the plug, if it is in. */
  pull() {
    if (this.ports.length === 0) return;
    this.#set('UDC', '\n');
    this.ports = [];
  }

  /** Waits until the sequencer has it, and gives the time. */
  async seen() {
    await until(() => this.isThere, `${this.name}: in the sequencer`);
    return performance.now();
  }

  /** Whether the sequencer of the looper's machine has it: its card's first client. */
  get isThere() {
    const card = this.hostCard;
    return card !== undefined && new RegExp(`^Client +${16 + 4 * card} `, 'm').test(clients());
  }

  /** The number of its card in the looper's machine; undefined while it has none. */
  get hostCard() {
    const bus = `/sys/devices/platform/dummy_hcd.${this.#udc}`;
    const hub = readdirSync(bus).find((name) => /^usb\d+$/.test(name));
    const path = `${hub?.slice(3)}-1`;
    return this.#card(`${bus}/${hub}/${path}/${path}:1.0`);
  }

  #card(device) {
    try {
      const name = readdirSync(`${device}/sound`).find((entry) => /^card\d+$/.test(entry));
      return name && Number(name.slice(4));
    } catch {
      return undefined;
    }
  }

  #set(key, value) {
    writeFileSync(`${this.#folder}/${key}`, value);
  }
}

export const clients = () => readFileSync('/proc/asound/seq/clients', 'utf8');

/** The clients of the sequencer that programs have. */
export const programs = () => clients().match(/^Client +\d+ : .*\[User/gm)?.length ?? 0;
