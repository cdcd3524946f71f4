import type { UsbFacts } from '../kernel/usb-facts.ts';
import { clientOf } from './port-names.ts';
import { cardOf } from './seat.ts';
import type { PortNames } from './sequencer.ts';

/** What is plugged in, or a program with ports: a client of the sequencer. Its ports are named with ALSA's numbers. */
export type Device = UsbFacts & {
  readonly client: number;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly card?: number | undefined;
};

/** The ports by whom they belong to, in the order of the clients. A name without numbers belongs to nobody known. */
export const devicesOf = (names: PortNames, usbOf: (card: number) => UsbFacts): readonly Device[] => {
  const all = [...names.inputs, ...names.outputs];
  const clients = new Set(all.map(clientOf).filter((client) => client !== undefined));
  return [...clients]
    .toSorted((a, b) => a - b)
    .map((client) => {
      const isIts = (name: string): boolean => clientOf(name) === client;
      const card = cardOf(client);
      return {
        client,
        name: all.find(isIts)?.split(':', 1)[0] ?? '',
        inputs: names.inputs.filter(isIts),
        outputs: names.outputs.filter(isIts),
        card,
        ...(card === undefined ? {} : usbOf(card)),
      };
    });
};
