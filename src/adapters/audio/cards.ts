import { readdirSync } from 'node:fs';
import { textOf } from '../kernel/text.ts';
import { type UsbFacts, usbFactsOf } from '../kernel/usb-facts.ts';

/** A sound card that is there now. */
export type Card = UsbFacts & {
  /** ALSA's, which another card may have after a plug. */
  readonly number: number;
  /** ALSA's name for it, such as `PCH`. Of two alike on USB, it is the order of the plugs that says which one is `USB_1`. */
  readonly id: string;
};

/** Which card is meant, whatever its number is now. */
export type WantedCard = { readonly identity: string; readonly usbPath?: string | undefined };

/** What is in a folder; nothing where it is not, or has just gone. */
export const entriesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** The cards that there are, by number. A few small files are read; never throws, and one that is just going is left out. */
export const listCards = (root = ''): readonly Card[] =>
  entriesOf(`${root}/proc/asound`)
    .flatMap((entry) => /^card(\d+)$/.exec(entry)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)
    .flatMap((number) => {
      const id = textOf(`${root}/proc/asound/card${number}/id`);
      return id === undefined ? [] : [{ number, id, ...usbFactsOf(number, root) }];
    });

const cardIdentity = ({ id, usb, serial }: Card): string => {
  if (usb === undefined) return `alsa:${id}`;
  return serial === undefined ? `usb:${usb}` : `usb:${usb}:${serial}`;
};

/**
 * Who a PCM device of a card is, the same after each plug and boot and in each socket: `usb:1235:8210:Y8ABC,0`, `alsa:PCH,0`.
 * Two of a kind without serial numbers share it, and so do those whose maker gives all the same one.
 */
export const identityOf = (card: Card, device: number): string => `${cardIdentity(card)},${device}`;

/**
 * The card that is meant, on any of its devices: of several alike the one in the same USB socket, else the first by number, since
 * one that was moved is better than none. Who uses two alike leaves out of `cards` the one that is in use.
 */
export const findCard = (cards: readonly Card[], { identity, usbPath }: WantedCard): Card | undefined => {
  const wanted = identity.replace(/,\d+$/, '');
  const alike = cards.filter((card) => cardIdentity(card) === wanted).toSorted((a, b) => a.number - b.number);
  return alike.find((card) => usbPath !== undefined && card.usbPath === usbPath) ?? alike[0];
};
