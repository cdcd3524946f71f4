import type { LoadedProfiles } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stage } from '../streams/controller.ts';
import type { Show } from '../streams/show.ts';
import type { Starts } from './starts.ts';

export type PinsParts = {
  readonly config: Config;
  readonly loaded: LoadedProfiles;
  readonly stage: Stage;
  readonly show: Show;
  readonly log: Logger;
};

/** What is wired to this computer's own pins, as far as the settings name it. It is read after all that plays; a failure does not end the show. */
export const startPins = async ({ config, loaded, stage, show, log }: PinsParts, starts: Starts): Promise<void> => {
  const start = async (name: string, starting: () => Promise<void>): Promise<void> => {
    try {
      await starting();
    } catch (error) {
      log.warn(`${name}: ${messageOf(error)}; the show goes on without`);
    }
  };
  if (config.gpio.enabled) {
    await start('gpio', async () => {
      const { startGpio } = await import('./gpio.ts');
      startGpio({ settings: config.gpio, loaded, stage, show, log }, starts);
    });
  }
  if (config.lcd.enabled) {
    await start('lcd', async () => {
      const { startLcd } = await import('./lcd.ts');
      startLcd(config.lcd, stage, log, starts);
    });
  }
};
