import { GpioPort } from '../adapters/gpio/gpio-port.ts';
import { takeLampLines } from '../adapters/gpio/lamp-lines.ts';
import type { LoadedProfiles } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stage } from '../streams/controller.ts';
import type { Show } from '../streams/show.ts';
import { profileNamed } from './profiles.ts';
import type { Starts } from './starts.ts';

export type GpioParts = {
  readonly settings: Config['gpio'];
  readonly loaded: LoadedProfiles;
  readonly stage: Stage;
  readonly show: Show;
  readonly log: Logger;
};

/** Switches and lamps on this computer's own pins, as a controller like any other. */
export const startGpio = ({ settings, loaded, stage, show, log }: GpioParts, starts: Starts): void => {
  const profile = profileNamed(loaded, 'gpio');
  const path = process.env['PATH'] ?? '/usr/bin';
  const port = new GpioPort(settings, { clock: stage.clock, log, takeLampLines, path, devices: '/dev' });
  const seat = () => ({
    name: port.name,
    title: profile.title,
    why: 'gpio.enabled in the settings',
    connected: port.isConnected,
    input: port.name,
  });
  const joined = show.join({ profile, port, seat });
  starts.add(() => port.close());
  // Its lamps go dark while they can be told.
  starts.add(() => show.leave(joined));
  port.open();
};
