import type { Profile } from '../controller/profile.ts';
import type { SessionState } from '../session/state.ts';
import { blankMessages, displayMessages } from './display.ts';
import { frameMessage, lampMessages } from './messages.ts';
import type { Picture } from './picture.ts';

type Messages = readonly (readonly number[])[];

/** Something that a device is to show, and the messages for it. Those of one task belong together. */
export type Task = { readonly id: string; readonly messages: Messages };

/** No lamp is called so: names of lamps have no space in them, as a layout could not tell them apart. */
const displayId = 'the display';

/** The lamps of a picture alone. */
export const tasksOfPicture = (picture: Picture, { frame }: Pick<Profile, 'frame'>): readonly Task[] => {
  if (frame === undefined)
    return picture.map(({ lamp, look }) => ({ id: lamp.id, messages: lampMessages(lamp, look) }));
  const cells = new Map(picture.map(({ lamp, look }) => [lamp.id, lampMessages(lamp, look)[0] ?? []]));
  return [{ id: 'frame', messages: [frameMessage(frame, cells)] }];
};

/** All that a controller should show, most urgent first; its display last. */
export const tasksOf = (picture: Picture, profile: Profile, session: SessionState): readonly Task[] => {
  const { display } = profile;
  const lamps = tasksOfPicture(picture, profile);
  return display === undefined ? lamps : [...lamps, { id: displayId, messages: displayMessages(display, session) }];
};

/** What turns all lamps of a controller off. */
export const darkness = (profile: Profile): Messages => {
  const off = profile.lamps.map((lamp) => ({ lamp, look: { shade: 'off', by: 'steady' } as const }));
  const dark = tasksOfPicture(off, profile).flatMap(({ messages }) => messages);
  return profile.display === undefined ? dark : [...dark, ...blankMessages(profile.display)];
};
