import { z } from 'zod';
import { list, oneOf, optionalSection, text, truth, wants, whole } from './fields.ts';
import { type Broken, tell } from './rule.ts';

/** The chip has three pins for its address, and comes in two kinds. */
const isChip = (address: number): boolean =>
  (address >= 0x20 && address <= 0x27) || (address >= 0x38 && address <= 0x3f);

/** An address without its 0x is another number. */
const bareHex = (input: unknown): string | undefined => {
  const meant = typeof input === 'number' ? Number.parseInt(String(input), 16) : Number.NaN;
  return isChip(meant) ? `write 0x${meant.toString(16)}` : undefined;
};

const address = () => {
  const words = wants('0x20 to 0x27 (PCF8574) or 0x38 to 0x3f (PCF8574A)', bareHex);
  return z.number(words).refine((value) => Number.isInteger(value) && isChip(value), words);
};

export const lcdSection = () =>
  optionalSection({
    enabled: truth().default(false),
    bus: whole(0, 255).default(1),
    address: address().default(0x27),
  });

const pins = (what: string) => list(whole(0, 63).nullable(), `a list of pins, ${what}`);

type Place = number | null;
type Lists = { readonly switches: readonly Place[]; readonly lamps: readonly Place[] };
type Pins = Lists & { readonly enabled: boolean };

/** More than any profile binds. */
const mostPins = 32;

/** The pins that are named, and where. */
const named = ({ switches, lamps }: Lists) =>
  [
    ...switches.map((pin, at) => ({ pin, path: ['switches', at] })),
    ...lamps.map((pin, at) => ({ pin, path: ['lamps', at] })),
  ].filter(({ pin }) => pin !== null);

const wrongPins = ({ enabled, switches, lamps }: Pins): readonly Broken[] => {
  const all = named({ switches, lamps });
  const twice = all.filter(({ pin }, at) => all.findIndex((one) => one.pin === pin) < at);
  return [
    ...(enabled && all.length === 0
      ? [
          {
            path: ['switches'],
            code: 'no-pins',
            text: 'names no pin; allowed is a list such as [5, 6, 13]; name the pins of your switches',
          },
        ]
      : []),
    ...(['switches', 'lamps'] as const)
      .filter((key) => (key === 'switches' ? switches : lamps).length > mostPins)
      .map((key) => ({
        path: [key],
        code: 'out-of-range',
        text: `names more than ${mostPins} pins; allowed are ${mostPins}; take some out`,
      })),
    ...twice.map(({ pin, path }) => ({
      path,
      code: 'pin-twice',
      text: `pin ${pin} is named twice; a pin is one switch or one lamp; take one of them out`,
    })),
  ];
};

export const gpioSection = () =>
  optionalSection({
    enabled: truth().default(false),
    chip: text('the name of a GPIO chip, such as gpiochip0', /[\s/]/, 'write it without /dev/').default('gpiochip0'),
    /** The first is switch 1 of the profile, and so on; null leaves one out. */
    switches: pins('the first is switch 1'),
    /** The first is the lamp of switch 1, and so on. */
    lamps: pins('the first is the lamp of switch 1'),
    pull: oneOf(['up', 'down', 'none']).default('up'),
    /** What a pin is at while its switch is pressed. */
    pressed: oneOf(['low', 'high']).default('low'),
    /** What a pin is at while its lamp is lit. */
    lit: oneOf(['high', 'low']).default('high'),
  }).superRefine((value, context) => tell(context, wrongPins(value)));

/** I2C bus 1 of a Raspberry Pi's header: SDA and SCL, by the numbers of its chip, which some kernels of a Pi 5 call gpiochip4. */
const bus = { number: 1, pins: [2, 3], chips: ['gpiochip0', 'gpiochip4'] } as const;

const places = z.array(z.number().nullable());
const wired = z.object({
  gpio: z.object({ enabled: z.literal(true), chip: z.enum(bus.chips), switches: places, lamps: places }),
  lcd: z.object({ enabled: z.literal(true), bus: z.literal(bus.number) }),
});

const sharedPins = (config: unknown): readonly Broken[] => {
  const { success, data } = wired.safeParse(config);
  if (!success) return [];
  return named(data.gpio)
    .filter(({ pin }) => bus.pins.some((taken) => taken === pin))
    .map(({ pin, path }) => ({
      path: ['gpio', ...path],
      code: 'pin-of-display',
      text: `pin ${pin} is a wire of the display: I2C bus ${bus.number} has pins ${bus.pins.join(' and ')}; allowed are all others while lcd.enabled is true; name another pin, or write false there`,
    }));
};

/** The display and the switches do not share a wire: a pin that is made a switch or a lamp is the bus's no more, and the display stays dark. */
export const apart = <Schema extends z.ZodType>(sections: Schema): Schema =>
  sections.superRefine((config, context) => tell(context, sharedPins(config)), {
    // Also told beside other mistakes.
    when: ({ value }) => wired.safeParse(value).success,
  });
