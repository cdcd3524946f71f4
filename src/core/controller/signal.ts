import { mmcCommands, type Trigger } from './trigger.ts';

/** A MIDI message taken apart, as far as controllers send it. Channels count from 1; a note's release has value 0. */
export type Signal =
  | {
      readonly kind: 'note' | 'cc' | 'poly';
      readonly channel: number;
      readonly number: number;
      readonly value: number;
    }
  | { readonly kind: 'program'; readonly channel: number; readonly number: number }
  /** `value` is of 14 bits for the pitch, of 7 for the pressure. */
  | { readonly kind: 'pitch' | 'pressure'; readonly channel: number; readonly value: number }
  | { readonly kind: 'start' | 'stop' | 'continue' }
  | { readonly kind: 'sysex'; readonly bytes: readonly number[] };

const systemKinds = new Map([
  [0xfa, 'start' as const],
  [0xfb, 'continue' as const],
  [0xfc, 'stop' as const],
]);

/** A complete message taken apart; undefined for what no control sends, and for what is cut short. Pure. */
export const signalOf = (bytes: readonly number[]): Signal | undefined => {
  const [status = 0, first, second] = bytes;
  if (status === 0xf0) return bytes.at(-1) === 0xf7 ? { kind: 'sysex', bytes } : undefined;
  const system = systemKinds.get(status);
  if (system !== undefined) return { kind: system };
  if (first === undefined) return undefined;
  const channel = (status & 0x0f) + 1;
  if ((status & 0xf0) === 0xc0) return { kind: 'program', channel, number: first };
  if ((status & 0xf0) === 0xd0) return { kind: 'pressure', channel, value: first };
  if (second === undefined) return undefined;
  switch (status & 0xf0) {
    case 0x80:
      return { kind: 'note', channel, number: first, value: 0 };
    case 0x90:
      return { kind: 'note', channel, number: first, value: second };
    case 0xa0:
      return { kind: 'poly', channel, number: first, value: second };
    case 0xb0:
      return { kind: 'cc', channel, number: first, value: second };
    case 0xe0:
      return { kind: 'pitch', channel, value: first | (second << 7) };
    default:
      return undefined;
  }
};

const onChannel = (trigger: { readonly channel?: number }, signal: { readonly channel: number }): boolean =>
  trigger.channel === undefined || trigger.channel === signal.channel;

/** The command of F0 7F device 06 command F7 (MIDI Machine Control 1.0); undefined for another message. */
const mmcCommandOf = (bytes: readonly number[]): number | undefined =>
  bytes[1] === 0x7f && bytes[3] === 0x06 ? bytes[4] : undefined;

/** Whether a signal is one that the trigger means; with a `value` of its own, only that one. */
export const meets = (trigger: Trigger, signal: Signal): boolean => {
  switch (trigger.kind) {
    case 'note':
    case 'cc':
    case 'poly':
      return (
        signal.kind === trigger.kind &&
        signal.number === trigger.number &&
        onChannel(trigger, signal) &&
        (trigger.value === undefined || trigger.value === signal.value)
      );
    case 'ccs':
      return signal.kind === 'cc' && trigger.numbers.includes(signal.number) && onChannel(trigger, signal);
    case 'program':
      return signal.kind === 'program' && signal.number === trigger.number && onChannel(trigger, signal);
    case 'pitch':
    case 'pressure':
      return signal.kind === trigger.kind && onChannel(trigger, signal);
    case 'start':
    case 'stop':
    case 'continue':
      return signal.kind === trigger.kind;
    case 'mmc':
      return signal.kind === 'sysex' && mmcCommandOf(signal.bytes) === trigger.command;
    case 'sysex':
      return signal.kind === 'sysex' && trigger.prefix.every((byte, at) => signal.bytes[at] === byte);
  }
};

const mmcName = (command: number): string =>
  Object.entries(mmcCommands).find(([, number]) => number === command)?.[0] ?? String(command);

/** A signal in words, for people: `note 36 on channel 1, 127`. */
export const signalText = (signal: Signal): string => {
  switch (signal.kind) {
    case 'note':
    case 'cc':
    case 'poly':
      return `${signal.kind} ${signal.number} on channel ${signal.channel}, ${signal.value}`;
    case 'program':
      return `program ${signal.number} on channel ${signal.channel}`;
    case 'pitch':
    case 'pressure':
      return `${signal.kind} on channel ${signal.channel}, ${signal.value}`;
    case 'start':
    case 'stop':
    case 'continue':
      return signal.kind;
    case 'sysex': {
      const command = mmcCommandOf(signal.bytes);
      return command === undefined ? `sysex of ${signal.bytes.length} bytes` : `mmc ${mmcName(command)}`;
    }
  }
};
