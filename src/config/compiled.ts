import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Profile } from '../core/controller/profile.ts';

/**
 * Profiles that the build has read and found right, by name and text: to read those that come with the program takes longer than all else
 * at a start. One that was edited since has another text, so that none is ever stale.
 */
export type Compiled = ReadonlyMap<string, Profile>;

/** What a profile is known by: the same text under another name is another profile, or a mistake. Pure. */
export const compiledKey = (name: string, text: string): string =>
  createHash('sha256').update(name).update('\n').update(text).digest('base64');

/** As a file; not JSON, since profiles have maps and gaps. */
export const compiledBytes = (compiled: Compiled): Uint8Array => serialize(compiled);

/** Those in a file. None where it is not there, or is of a node of another age: profiles are read anew then, with the same result. */
export const compiledIn = (file: string): Compiled => {
  try {
    return deserialize(readFileSync(file));
  } catch {
    return new Map();
  }
};
