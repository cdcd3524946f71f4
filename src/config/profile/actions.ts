import { z } from 'zod';
import type { Action, Scale, TurnAction } from '../../core/controller/action.ts';
import { limits } from '../../core/session/state.ts';
import { number, section, truth, wants, whole } from '../fields.ts';
import { isKeyed, tell } from '../rule.ts';
import { complaint, didYouMean, found, inWords } from '../wording.ts';
import { keptActions, keptCommands } from './kept-actions.ts';
import { step } from './step.ts';

/** What may stand after `do`: of a switch an action, of a fader or an encoder the other. */
export type Deed = Action | TurnAction;

const trackNumber = () => whole(1, 64);
const bpm = () => number(limits.bpm.min, limits.bpm.max);
const bars = () => whole(limits.bars.min, limits.bars.max);
const volume = () => number(limits.clickVolume.min, limits.clickVolume.max);

type ScaleForm = {
  readonly from?: number;
  readonly to?: number;
  readonly round?: boolean;
  readonly curve?: number;
  readonly zones?: readonly number[];
};

const scaleOf = ({ from, to, round, curve, zones }: ScaleForm, alwaysRound: boolean): Scale | undefined => {
  const isBare = round === undefined && curve === undefined;
  if (zones !== undefined && from === undefined && to === undefined && isBare) return { kind: 'zones', values: zones };
  if (zones !== undefined || from === undefined || to === undefined) return undefined;
  return { kind: 'linear', from, to, round: alwaysRound || round === true, curve: curve ?? 1 };
};

/** `{ from: 40, to: 200, round: true }` or `{ zones: [1, 2, 4] }`, of values that the command takes. */
const scale = (value: () => z.ZodType<number>, alwaysRound: boolean) =>
  section({
    from: value().exactOptional(),
    to: value().exactOptional(),
    round: truth().exactOptional(),
    curve: number(0.1, 10).exactOptional(),
    zones: z
      .array(value(), wants('a list of values'))
      .min(1, wants('a list of values'))
      .max(128, wants('at most 128 values'))
      .exactOptional(),
  }).transform((form, context): Scale => {
    const read = scaleOf(form, alwaysRound);
    if (read !== undefined) return read;
    const text = `${found(form)}; allowed is { from, to } with or without round and curve, or { zones }`;
    tell(context, [{ path: [], code: 'bad-scale', text }]);
    return z.NEVER;
  });

type SetCommand = Extract<TurnAction, { scale: unknown }>['command'];
type SetForm = { readonly command: SetCommand; readonly scale?: Scale; readonly pickUp?: boolean };

/** A value of its own or a scale; `fixed` is the action with the value. */
const setDeed = (key: string, { command, scale, pickUp }: SetForm, fixed: Action | undefined) => {
  if (scale === undefined && pickUp === undefined && fixed !== undefined) return fixed;
  if (scale !== undefined && fixed === undefined) return { command, scale, pickUp: pickUp ?? false };
  const names = [...(fixed ? [key] : []), ...(scale ? ['scale'] : []), ...(pickUp === undefined ? [] : ['pickUp'])];
  const what = names.length === 0 ? `neither ${key} nor scale` : names.join(' and ');
  return `found ${what}; allowed is ${key} on a switch, or scale with or without pickUp on a fader`;
};

const settle = (deed: Deed | string, context: z.core.$RefinementCtx): Deed => {
  if (typeof deed !== 'string') return deed;
  tell(context, [{ path: [], code: 'bad-action', text: deed }]);
  return z.NEVER;
};

const fader = (value: () => z.ZodType<number>, alwaysRound: boolean) => ({
  scale: scale(value, alwaysRound).exactOptional(),
  pickUp: truth().exactOptional(),
});

const setBpm = () =>
  section({ command: z.literal('setBpm'), bpm: bpm().exactOptional(), ...fader(bpm, false) }).transform(
    ({ bpm: value, ...form }, context): Deed =>
      settle(setDeed('bpm', form, value === undefined ? undefined : { command: 'setBpm', bpm: value }), context),
  );

const setBars = () =>
  section({ command: z.literal('setBars'), bars: bars().exactOptional(), ...fader(bars, true) }).transform(
    ({ bars: value, ...form }, context): Deed =>
      settle(setDeed('bars', form, value === undefined ? undefined : { command: 'setBars', bars: value }), context),
  );

const setClickVolume = () =>
  section({
    command: z.literal('setClickVolume'),
    volume: volume().exactOptional(),
    ...fader(volume, false),
  }).transform(({ volume: value, ...form }, context): Deed => {
    const fixed: Action | undefined = value === undefined ? undefined : { command: 'setClickVolume', volume: value };
    return settle(setDeed('volume', form, fixed), context);
  });

const onTrack = ['stomp', 'start', 'stop'] as const;
const plain = ['reset', 'newSet', 'muteClick', 'tap', 'pageUp', 'pageDown', 'none', 'learn'] as const;
const valued = ['setBpm', 'setBars', 'setClickVolume', 'changeBpm', 'changeBars', 'changeClickVolume'] as const;
const commands = [...onTrack, 'record', ...keptCommands, ...plain, 'calibrate', ...valued];

const members = [
  section({ command: z.enum(onTrack), track: trackNumber() }),
  section({ command: z.literal('record'), track: trackNumber(), bars: bars().exactOptional() }),
  ...keptActions,
  section({ command: z.enum(plain) }),
  section({ command: z.literal('calibrate'), mute: truth().exactOptional() }),
  setBpm(),
  setBars(),
  setClickVolume(),
  section({ command: z.literal('changeBpm'), by: step(100, false) }),
  section({ command: z.literal('changeBars'), by: step(8, true) }),
  section({ command: z.literal('changeClickVolume'), by: step(1, false) }),
] as const;

/** A command with its values, whether or not this is the place for it. */
export const deed = z.discriminatedUnion('command', members, {
  error: (issue) => {
    if (issue.code === 'invalid_union') {
      const command = isKeyed(issue.input) ? issue.input['command'] : undefined;
      const hint = typeof command === 'string' ? didYouMean(command, commands) : undefined;
      return complaint(command, inWords(commands), hint);
    }
    return complaint(issue.input, 'a command with its values, such as { command: stomp, track: 1 }');
  },
});
