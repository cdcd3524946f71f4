import type { Trigger } from '../../core/controller/trigger.ts';

/** The messages that a control takes for itself. */
type Claim =
  | { readonly kind: string; readonly channel?: number; readonly number?: number; readonly value?: number }
  | { readonly kind: 'sysex'; readonly bytes: readonly (number | 'any')[] };

export type Claimant = { readonly on: Trigger; readonly off?: Trigger; readonly fine: boolean };

/** F0 7F device 06 command F7 (MIDI Machine Control 1.0): any device. */
const mmcBytes = (command: number): readonly (number | 'any')[] => [0xf0, 0x7f, 'any', 0x06, command, 0xf7];

const claimsOf = (trigger: Trigger): readonly Claim[] => {
  switch (trigger.kind) {
    case 'ccs':
      return trigger.numbers.map((number) => ({ ...trigger, kind: 'cc', number }));
    case 'mmc':
      return [{ kind: 'sysex', bytes: mmcBytes(trigger.command) }];
    case 'sysex':
      return [{ kind: 'sysex', bytes: trigger.prefix }];
    case 'note':
    case 'cc':
    case 'poly':
    case 'program':
    case 'pitch':
    case 'pressure':
    case 'start':
    case 'stop':
    case 'continue':
      return [trigger];
  }
};

/** One of the two may leave it open. */
const agree = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const collide = (one: Claim, other: Claim): boolean => {
  if ('bytes' in one || 'bytes' in other) {
    if (!('bytes' in one && 'bytes' in other)) return false;
    return one.bytes.every((byte, at) => {
      const counterpart = other.bytes[at];
      return byte === 'any' || counterpart === 'any' || counterpart === undefined || byte === counterpart;
    });
  }
  return (
    one.kind === other.kind &&
    agree(one.number, other.number) &&
    agree(one.channel, other.channel) &&
    agree(one.value, other.value)
  );
};

/** Whether there is a message that both triggers mean. */
export const overlap = (one: Trigger, other: Trigger): boolean =>
  claimsOf(one).some((claim) => claimsOf(other).some((counterpart) => collide(claim, counterpart)));

const triggersOf = ({ on, off, fine }: Claimant): readonly Trigger[] => [
  on,
  ...(fine && on.kind === 'cc' ? [{ ...on, number: on.number + 32 }] : []),
  ...(off === undefined ? [] : [off]),
];

/** Whether there is a message that would move both controls. */
export const isShared = (one: Claimant, other: Claimant): boolean =>
  triggersOf(one).some((trigger) => triggersOf(other).some((counterpart) => overlap(trigger, counterpart)));
