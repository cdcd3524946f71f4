import { clientOf } from './port-names.ts';

/** The ports of the sequencer that a controller sits on, and the plugging in by which they came. */
export type Seat = { readonly input: string; readonly output: string | undefined; readonly plug: string };

/** The ports that there are, as RtMidi names them. */
export type PortNames = { readonly inputs: readonly string[]; readonly outputs: readonly string[] };

/** The kernel gives each card four clients from 16 on; from 128 on they are programs (ALSA, seq_clientmgr). */
const [firstClient, clientsPerCard, firstProgram] = [16, 4, 128];

/** The sound card that a port is on; undefined for a port of a program or of the sequencer's own. */
export const cardOf = (name: string): number | undefined => {
  const client = Number(clientOf(name) ?? Number.NaN);
  const isCard = client >= firstClient && client < firstProgram;
  return isCard ? Math.floor((client - firstClient) / clientsPerCard) : undefined;
};

/** By which plugging in the ports of a seat are there now. */
export const plugOf = (ports: Omit<Seat, 'plug'>, plugOfCard: (card: number) => string): string => {
  const cards = [ports.input, ports.output ?? ''].map(cardOf);
  return cards.map((card) => (card === undefined ? '' : plugOfCard(card))).join(', ');
};

/**
 * Whether what was opened is still connected. The names alone do not tell: a card that is plugged in again between two
 * looks gets the same client, without the connections.
 */
export const isThere = (seat: Seat, { inputs, outputs }: PortNames, plugNow: string): boolean =>
  inputs.includes(seat.input) && (seat.output === undefined || outputs.includes(seat.output)) && seat.plug === plugNow;
