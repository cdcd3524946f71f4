import { type LearnCommand, type LearnInput, learn } from '../../../src/core/learn/learn.ts';
import { type Learning, newLearning } from '../../../src/core/learn/learning.ts';
import type { LearnSaying } from '../../../src/core/learn/saying.ts';
import type { Source } from '../../../src/core/learn/touch.ts';

/** Bytes or a command from outside, so many milliseconds after the move before. */
export type Move = readonly [afterMs: number, what: readonly number[] | LearnCommand];

export const on = (note: number): number[] => [0x90, note, 100];
export const off = (note: number): number[] => [0x80, note, 0];
export const cc = (number: number, value: number): number[] => [0xb0, number, value];
export const program = (number: number): number[] => [0xc0, number];
export const pitch = (value: number): number[] => [0xe0, value & 127, value >> 7];

export const tap = (note: number, ms = 100): Move[] => [
  [500, on(note)],
  [ms, off(note)],
];
export const tapCc = (number: number, ms = 100): Move[] => [
  [500, cc(number, 127)],
  [ms, cc(number, 0)],
];
export const hold = (note: number): Move[] => tap(note, 1000);

/** Values of one control change, a message every so often. */
export const stream = (number: number, values: readonly number[], everyMs = 20): Move[] =>
  values.map((value, index) => [index === 0 ? 500 : everyMs, cc(number, value)]);

export const steps = (from: number, to: number, by = 2): number[] =>
  Array.from(
    { length: Math.floor(Math.abs(to - from) / by) + 1 },
    (_, index) => from + Math.sign(to - from) * by * index,
  );

export const fader = (number: number): Move[] => stream(number, steps(40, 80));

/** Passes over the switches of a session of one track, after it is learnt from note 36. */
export const toFaders: readonly Move[] = [...tap(36), [500, 'skip'], [500, 'skip'], [500, 'skip']];

type Played = { readonly learning: Learning; readonly said: readonly LearnSaying[] };

const fed = ({ learning, said }: Played, input: LearnInput): Played & { readonly nextAt: number } => {
  const learnt = learn(learning, input);
  return { learning: learnt.learning, said: [...said, ...learnt.said], nextAt: learnt.nextAt ?? Infinity };
};

/** Lets the time run to a moment, as timers do: each time that was asked for is told. */
const until = (played: Played, at: number): Played => {
  let now = fed(played, { type: 'time', at: played.learning.at });
  while (now.nextAt <= at) now = fed(now, { type: 'time', at: now.nextAt });
  return now;
};

export const play = (moves: readonly Move[], { tracks = 1, restMs = 100 } = {}): Played => {
  let played: Played = fed({ learning: newLearning({ tracks }), said: [] }, { type: 'time', at: 0 });
  let at = 0;
  for (const [afterMs, what] of moves) {
    at += afterMs;
    played = until(played, at);
    played = fed(played, typeof what === 'string' ? { type: what, at } : { type: 'message', bytes: what, at });
  }
  return until(played, at + restMs);
};

const name = (source: Source): string => (source.kind === 'pitch' ? 'pitch' : `${source.kind} ${source.number}`);

const word = (saying: LearnSaying): readonly string[] => {
  switch (saying.type) {
    case 'asks':
      return [];
    case 'assigned': {
      const { slot, on: source, release, relative } = saying.control;
      return [`${slot.id} = ${name(source)}${release ? '' : ' without release'}${relative ? ` ${relative}` : ''}`];
    }
    case 'conflict':
      return [`${name(saying.control.on)} is ${saying.control.slot.id}`];
    case 'skipped':
    case 'undone':
      return [`${saying.type} ${saying.slot.id}`];
    case 'ignored':
      return [`${saying.why} ${name(saying.on)}`];
    case 'gaveUp':
      return [saying.why];
    case 'held':
    case 'finished':
    case 'noTrack':
    case 'nothingToUndo':
      return [saying.type];
  }
};

/** What was said, in few words, without the questions. */
export const words = (said: readonly LearnSaying[]): string[] => said.flatMap(word);

export const asked = (said: readonly LearnSaying[]): string[] =>
  said.flatMap((saying) => (saying.type === 'asks' ? [saying.slot.id] : []));
