import { isLoopback } from '../core/loopback.ts';
import type { Config } from './schema.ts';

/**
 * Whether front ends need the token: on any address but this machine's own; and on that, too, where names lead to it, since these come through a proxy,
 * behind which anybody may be. Pure.
 */
export const asksToken = ({ host, names, token }: Pick<Config['web'], 'host' | 'names' | 'token'>): boolean =>
  token === 'always' || !isLoopback(host) || names.length > 0;
