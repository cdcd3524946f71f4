import type { Shade } from '../controller/colour.ts';
import type { Lamp, LampFrame, Looks } from '../controller/profile.ts';

/** What a lamp is to be: a shade, and whether the device is to blink or pulse it by itself. */
export type Look = { readonly shade: Shade; readonly by: 'steady' | 'blink' | 'pulse' };

type Messages = readonly (readonly number[])[];

/** The messages that make a lamp look so. In a profile with a frame each is the lamp's bytes in it. */
export const lampMessages = (lamp: Lamp, { shade, by }: Look): Messages => {
  const looks: Looks = (by === 'steady' ? undefined : lamp[by]) ?? lamp.steady;
  return looks[shade] ?? lamp.steady[shade] ?? lamp.steady.off ?? [];
};

/** All lamps in one message. */
export const frameMessage = (frame: LampFrame, cells: ReadonlyMap<string, readonly number[]>): readonly number[] =>
  frame.flatMap((part) => (typeof part === 'number' ? part : (cells.get(part.lamp) ?? [])));
