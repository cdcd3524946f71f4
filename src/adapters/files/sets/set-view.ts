import type { StoredSet } from '../../../core/set/kept-set.ts';
import type { SetView } from '../../../ports/set-store.ts';
import { wavBytesOf } from '../wav-writer.ts';

/** What is to be known of a set before it is loaded. Pure. */
export const viewOf = ({ bpm, beatsPerBar, rate, tracks }: StoredSet, name: string): SetView => {
  const frames = tracks.reduce((sum, { loop }) => sum + loop.frames - loop.leadFrames, 0);
  const sizes = new Map(tracks.map(({ loop }) => [loop.sound, wavBytesOf(loop.frames)]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return { name, bpm, beatsPerBar, tracks: tracks.length, seconds: frames / rate, bytes };
};
