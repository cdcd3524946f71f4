import { z } from 'zod';
import type { Control, Lamp, Page, Profile } from '../../core/controller/profile.ts';
import { named, oneOf, section, text, truth, wants } from '../fields.ts';
import { dependingOn, tell } from '../rule.ts';
import { type Context, contextOf } from './context.ts';
import { controls, type ReadControl } from './controls.ts';
import { pace, ports, times, usbIds } from './device.ts';
import { display } from './display.ts';
import { type LampLooks, lamp, ownLamp } from './lamps.ts';
import { palette } from './palette.ts';
import { chords, frame, ignored, layout, pages } from './references.ts';
import { setupMessages } from './setup.ts';
import { style } from './style.ts';

/** Controls and lamps are named in the same places, so no two have one name. */
const ownLamps = (context: Context, looks: z.ZodType<LampLooks>) =>
  named(ownLamp(looks), 'lamps by name')
    .superRefine(
      (_, refinement) => {
        const taken = context.ownLamps.filter((id) => context.heads.has(id));
        const words = 'the name of a control too; allowed is a name of its own';
        tell(
          refinement,
          taken.map((id) => ({ path: [id], code: 'duplicate-id', text: words })),
        );
      },
      { when: () => true },
    )
    .default({});

const form = (name: string, context: Context) => {
  const looks = lamp(context);
  return section(
    {
      name: z.literal(name, wants(`the name of the file, ${name}`)),
      title: text('a title for people'),
      confidence: oneOf(['solid', 'one-source', 'from-memory', 'unverified']),
      usb: usbIds,
      ports,
      setUp: z.array(text('a sentence'), wants('a list of sentences')).default([]),
      init: setupMessages,
      deinit: setupMessages,
      times,
      pace,
      clock: truth().default(false),
      style,
      refresh: oneOf(['onRelease']).exactOptional(),
      palette: palette.exactOptional(),
      controls: controls(context, looks),
      lamps: ownLamps(context, looks),
      frame: frame(context).exactOptional(),
      display: display.exactOptional(),
      layout: layout(context),
      pages: pages(context).exactOptional(),
      chords: chords(context),
      ignore: ignored(context),
      learnHold: truth().default(false),
    },
    'a file of keys with values',
  );
};

type Form = z.output<ReturnType<typeof form>>;

const controlsOf = (read: Readonly<Record<string, ReadControl>>): Control[] =>
  Object.entries(read).map(([id, { head, bindings }]) => {
    const { kind: _, ...moved } = head;
    return { id, ...moved, bindings };
  });

const lampsOf = ({ controls: read, lamps }: Pick<Form, 'controls' | 'lamps'>): Lamp[] => [
  ...Object.entries(read).flatMap(([id, { looks }]) =>
    looks === undefined ? [] : [{ id, show: { kind: 'control' as const, control: id }, ...looks }],
  ),
  ...Object.entries(lamps).map(([id, { show, looks }]) => ({ id, show, ...looks })),
];

const onePage: Page = { name: 'all', trackOffset: 0, bindings: new Map() };

const pagesOf = (read: Form['pages']): readonly Page[] =>
  read?.map(({ name, trackOffset, controls: bindings }) => ({
    name,
    trackOffset,
    bindings: bindings ?? new Map(),
  })) ?? [onePage];

const profileOf = ({ refresh, palette: _, controls: read, lamps, pages: turned, ...rest }: Form): Profile => ({
  ...rest,
  refreshOnRelease: refresh !== undefined,
  controls: controlsOf(read),
  lamps: lampsOf({ controls: read, lamps }),
  pages: pagesOf(turned),
});

/** The YAML form of the profile called `name`, which its file bears too: docs/controllers.md. */
export const profileSchema = (name: string): z.ZodType<Profile> =>
  dependingOn((file) => form(name, contextOf(file)).transform(profileOf));
