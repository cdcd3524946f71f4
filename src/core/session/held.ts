import type { SoundCommand } from '../sound/command.ts';
import type { Frame } from '../time/units.ts';
import { type Loop, memoryOf } from '../track/state.ts';
import type { SessionEvent } from './event.ts';
import { type History, type LoopNews, loopsIn, mostSteps, renewed, withNews } from './history.ts';
import type { SessionState } from './state.ts';

type Holder = Pick<SessionState, 'tracks' | 'history' | 'incoming'>;

const byId = (loops: readonly Loop[]): ReadonlyMap<number, Loop> => new Map(loops.map((loop) => [loop.id, loop]));

const loopsOf = ({ tracks, incoming }: Omit<Holder, 'history'>): readonly Loop[] => [
  ...tracks.flatMap((track) => (track.state === 'EMPTY' ? [] : [track.loop])),
  ...(incoming?.contents ?? []).flatMap(({ loop }) => (loop === undefined ? [] : [loop])),
];

/** All loops of a session, by id: those of its tracks, those that undo and redo would bring back, those of a set that comes in. */
export const heldLoops = (session: Holder): ReadonlyMap<number, Loop> =>
  byId([...loopsIn(session.history), ...loopsOf(session)]);

const sum = (loops: ReadonlyMap<number, Loop>): Frame =>
  [...loops.values()].reduce((frames, loop) => frames + memoryOf(loop), 0);

/** The frames of memory that undo and redo could not give up for others. */
export const neededFrames = (session: Holder): Frame => sum(byId(loopsOf(session)));

/** The frames of memory that all loops take. */
export const usedFrames = (session: Holder): Frame => sum(heldLoops(session));

/** What is asked of the engine for loops that nobody holds any more. */
export const releases = (before: Holder, after: Holder): readonly SoundCommand[] => {
  const held = heldLoops(after);
  return [...heldLoops(before).keys()]
    .filter((id) => !held.has(id))
    .map((loopId) => ({ type: 'release' as const, loopId }));
};

/** The session with what is new of a loop, wherever it is held. */
export const withLoop = (session: SessionState, id: number, news: LoopNews): SessionState => {
  const { incoming } = session;
  return {
    ...session,
    tracks: session.tracks.map((track) =>
      track.state !== 'EMPTY' && track.loop.id === id ? { ...track, loop: { ...track.loop, ...news } } : track,
    ),
    history: withNews(session.history, id, news),
    ...(incoming && { incoming: { ...incoming, contents: incoming.contents.map((one) => renewed(one, id, news)) } }),
  };
};

type Trimmed = { readonly session: SessionState; readonly told: readonly SessionEvent[] };

const isOver = (session: SessionState): boolean => usedFrames(session) > session.budgetFrames;

/**
 * The session within its memory and the steps that are remembered: what could be done again goes first, then the oldest of what could be undone.
 * Its tracks fit by themselves (`neededFrames`), which is seen to before they take anything.
 */
export const trimmed = (session: SessionState, frame: Frame): Trimmed => {
  let after = session;
  const drop = (history: History): void => {
    after = { ...after, history };
  };
  if (isOver(after)) drop({ ...after.history, future: [] });
  while (after.history.past.length > mostSteps || (isOver(after) && after.history.past.length > 0)) {
    drop({ ...after.history, past: after.history.past.slice(1) });
  }
  const steps = session.history.past.length - after.history.past.length;
  return { session: after, told: steps === 0 ? [] : [{ type: 'forgotten', frame, steps }] };
};
