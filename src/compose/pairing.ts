import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { newTokenIn, tokenIn } from '../adapters/web/token-file.ts';

/** An address of this machine, and the network card that has it. */
export type Address = { readonly family: 'IPv4' | 'IPv6'; readonly address: string; readonly card: string };

/** Under what the machine can be reached. */
export type Whereabouts = {
  /** The name that mDNS tells, as in hindsight.local. */
  readonly localName: string;
  readonly addresses: readonly Address[];
};

export type PairingAccess = {
  readonly whereabouts: () => Whereabouts;
  /** The token that a looper which keeps its state in `folder` asks for; `renew` puts a new one in its place. */
  readonly token: (folder: string, renew: boolean) => string;
};

const avahiSettings = '/etc/avahi/avahi-daemon.conf';

/** The name that avahi-daemon.conf(5) gives the machine in the network, which else is its own. */
export const localNameOf = (settings: string, machine: string): string => {
  const named = /^[ \t]*host-name[ \t]*=[ \t]*(\S+)/m.exec(settings)?.[1];
  return `${named ?? machine.split('.', 1)[0]}.local`;
};

const avahiText = (): string => {
  try {
    return readFileSync(avahiSettings, 'utf8');
  } catch {
    return '';
  }
};

/** Those that others can reach. An address with a scope is good on its own cable only, and no browser takes it. */
const addresses = (): readonly Address[] =>
  Object.entries(networkInterfaces()).flatMap(([card, infos = []]) =>
    infos
      .filter((info) => !info.internal && (info.family === 'IPv4' || info.scopeid === 0))
      .map(({ family, address }) => ({ family, address, card })),
  );

export const pairingAccess: PairingAccess = {
  whereabouts: () => ({ localName: localNameOf(avahiText(), hostname()), addresses: addresses() }),
  token: (folder, renew) => (renew ? newTokenIn(folder) : tokenIn(folder)),
};
