import type { StateView, TrackPicture } from '../../protocol/hindsight-v1.ts';
import { capitalised, counted } from './quantities.ts';
import { barsOf } from './track-words.ts';

type Told = { readonly track: number; readonly text: string };

const becameText = (before: TrackPicture | undefined, track: TrackPicture, beatsPerBar: number): string | undefined => {
  if (before?.state === track.state && before.loop?.id === track.loop?.id) return undefined;
  const bars = counted(barsOf(track, beatsPerBar), 'bar');
  switch (track.state) {
    case 'EMPTY':
      return 'is empty';
    case 'TRIGGERED':
      if (track.waitsFor === 'capture') return undefined;
      return track.waitsFor === 'read' ? 'starts when its loop is read' : 'starts at the bar line';
    case 'RECORDING':
      return `captures ${bars}, up to the bar line`;
    case 'PLAYING':
      if (before?.state === 'STOPPING') return 'plays on';
      return before?.loop?.id === track.loop?.id && before?.state !== 'RECORDING' && before?.waitsFor !== 'capture'
        ? 'plays'
        : `plays the last ${bars}`;
    case 'STOPPING':
      return 'stops at the bar line';
    case 'STOPPED':
      return 'is stopped';
  }
};

/** What came over tracks, in a sentence of which the last one counts. Pure. */
export const deedText = (before: StateView, changed: readonly TrackPicture[]): Told | undefined => {
  const became = (track: TrackPicture): Told[] => {
    const old = before.tracks.find(({ id }) => id === track.id);
    const text = becameText(old, track, before.grid.beatsPerBar);
    return text === undefined ? [] : [{ track: track.id, text: `track ${track.id} ${text}` }];
  };
  const told = changed.flatMap(became);
  const last = told.at(-1);
  if (last === undefined || told.length < 3) return last;
  return { track: last.track, text: `${counted(told.length, 'track')} changed` };
};

const deeds = {
  capture: 'capture',
  clear: 'clear',
  reset: 'reset',
  retake: 'retake',
  import: 'import',
} as const satisfies Record<NonNullable<StateView['undo']>, string>;

/** What a button for undo or redo says: "Undo capture". */
export const secondThoughtText = (word: 'undo' | 'redo', deed: StateView['undo']): string =>
  deed === null ? capitalised(word) : `${capitalised(word)} ${deeds[deed]}`;
