import { isIP } from 'node:net';
import type { Address, Whereabouts } from '../compose/pairing.ts';
import type { Config } from '../config/schema.ts';
import { isLoopback } from '../core/loopback.ts';

/** A way to the page, and what leads there: a network card, or a name. */
export type Way = { readonly url: string; readonly by: string };

type Web = Config['web'];

/** A page of this machine. */
export const urlOf = ({ port, tls }: Pick<Web, 'port' | 'tls'>, host: string, path = '/'): string =>
  `${tls === null ? 'http' : 'https'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}${path}`;

/** Cards that lead to no other machine: containers, virtual machines, tunnels. */
const virtualCard = /^(br-|docker|veth|virbr|tun|tap|wg)/;
/** An address that a machine gives itself where nobody else gave it one (RFC 3927). */
const selfGiven = /^169\.254\./;

/** The lower, the likelier it is that a phone gets there. */
const rank = ({ family, address, card }: Address): number =>
  (virtualCard.test(card) ? 4 : 0) + (family === 'IPv6' ? 2 : 0) + (selfGiven.test(address) ? 1 : 0);

type Place = { readonly host: string; readonly by: string };

/** Where a looper that listens at `host` answers, the likeliest first. */
const answering = (host: string, addresses: readonly Address[]): readonly Place[] => {
  if (host !== '0.0.0.0' && host !== '::') {
    return [{ host, by: addresses.find(({ address }) => address === host)?.card ?? 'web.host' }];
  }
  return addresses
    .filter(({ family }) => host === '::' || family === 'IPv4')
    .toSorted((one, other) => rank(one) - rank(other))
    .map(({ address, card }) => ({ host: address, by: card }));
};

/**
 * How a phone gets to a looper that asks for a token, the best way first: by its addresses, then by the names that it has in
 * the settings and in mDNS. Pure.
 */
export const pairingWays = (web: Web, token: string, { addresses, localName }: Whereabouts): readonly Way[] => {
  const path = `/pair?token=${token}`;
  // A proxy has a port and a certificate of its own.
  if (isLoopback(web.host)) {
    const proxied = web.names.map((host): Way => ({ url: `https://${host}${path}`, by: 'through your proxy' }));
    return [...proxied, { url: urlOf(web, web.host, path), by: 'on this machine' }];
  }
  const names = web.names.map((host): Place => ({ host, by: 'web.names' }));
  const mdns: Place = { host: localName, by: 'where avahi runs' };
  const places = [...answering(web.host, addresses), ...names, mdns];
  return places.map(({ host, by }) => ({ url: urlOf(web, host, path), by }));
};
