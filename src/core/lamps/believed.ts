import type { Shade } from '../controller/colour.ts';
import type { Lamp, Looks, Profile } from '../controller/profile.ts';
import type { Look } from './messages.ts';

type Bytes = readonly number[];
type Messages = readonly Bytes[];

/** What a device is believed to show on a lamp; undefined where it was not told yet. */
export type Belief = { readonly id: string; readonly look: Look | undefined };

const begins = (bytes: Bytes, at: number, piece: Bytes): boolean =>
  piece.every((byte, index) => bytes[at + index] === byte);

const isTold = (told: Messages, wanted: Messages): boolean =>
  told.length === wanted.length &&
  told.every((message, index) => {
    const other = wanted[index];
    return other !== undefined && other.length === message.length && begins(message, 0, other);
  });

/** The first look of a lamp whose messages are those that were sent. */
const lookThat = (lamp: Lamp, matches: (messages: Messages) => boolean): Look | undefined => {
  const ways = [
    ['steady', lamp.steady],
    ['blink', lamp.blink],
    ['pulse', lamp.pulse],
  ] as const satisfies readonly (readonly [Look['by'], Looks | undefined])[];
  for (const [by, looks] of ways) {
    const found = Object.entries(looks ?? {}).find(([, messages]) => matches(messages));
    if (found !== undefined) return { shade: found[0] as Shade, by };
  }
  return undefined;
};

/** The lamps in one message: each part is a byte or a lamp's bytes, which say how long they are. */
const inFrame = (message: Bytes, { frame = [], lamps }: Profile): ReadonlyMap<string, Look> => {
  const looks = new Map<string, Look>();
  let at = 0;
  for (const part of frame) {
    const lamp = typeof part === 'number' ? undefined : lamps.find(({ id }) => id === part.lamp);
    const look = lamp && lookThat(lamp, ([bytes = []]) => begins(message, at, bytes));
    if (lamp !== undefined && look !== undefined) looks.set(lamp.id, look);
    const bytes = look && lamp ? (look.by === 'steady' ? lamp.steady : (lamp[look.by] ?? {}))[look.shade] : undefined;
    at += typeof part === 'number' ? 1 : (bytes?.[0]?.length ?? 0);
  }
  return looks;
};

/** What each lamp of a controller is believed to show, from the messages of each task that the device was last sent. Pure. */
export const believed = (shown: ReadonlyMap<string, Messages>, profile: Profile): readonly Belief[] => {
  const [message] = shown.get('frame') ?? [];
  if (profile.frame !== undefined) {
    const looks: ReadonlyMap<string, Look> = message === undefined ? new Map() : inFrame(message, profile);
    return profile.lamps.map(({ id }) => ({ id, look: looks.get(id) }));
  }
  return profile.lamps.map((lamp) => {
    const told = shown.get(lamp.id);
    return { id: lamp.id, look: told && lookThat(lamp, (messages) => isTold(told, messages)) };
  });
};
