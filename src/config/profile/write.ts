import { Document, isCollection, isMap, isSeq } from 'yaml';
import type { Action, Scale, TurnAction } from '../../core/controller/action.ts';
import type { Trigger } from '../../core/controller/trigger.ts';
import { hexBytes } from '../../core/hex.ts';
import type { LearntForm, LearntFormControl } from '../../core/learn/form.ts';

const onChannel = ({ channel }: { readonly channel?: number }) => (channel === undefined ? {} : { channel });

/** As it stands after `on`. */
const triggerForm = (trigger: Trigger): object => {
  switch (trigger.kind) {
    case 'note':
    case 'cc':
    case 'poly': {
      const { value, pressAt } = trigger;
      const level = value === undefined ? { ...(pressAt !== 1 && { pressAt }) } : { value };
      return { [trigger.kind]: trigger.number, ...level, ...onChannel(trigger) };
    }
    case 'ccs': {
      const { numbers, pressAt, releaseAt } = trigger;
      return { ccs: numbers, pressAt, releaseAt, ...onChannel(trigger) };
    }
    case 'program':
      return { program: trigger.number, ...onChannel(trigger) };
    case 'pitch':
    case 'pressure':
      return { message: trigger.kind, ...(trigger.pressAt && { pressAt: trigger.pressAt }), ...onChannel(trigger) };
    case 'start':
    case 'stop':
    case 'continue':
      return { message: trigger.kind };
    case 'mmc':
      return { mmc: trigger.command };
    case 'sysex':
      return { sysex: hexBytes(trigger.prefix) };
  }
};

const scaleForm = (scale: Scale): object => {
  if (scale.kind === 'zones') return { zones: scale.values };
  const { from, to, round, curve } = scale;
  return { from, to, ...(round && { round }), ...(curve !== 1 && { curve }) };
};

const actionForm = (action: Action | TurnAction): object =>
  'scale' in action
    ? { command: action.command, scale: scaleForm(action.scale), ...(action.pickUp && { pickUp: true }) }
    : action;

/** Those of which the profile expects a release; of the others it goes without saying. */
const mayRelease = (on: Trigger): boolean => 'pressAt' in on && !('value' in on && on.value !== undefined);

const controlForm = ({ on, release, relative, turn, press, lamp }: LearntFormControl): object => {
  const action = turn ?? press;
  return {
    on: triggerForm(on),
    ...(mayRelease(on) && !release && { release }),
    ...(relative && { relative }),
    ...(action && { do: actionForm(action) }),
    ...(lamp !== undefined && { lamp }),
  };
};

const header = (hasLamps: boolean): string =>
  [
    ' Learnt from the controller itself. It is yours: change what you like, docs/controllers.md says how.',
    ' To learn it anew, learn again or remove this file.',
    ...(hasLamps
      ? [' Its lamps are a guess, since a controller does not say how they are set: hence unverified.']
      : []),
  ].join('\n');

const partsOf = (section: unknown): readonly unknown[] => {
  if (isMap(section)) return section.items.map(({ value }) => value);
  return isSeq(section) ? section.items : [];
};

/** A line for each control, a line for each of the short sections. */
const inLines = ({ contents }: Document): void => {
  if (!isMap(contents)) return;
  const inOneLine = contents.items.flatMap(({ key, value }) =>
    ['controls', 'ignore'].includes(String(key)) ? partsOf(value) : [value],
  );
  for (const part of inOneLine) if (isCollection(part)) part.flow = true;
};

/** The YAML file of a learnt profile, as the profile's schema reads it. Pure. */
export const profileText = (form: LearntForm): string => {
  const { name, title, input, controls, palette, ignore } = form;
  const hasLamps = controls.some(({ lamp }) => lamp !== undefined);
  const document = new Document(
    {
      name,
      title,
      confidence: hasLamps ? 'unverified' : 'solid',
      ports: { input: [input] },
      palette,
      controls: Object.fromEntries(controls.map((control) => [control.id, controlForm(control)])),
      ...(ignore.length > 0 && { ignore: ignore.map(triggerForm) }),
    },
    // The reader takes no aliases.
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = header(hasLamps);
  inLines(document);
  return document.toString({ lineWidth: 0 });
};
