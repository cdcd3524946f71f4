import { join } from 'node:path';
import { type Environment, fromHome, serviceFolder, xdgFolder } from './base-folders.ts';

/** As much of the config as says where the player's profiles are. */
export type ProfilesSetting = { readonly midi: { readonly profiles: string | null } };

/** The folder of the player's own profiles: as set; else that of the service; else where XDG has settings. Pure. */
export const ownProfilesFolder = ({ midi }: ProfilesSetting, env: Environment, home: string): string => {
  if (midi.profiles !== null) return fromHome(midi.profiles, home);
  return join(serviceFolder(env) ?? xdgFolder(env, 'XDG_CONFIG_HOME', home, '.config'), 'controllers');
};
