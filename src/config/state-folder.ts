import { type Environment, serviceFolder, xdgFolder } from './base-folders.ts';

/** The folder of what is found out and kept from start to start; made by who writes into it. Pure. */
export const stateFolder = (env: Environment, home: string): string =>
  serviceFolder(env) ?? xdgFolder(env, 'XDG_STATE_HOME', home, '.local/state');
