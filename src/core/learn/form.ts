import type { Action, TurnAction } from '../controller/action.ts';
import type { Relative } from '../controller/profile.ts';
import type { Trigger } from '../controller/trigger.ts';
import { hexByte } from '../hex.ts';
import { type Learning, type LearntControl, learntControls } from './learning.ts';
import type { Source } from './touch.ts';

export type LearntFormControl = {
  readonly id: string;
  readonly on: Trigger;
  readonly release: boolean;
  readonly relative?: Relative;
  readonly press?: Action;
  readonly turn?: TurnAction;
  /** A message in hex with `{colour}` for the palette's byte. */
  readonly lamp?: string;
};

/** A learnt controller as it is written into a profile. */
export type LearntForm = {
  readonly name: string;
  readonly title: string;
  /** A pattern of exactly the port that was learnt. */
  readonly input: string;
  readonly controls: readonly LearntFormControl[];
  readonly palette: { readonly off: string; readonly on: string };
  readonly ignore: readonly Trigger[];
};

/** ALSA's numbers of client and port, which are new ones at each plug. */
const numbers = /\s+\d+:\d+$/;

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Most devices light the lamp under a switch by the message that the switch itself sends. */
const lampOf = (on: Source): string | undefined => {
  switch (on.kind) {
    case 'note':
      return `${hexByte(0x90 + on.channel - 1)} ${hexByte(on.number)} {colour}`;
    case 'cc':
      return `${hexByte(0xb0 + on.channel - 1)} ${hexByte(on.number)} {colour}`;
    case 'program':
    case 'pitch':
      return undefined;
  }
};

const controlForm = ({ slot, on, release, relative }: LearntControl): LearntFormControl => {
  const control = { id: slot.id, on, release };
  if (slot.wants === 'turn') {
    return relative === undefined ? { ...control, turn: slot.fader } : { ...control, relative, turn: slot.encoder };
  }
  const lamp = lampOf(on);
  return { ...control, press: slot.press, ...(lamp !== undefined && { lamp }) };
};

/** What is learnt, as a profile for the port of that name; ALSA's numbers at its end are left out. What was no control is none. */
export const learntForm = (learning: Learning, portName: string, ignore: readonly Trigger[]): LearntForm => {
  const port = portName.replace(numbers, '');
  return {
    name: `learnt-${slug(port) || 'controller'}`,
    title: `Learnt: ${port}`,
    input: `^${escaped(port)}$`,
    controls: learntControls(learning).map(controlForm),
    palette: { off: '00', on: '7F' },
    ignore,
  };
};
