import { join } from 'node:path';

/** As much of the config as says where the player's profiles are. */
export type ProfilesSetting = { readonly midi: { readonly profiles: string | null } };

type Environment = Readonly<Record<string, string | undefined>>;

const fromHome = (path: string, home: string): string => (path.startsWith('~/') ? join(home, path.slice(2)) : path);

/**
 * The folder of the player's own profiles: as set; else under systemd the first of its state directories (systemd.exec(5)); else
 * where the XDG Base Directory Specification has settings, which takes only absolute paths. Pure.
 */
export const ownProfilesFolder = ({ midi }: ProfilesSetting, env: Environment, home: string): string => {
  if (midi.profiles !== null) return fromHome(midi.profiles, home);
  const [state] = (env['STATE_DIRECTORY'] ?? '').split(':');
  if (state !== undefined && state !== '') return join(state, 'controllers');
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  return join(xdg.startsWith('/') ? xdg : join(home, '.config'), 'hindsight', 'controllers');
};
