import { KeyboardPort, type Terminal } from '../adapters/keyboard/keyboard-port.ts';
import type { LoadedProfiles } from '../config/profiles.ts';
import type { Clock } from '../ports/clock.ts';
import type { Controller } from '../streams/controller.ts';
import { profileNamed } from './profiles.ts';

/** The computer's keyboard as a controller. */
export const keyboardController = (
  loaded: LoadedProfiles,
  terminal: Terminal,
  clock: Clock,
  onQuit: () => void,
): Controller & { readonly port: KeyboardPort } => ({
  profile: profileNamed(loaded, 'keyboard'),
  port: new KeyboardPort(terminal, clock, onQuit),
});
