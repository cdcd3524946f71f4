import type { SessionState } from '../session/state.ts';
import type { Frame } from '../time/units.ts';
import { folded } from './folding.ts';
import { glyphCode } from './glyphs.ts';
import { type Notice, stands } from './saying.ts';
import { columns, lineOf, type Screen, spread } from './screen.ts';

/** As many as a page of most controllers. */
const pageTracks = 8;

/** All tracks, or where they are too many those around the touched one, with their numbers before them; beside few ones the bars of a stomp. */
const tracksLine = ({ tracks, touched, bars }: SessionState): readonly number[] => {
  if (tracks.length > columns) {
    const first = Math.floor((touched - 1) / pageTracks) * pageTracks;
    const page = tracks.slice(first, first + pageTracks);
    const numbers = `${first + 1}-${first + page.length}`.padEnd(6);
    return lineOf([...folded(numbers), ...page.map(({ state }) => glyphCode(state))]);
  }
  const shown = tracks.map(({ state }) => glyphCode(state));
  const words = folded(bars === 1 ? '1 bar' : `${bars} bars`);
  const gap = columns - shown.length - words.length;
  return lineOf(gap < 1 ? shown : [...shown, ...folded(' '.repeat(gap)), ...words]);
};

const tempo = (bpm: number): string => String(Math.round(bpm * 10) / 10);

/** Bar and beat as a player counts, from 1. */
const place = ({ pulse }: SessionState): string => `${pulse.bar + 1}.${pulse.beat + 1}`;

const statusLine = (session: SessionState): readonly number[] => {
  const { calibration, incoming, storage, grid } = session;
  if (session.interface === 'away') return spread(place(session), 'NO INPUT');
  if (calibration.phase !== 'idle')
    return lineOf(folded(calibration.phase === 'sounding' ? 'Measure: quiet!' : 'Measure: looking'));
  if (incoming !== undefined) return lineOf(folded(`Next: ${incoming.name ?? 'a set'}`));
  if (storage.state === 'trouble') return spread(place(session), 'NOT SAVED');
  const whole = `${place(session)} ${tempo(grid.bpm)} BPM`;
  return spread(place(session), whole.length > columns ? tempo(grid.bpm) : `${tempo(grid.bpm)} BPM`);
};

/** What a display of two lines of sixteen characters shows: tracks above, below what was said just now, else bar, beat and tempo. */
export const screenOf = (session: SessionState, notice: Notice | undefined, frame: Frame): Screen => {
  const below = stands(notice, frame, session.grid.rate) ? lineOf(folded(notice.text)) : statusLine(session);
  return [...tracksLine(session), ...below];
};
