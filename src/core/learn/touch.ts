/** A control that can be learnt, as the trigger that it will be in the profile. */
export type Source =
  | { readonly kind: 'note' | 'cc'; readonly number: number; readonly channel: number; readonly pressAt: number }
  | { readonly kind: 'program'; readonly number: number; readonly channel: number }
  | { readonly kind: 'pitch'; readonly channel: number };

/** A message as a control and where it stands, 0 to 127; a pitch bend's 14 bits are brought to that. */
export type Touch = { readonly source: Source; readonly value: number };

/** 120 and above are channel mode messages, such as all notes off (MIDI 1.0). */
const firstModeMessage = 120;

const isData = (byte: number | undefined): byte is number =>
  byte !== undefined && Number.isInteger(byte) && byte >= 0 && byte <= 127;

/**
 * What a message touches; undefined for what is never learnt: pressure, clock, active sensing, system exclusive, and
 * bytes that are no message. A note-on of velocity 0 is a release.
 */
export const touchOf = ([status = 0, first, second]: readonly number[]): Touch | undefined => {
  if (!isData(first)) return undefined;
  const channel = (status & 0x0f) + 1;
  if ((status & ~0x0f) === 0xc0) return { source: { kind: 'program', number: first, channel }, value: 127 };
  if (!isData(second)) return undefined;
  switch (status & ~0x0f) {
    case 0x80:
      return { source: { kind: 'note', number: first, channel, pressAt: 1 }, value: 0 };
    case 0x90:
      return { source: { kind: 'note', number: first, channel, pressAt: 1 }, value: second };
    case 0xb0:
      if (first >= firstModeMessage) return undefined;
      return { source: { kind: 'cc', number: first, channel, pressAt: 1 }, value: second };
    case 0xe0:
      return { source: { kind: 'pitch', channel }, value: ((first + 128 * second) * 127) / 16383 };
    default:
      return undefined;
  }
};

const numberOf = (source: Source): number => (source.kind === 'pitch' ? 0 : source.number);

export const same = (one: Source, other: Source): boolean =>
  one.kind === other.kind && one.channel === other.channel && numberOf(one) === numberOf(other);

/** For people; programs are counted from 0, as on the wire. */
export const sourceText = (source: Source): string => {
  switch (source.kind) {
    case 'note':
      return `note ${source.number} on channel ${source.channel}`;
    case 'cc':
      return `control change ${source.number} on channel ${source.channel}`;
    case 'program':
      return `program change ${source.number} on channel ${source.channel}`;
    case 'pitch':
      return `pitch bend on channel ${source.channel}`;
  }
};
