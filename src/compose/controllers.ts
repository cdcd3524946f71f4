import { KeyboardPort, type Terminal } from '../adapters/keyboard/keyboard-port.ts';
import { RtMidiPort } from '../adapters/midi/rtmidi-port.ts';
import type { Config } from '../config/schema.ts';
import type { Profile } from '../core/controller/profile.ts';
import type { Clock } from '../ports/clock.ts';
import type { Controller } from '../streams/controller.ts';
import { profileNamed } from './profiles.ts';

type Wish = { readonly profile: Profile; readonly input?: string | undefined; readonly output?: string | undefined };

/** Those that the config names; or every known one, the ones that take any port last. */
const wished = (config: Config, profiles: readonly Profile[]): readonly Wish[] => {
  const { controllers } = config.midi;
  if (controllers.length === 0) {
    const particular = (profile: Profile): number => (profile.ports.input.length === 0 ? 1 : 0);
    return profiles.toSorted((a, b) => particular(a) - particular(b)).map((profile) => ({ profile }));
  }
  return controllers.map(({ profile, input, output }) => ({ profile: profileNamed(profiles, profile), input, output }));
};

/** A port on the sequencer for each controller that is wished for. */
export const midiControllers = (
  config: Config,
  profiles: readonly Profile[],
  clock: Clock,
): readonly (Controller & { readonly port: RtMidiPort })[] =>
  wished(config, profiles).map(({ profile, input, output }) => ({
    profile,
    port: new RtMidiPort(
      {
        name: profile.name,
        input: { patterns: profile.ports.input, piece: input },
        output: { patterns: profile.ports.output, piece: output },
        init: profile.init,
        deinit: profile.deinit,
      },
      clock,
    ),
  }));

/** The faders of the generic profile where the config has them, 0 to 127. */
const fadersAt = ({ session, click }: Config): ReadonlyMap<number, number> =>
  new Map([
    [20, Math.round(((session.bpm - 40) * 127) / 160)],
    [21, 16 * [1, 2, 4, 8, 12, 16, 24, 32].findLastIndex((bars) => bars <= session.bars)],
    [22, Math.round(click.volume * 127)],
  ]);

/** The computer's keyboard as a generic controller. */
export const keyboardController = (
  config: Config,
  profiles: readonly Profile[],
  terminal: Terminal,
  clock: Clock,
  onQuit: () => void,
): Controller & { readonly port: KeyboardPort } => ({
  profile: profileNamed(profiles, 'generic'),
  port: new KeyboardPort(terminal, clock, fadersAt(config), onQuit),
});
