import { existsSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import koffi from 'koffi';
import { messageOf } from '../../core/errors.ts';

/** Pins that are lit or not. Both throw when the chip refuses. */
export type LampLines = { set(pin: number, isLit: boolean): void; release(): void };

/** Takes pins of a chip, all of them dark. Throws, saying what to do, when they cannot be had. */
export type TakeLampLines = (chip: string, pins: readonly number[], lit: 'high' | 'low') => LampLines;

/** GPIOD_LINE_DIRECTION_OUTPUT (gpiod.h of libgpiod 2). */
const output = 3;

const bind = () => {
  const library = koffi.load('libgpiod.so.3');
  const call = (definition: string) => library.func(definition);
  return {
    openChip: call('void *gpiod_chip_open(const char *path)'),
    closeChip: call('void gpiod_chip_close(void *chip)'),
    newSettings: call('void *gpiod_line_settings_new()'),
    freeSettings: call('void gpiod_line_settings_free(void *settings)'),
    setDirection: call('int gpiod_line_settings_set_direction(void *settings, int direction)'),
    setActiveLow: call('void gpiod_line_settings_set_active_low(void *settings, bool active_low)'),
    newLines: call('void *gpiod_line_config_new()'),
    freeLines: call('void gpiod_line_config_free(void *config)'),
    addSettings: call(
      'int gpiod_line_config_add_line_settings(void *config, const uint32_t *offsets, size_t num_offsets, void *settings)',
    ),
    newRequest: call('void *gpiod_request_config_new()'),
    freeRequest: call('void gpiod_request_config_free(void *config)'),
    setConsumer: call('void gpiod_request_config_set_consumer(void *config, const char *consumer)'),
    requestLines: call('void *gpiod_chip_request_lines(void *chip, void *request_config, void *line_config)'),
    setValue: call('int gpiod_line_request_set_value(void *request, unsigned int offset, int value)'),
    release: call('void gpiod_line_request_release(void *request)'),
  };
};

type Calls = ReturnType<typeof bind>;

let calls: Calls | undefined;

const load = (): Calls => {
  try {
    return bind();
  } catch (error) {
    throw new Error(`the library libgpiod 2 cannot be had; install gpiod of Debian 13 or newer (${messageOf(error)})`);
  }
};

const hints: Readonly<Record<string, string>> = {
  EACCES: '; join the group gpio',
  EBUSY: '; another program or a driver has one of the pins',
  EINVAL: '; it may not have all of the pins',
};

const refused = (what: string): Error => {
  const code = getSystemErrorName(-koffi.errno());
  return new Error(`${what} (${code})${hints[code] ?? ''}`);
};

/** Asks for the pins; what it takes to ask is given back either way. */
const request = (gpiod: Calls, chip: unknown, pins: readonly number[], lit: 'high' | 'low'): unknown => {
  const [settings, lines, asked] = [gpiod.newSettings(), gpiod.newLines(), gpiod.newRequest()];
  try {
    gpiod.setDirection(settings, output);
    gpiod.setActiveLow(settings, lit === 'low');
    gpiod.setConsumer(asked, 'hindsight');
    if (gpiod.addSettings(lines, Uint32Array.from(pins), pins.length, settings) < 0) throw refused('the lamps');
    const had: unknown = gpiod.requestLines(chip, asked, lines);
    if (had === null) throw refused(`the pins ${pins.join(', ')} cannot be had`);
    return had;
  } finally {
    gpiod.freeRequest(asked);
    gpiod.freeLines(lines);
    gpiod.freeSettings(settings);
  }
};

/**
 * The pins of this machine, through libgpiod itself: Debian's gpioset is built without its interactive mode, and a new process for each
 * blinking lamp would cost more than all else that the main thread does.
 */
export const takeLampLines: TakeLampLines = (chip, pins, lit) => {
  calls ??= load();
  const gpiod = calls;
  if (!existsSync(chip)) throw new Error(`there is no ${chip}; gpiodetect lists what there is`);
  const opened: unknown = gpiod.openChip(chip);
  if (opened === null) throw refused(`${chip} cannot be opened`);
  let had: unknown;
  try {
    had = request(gpiod, opened, pins, lit);
  } finally {
    gpiod.closeChip(opened);
  }
  return {
    set: (pin, isLit) => {
      if (gpiod.setValue(had, pin, isLit ? 1 : 0) < 0) throw refused(`the lamp on pin ${pin} cannot be set`);
    },
    release: () => gpiod.release(had),
  };
};
