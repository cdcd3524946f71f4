import type { LearntControl } from './learning.ts';
import type { Slot } from './slot.ts';
import { type Source, sourceText } from './touch.ts';

/** Why what a control sent was no answer. */
export type Ignored = 'isSwitch' | 'isTurned' | 'twoAtOnce' | 'anotherIsDown' | 'tooSoon';

/** What a learning tells the player. */
export type LearnSaying =
  /** `place` counts from 1. */
  | { readonly type: 'asks'; readonly slot: Slot; readonly place: number; readonly of: number }
  | { readonly type: 'assigned'; readonly control: LearntControl }
  /** The control is learnt for something else already; the slot stays. */
  | { readonly type: 'conflict'; readonly control: LearntControl; readonly slot: Slot }
  | { readonly type: 'skipped'; readonly slot: Slot }
  | { readonly type: 'undone'; readonly slot: Slot; readonly control: LearntControl | undefined }
  | { readonly type: 'nothingToUndo' }
  /** Held for long enough to finish, or a control that does not say when it is let go. */
  | { readonly type: 'held'; readonly on: Source }
  /** Not to be finished without a track: it begins again. */
  | { readonly type: 'noTrack' }
  | { readonly type: 'finished'; readonly controls: readonly LearntControl[] }
  | { readonly type: 'gaveUp'; readonly why: 'noAnswer' | 'cancelled' }
  | { readonly type: 'ignored'; readonly on: Source; readonly why: Ignored };

const ignoredText: Readonly<Record<Ignored, string>> = {
  isSwitch: 'a fader or a knob is asked for',
  isTurned: 'a switch is asked for',
  twoAtOnce: 'two controls came at once',
  anotherIsDown: 'another one is down',
  tooSoon: 'it came right after another one',
};

const wanted = (slot: Slot): string =>
  slot.wants === 'switch' ? 'press a switch for it' : 'move a fader, or turn a knob both ways, for it';

const kindText = ({ release, relative }: LearntControl): string => {
  if (relative !== undefined) return ', an encoder';
  return release ? '' : ', which does not tell its release';
};

/** A saying in one line for the log. */
export const sayingText = (saying: LearnSaying): string => {
  switch (saying.type) {
    case 'asks':
      return `${saying.place} of ${saying.of}, ${saying.slot.title}: ${wanted(saying.slot)}; hold any new switch for a second to skip it`;
    case 'assigned':
      return `${saying.control.slot.title} is ${sourceText(saying.control.on)}${kindText(saying.control)}`;
    case 'conflict':
      return `${sourceText(saying.control.on)} is ${saying.control.slot.title} already; use another one for ${saying.slot.title}, or hold a learnt switch for a second to undo`;
    case 'skipped':
      return `${saying.slot.title} is skipped`;
    case 'undone':
      return `${saying.slot.title} is open again${saying.control ? `: ${sourceText(saying.control.on)} is free` : ''}`;
    case 'nothingToUndo':
      return 'there is nothing to undo';
    case 'held':
      return `${sourceText(saying.on)} is down for 2 s: let go to finish; if you have let go already, press it once more`;
    case 'noTrack':
      return 'no track is learnt; at least one is needed; it begins again';
    case 'finished':
      return `finished: ${saying.controls.map(({ slot }) => slot.title).join(', ')}`;
    case 'gaveUp':
      return saying.why === 'cancelled'
        ? 'learning is cancelled; nothing is written'
        : 'no answer for 60 s: learning is given up; nothing is written';
    case 'ignored':
      return `${sourceText(saying.on)} is ignored: ${ignoredText[saying.why]}`;
  }
};

export const sayingLevel = (saying: LearnSaying): 'info' | 'debug' => (saying.type === 'ignored' ? 'debug' : 'info');
