import { z } from 'zod';
import { isKeyed } from '../rule.ts';
import { type Head, headOf, headShape } from './head.ts';
import type { LampContext } from './lamps.ts';
import { palette } from './palette.ts';

/**
 * What parts of a profile have to know of each other, as far as it can be read: so that each is checked in its own place,
 * and a mistake in one does not hide those in another.
 */
export type Context = LampContext & {
  /** The controls; undefined where one has a mistake in how it is moved. */
  readonly heads: ReadonlyMap<string, Head | undefined>;
  /** The ids of all lamps, those of controls first. */
  readonly lamps: readonly string[];
  /** The ids of those that belong to no control. */
  readonly ownLamps: readonly string[];
};

const paletteOf = (raw: unknown): Context['palette'] => {
  if (raw === undefined) return undefined;
  const read = palette.safeParse(raw);
  return read.success ? read.data : 'unread';
};

const entriesOf = (raw: unknown): [string, unknown][] => (isKeyed(raw) ? Object.entries(raw) : []);

const head = z.object(headShape);

/** The context of a file's plain value, whatever that is. */
export const contextOf = (file: unknown): Context => {
  const raw = isKeyed(file) ? file : {};
  const controls = entriesOf(raw['controls']);
  const ownLamps = entriesOf(raw['lamps']).map(([id]) => id);
  return {
    palette: paletteOf(raw['palette']),
    isFramed: raw['frame'] !== undefined,
    heads: new Map(
      controls.map(([id, control]) => {
        const read = head.safeParse(control);
        return [id, read.success ? headOf(read.data) : undefined];
      }),
    ),
    lamps: [
      ...controls.filter(([, control]) => isKeyed(control) && control['lamp'] !== undefined).map(([id]) => id),
      ...ownLamps,
    ],
    ownLamps,
  };
};
