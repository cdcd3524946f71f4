import { fileURLToPath } from 'node:url';
import { loadProfile } from '../../../src/config/profiles.ts';
import type { Profile } from '../../../src/core/controller/profile.ts';

const shipped = (name: string): Profile =>
  loadProfile(fileURLToPath(new URL(`../../../config/controllers/${name}.yaml`, import.meta.url)));

/** The profiles that come with the program. */
export const generic = shipped('generic');
export const launchpad = shipped('launchpad-mini-mk3');

export const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
