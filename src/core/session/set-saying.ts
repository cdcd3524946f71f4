import type { SessionEvent } from './event.ts';

/** What may be told of a show: lamps' messages say nothing here. */
type Told = SessionEvent | { readonly type: 'lamp' };

/** A line and how much it matters: what goes as wished, what asks for something to be done, what only a monitor shows. */
export type Saying = { readonly level: 'debug' | 'info' | 'warn'; readonly text: string };

const debug = (text: string): Saying => ({ level: 'debug', text });
const info = (text: string): Saying => ({ level: 'info', text });
const warn = (text: string): Saying => ({ level: 'warn', text });

const tracksText = (ids: readonly number[]): string =>
  ids.length === 1 ? `track ${ids[0]}` : `tracks ${ids.join(', ')}`;

const stepsText = (count: number): string => (count === 1 ? 'the oldest step' : `the ${count} oldest steps`);

const nameText = (name: string | null): string => (name === null ? 'a set without a name' : `"${name}"`);

const ofSet = (told: Extract<SessionEvent, { type: 'set' }>): Saying => {
  switch (told.phase) {
    case 'restored':
      return info(`sets: ${nameText(told.name)} is back as it was left; its loops are being read`);
    case 'loading':
      return debug(`sets: ${nameText(told.name)} is being read; it comes in at a bar line, a reset stops it`);
    case 'loaded':
      return info(`sets: ${nameText(told.name)} is here`);
    case 'saved':
      return info(`sets: saved as ${nameText(told.name)}`);
    case 'new':
      return info('sets: a new one; undo brings the loops back');
    case 'failed':
      return warn(`sets: ${told.reason} (${told.code})`);
  }
};

/** What an event says of sets, of the storage, and of what was taken back, and how much it matters; undefined for other events. */
export const setSaying = (told: Told): Saying | undefined => {
  switch (told.type) {
    case 'undo':
      return debug(`undo: the ${told.deed} on ${tracksText(told.tracks)} is taken back; redo does it again`);
    case 'redo':
      return debug(`redo: the ${told.deed} on ${tracksText(told.tracks)} is done again; undo takes it back`);
    case 'retake': {
      const nudge =
        told.nudgeFrames === 0
          ? ''
          : `, ${Math.abs(told.nudgeFrames)} frames ${told.nudgeFrames > 0 ? 'later' : 'earlier'} on the tape`;
      return debug(`retake: track ${told.track} is cut anew: frames ${told.startFrame} to ${told.endFrame}${nudge}`);
    }
    case 'forgotten':
      return info(`undo: no room for ${stepsText(told.steps)} any more; a larger memory.budgetMb remembers more`);
    case 'kept':
      return debug(
        told.tracks.length === 0
          ? 'sets: all is on disk'
          : `sets: all is on disk, with the ${told.tracks.length === 1 ? 'loop' : 'loops'} of ${tracksText(told.tracks)}`,
      );
    case 'storage':
      return told.state === 'well'
        ? info('sets: what is played is kept on disk again')
        : warn(`sets: what is played is not kept on disk: ${told.reason} (${told.code}); the music goes on`);
    case 'set':
      return ofSet(told);
    case 'imported':
      return info(`sets: track ${told.track} has a loop from a file; undo takes it back`);
    case 'unreadable':
      return warn(`sets: the loop of track ${told.track} cannot be had: ${told.reason}; the track is without it`);
    default:
      return undefined;
  }
};

/** The line alone. */
export const setText = (told: Told): string | undefined => setSaying(told)?.text;
