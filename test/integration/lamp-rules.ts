import type { Line } from './show.ts';

/** The beat in its bar, as last told; before the first one the first. */
type Now = { readonly beat: number };

/** Velocities of the generic profile's lamps that a state may have; a rhythm has its dark parts, which end within the beat or with it. */
const velocities: Readonly<Record<string, (now: Now) => readonly number[]>> = {
  EMPTY: () => [0],
  STOPPED: ({ beat }) => (beat === 0 ? [1, 0] : [1]),
  RECORDING: ({ beat }) => (beat % 2 === 0 ? [3] : [3, 0]),
  PLAYING: () => [5],
  TRIGGERED: () => [7, 0],
  STOPPING: () => [7, 0],
};

/** What is wrong with the lamps of a show: each a sentence. Whenever a frame is over, all lamps agree with the states. */
export const lampMistakes = (lines: readonly Line[], tracks: number): readonly string[] => {
  const mistakes: string[] = [];
  const shown = new Map<number, number>();
  const states = new Map(Array.from({ length: tracks }, (_, index) => [index + 1, 'EMPTY']));
  // In bars of a single beat rhythms go over four of them.
  const single = lines.every((line) => line.type !== 'beat' || line.beat === 0);
  let now: Now = { beat: 0 };
  const check = (frame: number): void => {
    for (const [track, state] of states) {
      const value = shown.get(track);
      if (
        value === undefined ||
        !velocities[state]?.(single ? { beat: value === 0 && state === 'RECORDING' ? 1 : 0 } : now).includes(value)
      ) {
        mistakes.push(`frame ${frame}: track ${track} is ${state}, its lamp shows ${value}`);
      }
    }
  };
  for (const [index, line] of lines.entries()) {
    if (line.type === 'beat') now = line;
    if (line.type === 'track') states.set(line.track, line.state);
    if (line.type === 'lamp') {
      const [status, note = 0, value = 0] = line.bytes;
      const same = shown.get(note - 35) === value;
      if (line.bytes.length !== 3 || status !== 0x90 || same) mistakes.push(`frame ${line.frame}: sent ${line.bytes}`);
      shown.set(note - 35, value);
    }
    if (lines[index + 1]?.frame !== line.frame) check(line.frame);
  }
  return mistakes;
};
