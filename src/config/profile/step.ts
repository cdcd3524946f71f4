import { z } from 'zod';
import { wants } from '../fields.ts';

/** A step that goes somewhere. */
export const step = (most: number, isWhole: boolean) => {
  const words = wants(`a ${isWhole ? 'whole ' : ''}number from -${most} to ${most}, but not 0`);
  const fits = (by: number) => by !== 0 && Math.abs(by) <= most && (!isWhole || Number.isInteger(by));
  return z.number(words).refine(fits, { ...words, params: { code: 'out-of-range' } });
};
