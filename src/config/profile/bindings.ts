import type { Action, TurnAction } from '../../core/controller/action.ts';
import type { Bindings } from '../../core/controller/profile.ts';
import { section } from '../fields.ts';
import { type Broken, tell } from '../rule.ts';
import { type Deed, deed } from './actions.ts';
import type { Head } from './head.ts';

const gestures = ['onRelease', 'onDouble', 'onHold', 'onLongHold'] as const;
type Gesture = (typeof gestures)[number];

export const gestureShape = {
  onRelease: deed.exactOptional(),
  onDouble: deed.exactOptional(),
  onHold: deed.exactOptional(),
  onLongHold: deed.exactOptional(),
};

type BindingsForm = { readonly [Key in 'do' | Gesture]?: Deed };

/** What a press may do; nothing for a fader's scale and for what is to do nothing. */
const actionOf = (what: Deed | undefined): Action | undefined =>
  what === undefined || 'scale' in what || what.command === 'none' ? undefined : what;

const turnOf = ({ kind }: Head, what: Deed | undefined): TurnAction | undefined => {
  if (what === undefined || kind === 'switch') return undefined;
  if ('scale' in what) return kind === 'fader' ? what : undefined;
  return kind === 'encoder' && 'by' in what && what.command !== 'loadSet' ? what : undefined;
};

const brokenLearn = (key: string, what: Deed): Broken[] =>
  what.command === 'learn'
    ? [
        {
          path: [key, 'command'],
          code: 'bad-action',
          text: `found learn as ${key}; allowed is learn as onLongHold, which no performance needs`,
        },
      ]
    : [];

/** What may stand as the `do` of a press: a chord's too. */
export const brokenPress = (key: string, what: Deed): Broken[] =>
  'scale' in what
    ? [{ path: [key, 'scale'], code: 'bad-action', text: 'found on a press; allowed is scale as the do of a fader' }]
    : brokenLearn(key, what);

const brokenDo = (head: Head, what: Deed | undefined): Broken[] => {
  if (what === undefined) return [];
  if (head.kind === 'switch') return brokenPress('do', what);
  if (what.command === 'none' || turnOf(head, what) !== undefined) return [];
  const allowed =
    head.kind === 'encoder'
      ? 'changeBpm, changeBars or changeClickVolume, with by, on an encoder'
      : 'setBpm, setBars or setClickVolume, with scale, on a fader';
  return [{ path: ['do'], code: 'bad-turn', text: `found ${what.command}; allowed is ${allowed}` }];
};

const canBeHeld = ({ release }: Head): boolean => release === true || release === 'auto';

const brokenGesture = (head: Head, key: Gesture, what: Deed): Broken[] => {
  const broken = (text: string): Broken[] => [{ path: [key], code: 'bad-gesture', text }];
  if (head.kind !== 'switch') return broken('found on a fader or an encoder; allowed is do, and no gesture');
  if (!canBeHeld(head) && key !== 'onDouble') {
    return broken(`found on a control that does not tell its release; allowed is ${key} where it does`);
  }
  if ('scale' in what || key !== 'onLongHold') return brokenPress(key, what);
  return [];
};

export const brokenBindings = (head: Head, form: BindingsForm): readonly Broken[] => [
  ...brokenDo(head, form.do),
  ...gestures.flatMap((key) => {
    const what = form[key];
    return what === undefined ? [] : brokenGesture(head, key, what);
  }),
];

/** A track can be cleared by foot alone: that is what holding its pad means where the file says nothing else. */
const holdOf = (head: Head, { do: press, onHold }: BindingsForm): Action | undefined => {
  if (onHold !== undefined || press?.command !== 'stomp' || !canBeHeld(head)) return actionOf(onHold);
  return { command: 'clear', track: press.track };
};

export const bindingsOf = (head: Head, form: BindingsForm): Bindings => {
  if (head.kind !== 'switch') {
    const turn = turnOf(head, form.do);
    return turn === undefined ? {} : { turn };
  }
  const press = actionOf(form.do);
  const release = actionOf(form.onRelease);
  const double = actionOf(form.onDouble);
  const hold = holdOf(head, form);
  const longHold = actionOf(form.onLongHold);
  return {
    ...(press && { press }),
    ...(release && { release }),
    ...(double && { double }),
    ...(hold && { hold }),
    ...(longHold && { longHold }),
  };
};

const pageForm = section({ do: deed.exactOptional(), ...gestureShape });

/** What a page says of a control that moves as `head` says. */
export const pageBindings = (head: Head) =>
  pageForm.transform((form, context): Bindings => {
    tell(context, brokenBindings(head, form));
    return bindingsOf(head, form);
  });
