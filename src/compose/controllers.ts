import { KeyboardPort, type Terminal } from '../adapters/keyboard/keyboard-port.ts';
import type { Clock } from '../ports/clock.ts';
import type { Controller } from '../streams/controller.ts';
import { type ProfileSource, profileNamed } from './profiles.ts';

/** The computer's keyboard as a controller. */
export const keyboardController = (
  source: ProfileSource,
  terminal: Terminal,
  clock: Clock,
  onQuit: () => void,
): Controller & { readonly port: KeyboardPort } => ({
  profile: profileNamed(source.load(['keyboard']), 'keyboard'),
  port: new KeyboardPort(terminal, clock, onQuit),
});
