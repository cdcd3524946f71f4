import type { Profile } from '../controller/profile.ts';

/** The messages that turn all lamps of a controller off. */
export const darkness = (profile: Profile): readonly (readonly number[])[] =>
  profile.lamps.map(({ message }) => message.map((byte) => (byte === 'value' ? profile.dark : byte)));
