import { clientOf } from './port-names.ts';
import type { PortNames } from './sequencer.ts';

/** The ports of the sequencer that a controller sits on, and the plugging in by which they came. */
export type Seat = {
  readonly inputs: readonly string[];
  readonly output: string | undefined;
  readonly plug: string;
};

/** The kernel gives each card four clients from 16 on; from 128 on they are programs (ALSA, seq_clientmgr). */
const [firstClient, clientsPerCard, firstProgram] = [16, 4, 128];

/** The sound card that a client is on; undefined for a program, and for the sequencer's own. */
export const cardOf = (client: number): number | undefined => {
  const isCard = client >= firstClient && client < firstProgram;
  return isCard ? Math.floor((client - firstClient) / clientsPerCard) : undefined;
};

/** By which plugging in the ports of a seat are there now. */
export const plugOf = (ports: Omit<Seat, 'plug'>, plugOfCard: (card: number) => string): string =>
  [...ports.inputs, ...(ports.output === undefined ? [] : [ports.output])]
    .map((name) => cardOf(clientOf(name) ?? 0))
    .map((card) => (card === undefined ? '' : plugOfCard(card)))
    .join(', ');

/**
 * Whether what was opened is still connected. The names alone do not tell: a card that is plugged in again between two
 * looks gets the same client, without the connections.
 */
export const isThere = (seat: Seat, { inputs, outputs }: PortNames, plugNow: string): boolean =>
  seat.inputs.every((name) => inputs.includes(name)) &&
  (seat.output === undefined || outputs.includes(seat.output)) &&
  seat.plug === plugNow;

export const samePorts = (a: Omit<Seat, 'plug'>, b: Omit<Seat, 'plug'>): boolean =>
  a.output === b.output && a.inputs.length === b.inputs.length && a.inputs.every((name, at) => name === b.inputs[at]);
