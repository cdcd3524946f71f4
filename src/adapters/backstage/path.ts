import { join } from 'node:path';

/**
 * Where the running looper can be reached: in the folder that systemd gives a service, in the user's own runtime folder, or in
 * one of the user's in /tmp.
 */
export const socketPath = (env: Readonly<Record<string, string | undefined>>, user: number): string => {
  const { RUNTIME_DIRECTORY: ofService, XDG_RUNTIME_DIR: ofUser } = env;
  if (ofService) return join(ofService.split(':')[0] ?? ofService, 'backstage.sock');
  return ofUser ? join(ofUser, 'hindsight', 'backstage.sock') : join('/tmp', `hindsight-${user}`, 'backstage.sock');
};

/** Where to look for one: the service's is found from outside it, too. */
export const socketPaths = (env: Readonly<Record<string, string | undefined>>, user: number): readonly string[] => [
  socketPath(env, user),
  '/run/hindsight/backstage.sock',
];
