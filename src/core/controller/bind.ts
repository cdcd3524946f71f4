import type { SessionCommand } from '../session/command.ts';
import type { Action, Profile, Scale, Trigger } from './profile.ts';

type Pressed = { readonly trigger: Trigger; readonly value: number };

/**
 * A channel message as a control and its value, or undefined for what no control sends. A note-off and a note-on of
 * velocity 0 are releases: value 0 (MIDI 1.0).
 */
const parseMessage = (bytes: readonly number[]): Pressed | undefined => {
  const [status = 0, number, value] = bytes;
  if (number === undefined || value === undefined) return undefined;
  const channel = (status & 0x0f) + 1;
  switch (status & 0xf0) {
    case 0x80:
      return { trigger: { kind: 'note', number, channel }, value: 0 };
    case 0x90:
      return { trigger: { kind: 'note', number, channel }, value };
    case 0xb0:
      return { trigger: { kind: 'cc', number, channel }, value };
    default:
      return undefined;
  }
};

const scaled = (scale: Scale, value: number): number => {
  if (scale.kind === 'zones') {
    const zone = Math.floor((value * scale.values.length) / 128);
    return scale.values[zone] ?? 0;
  }
  const exact = scale.from + ((scale.to - scale.from) * value) / 127;
  return scale.round ? Math.round(exact) : exact;
};

const commandOf = (action: Action, value: number): SessionCommand | undefined => {
  switch (action.command) {
    case 'setBpm':
      return { type: 'setBpm', bpm: scaled(action.scale, value) };
    case 'setBars':
      return { type: 'setBars', bars: scaled(action.scale, value) };
    case 'setClickVolume':
      return { type: 'setClickVolume', volume: scaled(action.scale, value) };
    default:
      return value > 0 ? pressCommand(action) : undefined;
  }
};

const pressCommand = (action: Exclude<Action, { scale: Scale }>): SessionCommand => {
  switch (action.command) {
    case 'record':
      return { type: 'record', track: action.track, ...(action.bars !== undefined && { bars: action.bars }) };
    case 'reset':
    case 'muteClick':
    case 'tap':
      return { type: action.command };
    default:
      return { type: action.command, track: action.track };
  }
};

const matches = (wanted: Trigger, got: Trigger): boolean =>
  wanted.kind === got.kind &&
  wanted.number === got.number &&
  (wanted.channel === undefined || wanted.channel === got.channel);

/** What a message of this controller means, or undefined: a release, or a control that is not bound. */
export const commandFor = (profile: Profile, bytes: readonly number[]): SessionCommand | undefined => {
  const pressed = parseMessage(bytes);
  if (pressed === undefined) return undefined;
  const control = profile.controls.find(({ on }) => matches(on, pressed.trigger));
  return control && commandOf(control.do, pressed.value);
};
