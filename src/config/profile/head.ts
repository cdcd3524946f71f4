import { z } from 'zod';
import type { Control } from '../../core/controller/profile.ts';
import { type Trigger, tellsPlace } from '../../core/controller/trigger.ts';
import { oneOf, truth, wants } from '../fields.ts';
import type { Broken } from '../rule.ts';
import { type Deed, deed } from './actions.ts';
import { overlap } from './overlap.ts';
import { trigger } from './trigger.ts';

/** What is the same on all pages: how a control is moved. */
export type Head = Pick<Control, 'on' | 'off' | 'release' | 'relative' | 'fine'> & {
  readonly kind: 'switch' | 'fader' | 'encoder';
};

const release = z.literal([true, false, 'toggle', 'auto'], wants('true, false, toggle or auto'));

export const headShape = {
  on: trigger,
  off: trigger.exactOptional(),
  release: release.exactOptional(),
  relative: oneOf(['twosComplement', 'signBit', 'offset']).exactOptional(),
  fine: truth().exactOptional(),
  do: deed.exactOptional(),
};

export type HeadForm = {
  readonly on: Trigger;
  readonly off?: Trigger;
  readonly release?: Control['release'];
  readonly relative?: NonNullable<Control['relative']>;
  readonly fine?: boolean;
  readonly do?: Deed;
};

const hasValue = (on: Trigger): boolean => 'value' in on && on.value !== undefined;

/** Whether the device can tell by this message that the foot goes up; a value that names the switch leaves no room for it. */
const canRelease = ({ on, off }: HeadForm): boolean => 'pressAt' in on && (!hasValue(on) || off !== undefined);

const kindOf = ({ on, relative, fine, do: action }: HeadForm): Head['kind'] => {
  if (relative !== undefined) return 'encoder';
  if (fine === true || tellsPlace(on)) return 'fader';
  return action !== undefined && 'scale' in action ? 'fader' : 'switch';
};

export const headOf = (form: HeadForm): Head => ({
  on: form.on,
  ...(form.off && { off: form.off }),
  release: form.release ?? canRelease(form),
  ...(form.relative && { relative: form.relative }),
  fine: form.fine === true,
  kind: kindOf(form),
});

const badRelease = (key: string, text: string): Broken[] => [{ path: [key], code: 'bad-release', text }];

const brokenOff = (form: HeadForm): Broken[] => {
  const { on, off, release: told } = form;
  if (off === undefined) return [];
  if (kindOf(form) !== 'switch') {
    return badRelease('off', 'found on a fader or an encoder; allowed is off on a switch');
  }
  if (!('pressAt' in on) || on.kind === 'ccs') {
    return badRelease('off', 'found beside a message that has no release; allowed is off with note, cc or poly');
  }
  if (told === false || told === 'toggle') {
    return badRelease('off', `found beside release: ${told}; allowed is off where the release is told`);
  }
  if (!overlap(on, off)) return [];
  const text = 'the same message as on; allowed is another; leave it out for value 0';
  return [{ path: ['off'], code: 'bound-twice', text }];
};

const brokenRelease = (form: HeadForm): Broken[] => {
  const { on, release: told } = form;
  if (told === undefined || told === false || canRelease(form)) return [];
  if (told === 'toggle' && hasValue(on)) return [];
  const hint = hasValue(on) ? 'name its message in off' : 'leave it out';
  return badRelease('release', `found ${told}, but this message tells no release; allowed is false; ${hint}`);
};

const brokenTurn = (form: HeadForm): Broken[] => {
  const { on, relative, fine, do: action } = form;
  const broken = (path: string[], text: string): Broken[] => [{ path, code: 'bad-turn', text }];
  if (relative !== undefined && fine === true) {
    return broken(['fine'], 'found beside relative; allowed is one of them');
  }
  if (relative !== undefined && (on.kind !== 'cc' || hasValue(on))) {
    return broken(['relative'], 'found without a cc; allowed is relative with cc, without value');
  }
  if (fine === true && (on.kind !== 'cc' || on.number > 31 || hasValue(on))) {
    return broken(['fine'], 'found without a cc that has a fine half; allowed is fine with cc 0 to 31, without value');
  }
  const tellsPlace = ['cc', 'poly', 'pitch', 'pressure'].includes(on.kind) && !hasValue(on);
  if (action === undefined || !('scale' in action) || relative !== undefined || tellsPlace) return [];
  return broken(
    ['do', 'scale'],
    'found with a message that tells no place; allowed is scale with cc, poly, pitch or pressure, without value',
  );
};

export const brokenHead = (form: HeadForm): readonly Broken[] => [
  ...brokenOff(form),
  ...brokenRelease(form),
  ...brokenTurn(form),
];
