import { createHash } from 'node:crypto';
import { setKeyOf } from '../../../core/set/set-name.ts';

const readableLength = 40;
const hashDigits = 8;

/**
 * What a set's files are called: what is readable of its name in a-z, 0-9 and hyphens, which any disk takes, and a part of the hash of its key, so
 * that each name has files of its own. `null` is the set that was never saved. Pure.
 */
export const fileSlug = (name: string | null): string => {
  if (name === null) return 'unnamed';
  const key = setKeyOf(name);
  const readable = key
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, readableLength)
    .replace(/-$/, '');
  const hash = createHash('sha256').update(key).digest('hex').slice(0, hashDigits);
  return `${readable || 'set'}-${hash}`;
};
