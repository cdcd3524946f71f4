import type { SessionCommand } from '../session/command.ts';
import type { Bpm } from '../time/units.ts';
import type { Action } from './action.ts';
import type { Bindings, Profile } from './profile.ts';

/** What a press changes of a session and another command can put back. */
type Restorable = {
  readonly grid: { readonly bpm: Bpm };
  readonly bars: number;
  readonly click: { readonly volume: number; readonly muted: boolean };
  readonly history: { readonly past: readonly unknown[] };
  readonly incoming?: { readonly phase: 'reading' | 'waiting' };
};

const trackOfAction = (action: Action): number | undefined => ('track' in action ? action.track : undefined);

/**
 * Whether what comes after a press makes good whatever the press did: a track that is cleared at once, or all of them, keeps
 * nothing of it; and learning begins only where nothing was there to be changed. A retake is never made good so: whoever undoes the clearing
 * would find the other loop.
 */
const coversPress = (later: Action, press: Action): boolean => {
  if (press.command === 'none' || later.command === 'none' || later.command === 'learn') return true;
  const track = trackOfAction(press);
  if (track === undefined || press.command === 'retake') return false;
  return later.command === 'reset' || (later.command === 'clear' && later.track === track && later.at !== 'bar');
};

/**
 * The command that puts back what a press is about to change: settings are put back as they were, and what was undone is done
 * again. `none` for what leaves nothing to be put back, or for a page, which its controller turns back; undefined for what cannot be taken
 * back: what was asked of a track, a tap, a reset, a set. A redo cannot: an undo after it might meet what was played meanwhile.
 */
export const restoring = (
  press: Action,
  { grid, bars, click, history, incoming }: Restorable,
): SessionCommand | 'none' | undefined => {
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
    case 'undo':
      // At the next bar line nothing has been undone yet, and who knows what will have been.
      if (press.at === 'bar') return undefined;
      // While a set waits for its bar line an undo is refused.
      return history.past.length > 0 && incoming?.phase !== 'waiting' ? { type: 'redo' } : 'none';
    case 'pageUp':
    case 'pageDown':
    case 'none':
      return 'none';
    case 'stomp':
    case 'start':
    case 'stop':
    case 'clear':
    case 'record':
    case 'redo':
    case 'retake':
    case 'loadSet':
    case 'saveSet':
    case 'newSet':
    case 'reset':
    case 'tap':
    case 'calibrate':
    case 'learn':
      return undefined;
  }
};

/** Any session: whether a press can be taken back does not depend on it. */
const anySession: Restorable = { grid: { bpm: 0 }, bars: 0, click: { volume: 0, muted: false }, history: { past: [] } };

const canRestore = (press: Action): boolean => restoring(press, anySession) !== undefined;

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
