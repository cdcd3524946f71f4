import { UserError } from '../../core/errors.ts';

/** An audio interface, or one side of it. */
export type AudioInterface = {
  /** PortAudio's, valid until something is plugged. */
  readonly id: number;
  readonly name: string;
  /** By the card's id, such as `hw:USB,0`; undefined for what is not a card. */
  readonly alsaId: string | undefined;
  /** Who it is, however its numbers change (`cards.ts`); its name where it is not a card. */
  readonly identity: string;
  /** The number of its card now. */
  readonly card?: number | undefined;
  /** The USB socket that its card is in. */
  readonly usbPath?: string | undefined;
  readonly usb: boolean;
  readonly inputs: number;
  readonly outputs: number;
};

export const describe = ({ name, alsaId, inputs, outputs }: AudioInterface): string =>
  `${alsaId === undefined ? '' : `${alsaId}  `}${name}, ${inputs} in, ${outputs} out`;

const listed = (interfaces: readonly AudioInterface[]): string =>
  interfaces.length === 0 ? 'none is there' : interfaces.map((one) => `\n  ${describe(one)}`).join('');

const matching = (interfaces: readonly AudioInterface[], wanted: string): readonly AudioInterface[] => {
  const piece = wanted.toLowerCase();
  const exact = interfaces.filter((one) => [one.name, one.alsaId].some((name) => name?.toLowerCase() === piece));
  if (exact.length > 0) return exact;
  return interfaces.filter((one) => [one.name, one.alsaId].some((name) => name?.toLowerCase().includes(piece)));
};

/**
 * The one interface that `wanted` means: a piece of its name or of its ALSA id, without regard to case.
 * `usable` leaves out those that cannot serve; `where` names the setting in the message.
 */
export const chooseInterface = (
  interfaces: readonly AudioInterface[],
  wanted: string,
  usable: (one: AudioInterface) => boolean,
  where: string,
): AudioInterface => {
  const present = interfaces.filter(usable);
  const found = matching(present, wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only !== undefined) {
    throw new UserError(
      'device-ambiguous',
      `${where}: "${wanted}" matches ${found.length} interfaces; say more of the name or id:${listed(found)}`,
    );
  }
  throw new UserError(
    'device-unknown',
    `${where}: no interface is called "${wanted}"; those present: ${listed(present)}`,
  );
};

/** The interface to take when none is named: with both sides, on USB rather than on the board. Undefined when there is none. */
export const likeliestInterface = (interfaces: readonly AudioInterface[]): AudioInterface | undefined => {
  const cards = interfaces.filter(({ alsaId, inputs, outputs }) => alsaId !== undefined && inputs > 0 && outputs > 0);
  return cards.find(({ usb }) => usb) ?? cards[0];
};
