import type { SessionCommand } from '../session/command.ts';
import type { SessionState } from '../session/state.ts';
import type { Action } from './action.ts';
import type { Bindings, Profile } from './profile.ts';

const trackOfAction = (action: Action): number | undefined => ('track' in action ? action.track : undefined);

/**
 * Whether what comes after a press makes good whatever the press did: a track that is cleared, or all of them, keeps nothing of
 * it; and learning begins only where nothing was there to be changed.
 */
const coversPress = (later: Action, press: Action): boolean => {
  if (press.command === 'none' || later.command === 'none' || later.command === 'learn') return true;
  const track = trackOfAction(press);
  if (track === undefined) return false;
  return later.command === 'reset' || (later.command === 'clear' && later.track === track);
};

/** Settings are put back as they were; what was asked of a track, a tap or a reset is not. */
const canRestore = ({ command }: Action): boolean =>
  command === 'muteClick' || command.startsWith('set') || command.startsWith('change') || command.startsWith('page');

/** The command that puts back what a press is about to change; undefined where there is none. */
export const restoring = (press: Action, { grid, bars, click }: SessionState): SessionCommand | undefined => {
  switch (press.command) {
    case 'setBpm':
    case 'changeBpm':
      return { type: 'setBpm', bpm: grid.bpm };
    case 'setBars':
    case 'changeBars':
      return { type: 'setBars', bars };
    case 'setClickVolume':
    case 'changeClickVolume':
      return { type: 'setClickVolume', volume: click.volume };
    case 'muteClick':
      return { type: 'muteClick', muted: click.muted };
    default:
      return undefined;
  }
};

/** What may come after the press of a control: its holds, and the chords that it is part of. */
const laterActions = (
  control: string,
  { hold, longHold }: Bindings,
  profile: Pick<Profile, 'chords'>,
): readonly Action[] => [
  ...(hold ? [hold] : []),
  ...(longHold ? [longHold] : []),
  ...profile.chords.filter(({ controls }) => controls.includes(control)).map((chord) => chord.do),
];

/**
 * Whether a press cannot act at once: something else may come of it, and what it did could not be taken back. It then acts on
 * the release, or once no chord can come of it any more, at the time of the press.
 */
export const hasToWait = (control: string, bindings: Bindings, profile: Pick<Profile, 'chords'>): boolean => {
  const { press } = bindings;
  if (press === undefined || canRestore(press)) return false;
  return laterActions(control, bindings, profile).some((later) => !coversPress(later, press));
};

/** The controls of a profile whose press has to wait, by page where it is not the first. */
export const waitingControls = (profile: Pick<Profile, 'chords' | 'controls' | 'pages'>): readonly string[] => {
  const waiting = profile.pages.flatMap((page) =>
    profile.controls
      .filter(({ id, bindings }) => hasToWait(id, page.bindings.get(id) ?? bindings, profile))
      .map(({ id }) => id),
  );
  return [...new Set(waiting)];
};
