import type { Beat, Bpm } from '../time/units.ts';
import { isGoing, type Loop, type Track } from '../track/state.ts';

/** What a track holds: nothing, or a loop that sounds in passes of which one begins on `passBeat`, or is silent. */
export type Content = {
  readonly track: number;
  readonly loop?: Loop;
  readonly plays: boolean;
  readonly passBeat?: Beat;
};

export const deeds = ['capture', 'clear', 'reset', 'retake', 'import'] as const;
export type Deed = (typeof deeds)[number];

/** One thing that was done, at a tempo and a meter: what some tracks held before and after it. */
export type Step = {
  readonly deed: Deed;
  readonly bpm: Bpm;
  readonly beatsPerBar: Beat;
  readonly before: readonly Content[];
  readonly after: readonly Content[];
};

/** What can be undone, the oldest first, and what can be done again, the next one last. */
export type History = { readonly past: readonly Step[]; readonly future: readonly Step[] };

export const noHistory: History = { past: [], future: [] };

/** More steps than this nobody remembers. */
export const mostSteps = 64;

export const contentOf = (track: Track): Content =>
  track.state === 'EMPTY'
    ? { track: track.id, plays: false }
    : {
        track: track.id,
        loop: track.loop,
        plays: isGoing(track),
        ...(track.passBeat !== undefined && { passBeat: track.passBeat }),
      };

/** A new step; what could have been done again cannot any more. */
export const withStep = ({ past }: History, step: Step): History => ({ past: [...past, step], future: [] });

const contents = ({ before, after }: Step): readonly Content[] => [...before, ...after];

/** All loops that a history holds, some of them more than once. */
export const loopsIn = ({ past, future }: History): readonly Loop[] =>
  [...past, ...future].flatMap(contents).flatMap(({ loop }) => (loop === undefined ? [] : [loop]));

const mapContents = (history: History, change: (content: Content) => Content): History => {
  const changed = (step: Step): Step => ({
    ...step,
    before: step.before.map(change),
    after: step.after.map(change),
  });
  return { past: history.past.map(changed), future: history.future.map(changed) };
};

const holds = (history: History, id: number): boolean => loopsIn(history).some((loop) => loop.id === id);

/** What becomes known of a loop, wherever it is held. Where it lies is not: it may have been put on other beats meanwhile. */
export type LoopNews = Partial<Pick<Loop, 'sound' | 'lostFrames'>>;

/** A content with what is new of a loop, if it holds that. */
export const renewed = (content: Content, id: number, news: LoopNews): Content =>
  content.loop?.id === id ? { ...content, loop: { ...content.loop, ...news } } : content;

/** The history with what is new of a loop. */
export const withNews = (history: History, id: number, news: LoopNews): History =>
  holds(history, id) ? mapContents(history, (content) => renewed(content, id, news)) : history;

/** What a track held before a loop came to it, which is nothing where no step tells. */
export const heldBefore = ({ past, future }: History, id: number): Content | undefined => {
  const step = [...past, ...future.toReversed()].find(({ after }) => after.some(({ loop }) => loop?.id === id));
  const track = step?.after.find(({ loop }) => loop?.id === id)?.track;
  return step?.before.find((content) => content.track === track);
};

/** A step without the tracks on which nothing came of it; undefined where that is all of them. */
const effective = (step: Step): Step | undefined => {
  const loopAfter = (track: number) => step.after.find((content) => content.track === track)?.loop?.id;
  const changed = new Set(
    step.before.filter(({ track, loop }) => loop?.id !== loopAfter(track)).map(({ track }) => track),
  );
  const isChanged = ({ track }: Content): boolean => changed.has(track);
  return changed.size === 0
    ? undefined
    : { ...step, before: step.before.filter(isChanged), after: step.after.filter(isChanged) };
};

/**
 * The history without a loop that came to nothing. What the track held before takes its place, so that all other loops can still be had
 * back; steps that change nothing any more are gone.
 */
export const withoutLoop = (history: History, id: number): History => {
  if (!holds(history, id)) return history;
  const instead = heldBefore(history, id);
  const replaced = mapContents(history, ({ track, loop, plays, ...pass }) => {
    if (loop?.id !== id) return { track, plays, ...(loop && { loop }), ...pass };
    return instead?.loop === undefined ? { track, plays: false } : { ...instead, plays };
  });
  const effectives = (steps: readonly Step[]) => steps.map(effective).filter((step) => step !== undefined);
  return { past: effectives(replaced.past), future: effectives(replaced.future) };
};
