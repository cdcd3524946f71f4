import { fromHome } from './base-folders.ts';
import type { Config } from './schema.ts';

/** The files of the page's certificate, found from anywhere; null where it has none. Pure. */
export const tlsFiles = ({ tls }: Pick<Config['web'], 'tls'>, home: string): Config['web']['tls'] =>
  tls && { cert: fromHome(tls.cert, home), key: fromHome(tls.key, home) };
