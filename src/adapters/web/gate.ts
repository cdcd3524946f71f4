import { isIP } from 'node:net';
import { isLoopback } from '../../core/loopback.ts';

/** Why somebody is not let in. */
export type Rejection = { readonly status: number; readonly code: string; readonly reason: string };

type GateSettings = {
  /** The address that is listened at. */
  readonly host: string;
  /** The name of the machine. */
  readonly hostname: string;
  readonly names: readonly string[];
  readonly origins: readonly string[];
  readonly isTls: boolean;
};

const loopbackNames = ['localhost', '127.0.0.1', '::1'];

/** The name in `name:port`, without brackets; undefined for what is none. */
const nameIn = (hostHeader: string): string | undefined => {
  const [, six, name] = /^(?:\[([0-9a-f:.]+)\]|([^:/?#@\s[\]]+))(?::\d{1,5})?$/.exec(hostHeader) ?? [];
  return six ?? name;
};

const knownNames = ({ host, hostname, names }: GateSettings): ReadonlySet<string> => {
  const own = hostname.toLowerCase();
  return new Set([
    ...loopbackNames,
    host.toLowerCase(),
    own,
    `${own}.local`,
    'hindsight.local',
    ...names.map((name) => name.toLowerCase()),
  ]);
};

const nameOfOrigin = (origin: string): string | undefined => {
  const [, host] = /^https?:\/\/([^/]+)$/.exec(origin) ?? [];
  return host === undefined ? undefined : nameIn(host);
};

const wrongHost: Rejection = {
  status: 421,
  code: 'unknown-host',
  reason:
    'the looper is not known by this name; allowed are its own, localhost, hindsight.local and its addresses; add others to web.names',
};

const wrongOrigin: Rejection = {
  status: 403,
  code: 'unknown-origin',
  reason: 'a page from elsewhere may not speak to the looper; add where it comes from to web.origins',
};

/**
 * Who may ask at all. A page that was loaded from elsewhere must not reach the looper through the browser of somebody who can (cross-site
 * WebSockets), not even where its name was made to lead here (DNS rebinding). Pure; to be made once.
 */
export const gateOf = (settings: GateSettings) => {
  const names = knownNames(settings);
  const origins = new Set(settings.origins.map((origin) => origin.toLowerCase()));
  const isLocal = isLoopback(settings.host);
  const schemes = settings.isTls ? ['https'] : ['http', 'https'];

  const isOurs = (host: string): boolean => {
    const name = nameIn(host);
    return name !== undefined && (names.has(name) || (!isLocal && isIP(name) !== 0));
  };
  const isWelcome = (origin: string, host: string): boolean =>
    origins.has(origin) ||
    // https also where a proxy speaks it for a looper that does not.
    schemes.some((scheme) => origin === `${scheme}://${host}`) ||
    (isLocal && loopbackNames.includes(nameOfOrigin(origin) ?? ''));

  return (hostHeader: string | undefined, originHeader: string | undefined): Rejection | undefined => {
    const host = (hostHeader ?? '').toLowerCase();
    if (!isOurs(host)) return wrongHost;
    if (originHeader !== undefined && !isWelcome(originHeader.toLowerCase(), host)) return wrongOrigin;
    return undefined;
  };
};

export type Gate = ReturnType<typeof gateOf>;
