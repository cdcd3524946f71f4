import { type TrackState, trackStates } from '../track/state.ts';

/** Five dots by eight, from the top; the lowest row is the cursor's, and stays free. */
export type Glyph = readonly [string, string, string, string, string, string, string, string];

/** One for each state of a track, told apart at arm's length: by their outline first, for a display has no colours. */
export const glyphs: Readonly<Record<TrackState, Glyph>> = {
  // A place where something may come.
  EMPTY: [
    '.....', //
    '.....',
    '.....',
    '.....',
    '.....',
    '.....',
    '#.#.#',
    '.....',
  ],
  // An hourglass: it waits for its moment.
  TRIGGERED: [
    '#####', //
    '#...#',
    '.#.#.',
    '..#..',
    '.#.#.',
    '#...#',
    '#####',
    '.....',
  ],
  RECORDING: [
    '.....', //
    '.###.',
    '#####',
    '#####',
    '#####',
    '.###.',
    '.....',
    '.....',
  ],
  PLAYING: [
    '#....', //
    '##...',
    '###..',
    '####.',
    '###..',
    '##...',
    '#....',
    '.....',
  ],
  // It plays up to the bar line.
  STOPPING: [
    '#...#', //
    '##..#',
    '###.#',
    '#####',
    '###.#',
    '##..#',
    '#...#',
    '.....',
  ],
  STOPPED: [
    '.....', //
    '#####',
    '#...#',
    '#...#',
    '#...#',
    '#####',
    '.....',
    '.....',
  ],
};

/** The display keeps eight characters of ours, with the codes 0 to 7. */
export const glyphCode = (state: TrackState): number => trackStates.indexOf(state);

/** The rows of all glyphs in the order of their codes, as the display takes them: the leftmost dot is bit 4. */
export const glyphRows: readonly number[] = trackStates.flatMap((state) =>
  glyphs[state].map((row) => Number.parseInt(row.replaceAll('.', '0').replaceAll('#', '1'), 2)),
);
