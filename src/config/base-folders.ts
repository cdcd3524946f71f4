import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The first of the state directories that systemd gives a service (systemd.exec(5)); undefined for what is no service. Pure. */
export const serviceFolder = (env: Environment): string | undefined =>
  env['STATE_DIRECTORY']?.split(':', 1)[0] || undefined;

/** Our folder below one of the XDG Base Directory Specification, which takes only absolute paths; else below `usual` in home. Pure. */
export const xdgFolder = (env: Environment, variable: string, home: string, usual: string): string => {
  const base = env[variable] ?? '';
  return join(base.startsWith('/') ? base : join(home, usual), 'hindsight');
};

/** A path that is written from / or ~/ on. Pure. */
export const fromHome = (path: string, home: string): string =>
  path.startsWith('~/') ? join(home, path.slice(2)) : path;
