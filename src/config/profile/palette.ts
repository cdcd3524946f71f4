import { z } from 'zod';
import { type Shade, shades } from '../../core/controller/colour.ts';
import { section } from '../fields.ts';
import { fixedBytes } from './bytes.ts';

/** The bytes that stand for each shade. */
export type Palette = Readonly<Partial<Record<Shade, readonly number[]>>>;

/** A key for each shade, of which `off` may be required; the others may always be left out. */
export const byShade = <Value>(
  value: z.ZodType<Value>,
  needsOff: boolean,
): z.ZodType<Readonly<Partial<Record<Shade, Value>>>> => {
  const optional = z.exactOptional(value);
  const rest = shades.filter((shade) => shade !== 'off');
  const others = Object.fromEntries(rest.map((shade) => [shade, optional]));
  return section({ off: needsOff ? value : optional, ...others });
};

export const palette = byShade<readonly number[]>(fixedBytes('bytes in hex such as "15"'), true);
