import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Rejection } from './gate.ts';
import { Lockout } from './lockout.ts';
import type { Limits } from './options.ts';

/** The cookie that a paired browser has. */
export const cookieName = 'hindsight';

/** No more than these are looked at: a browser may send cookies of one name for several paths. */
const mostCookies = 4;

/** More cookies than there are phones in a hall. */
const mostStale = 1024;

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const cookiesOf = (header: string | undefined): readonly string[] =>
  (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .slice(0, mostCookies)
    .map((pair) => pair.slice(cookieName.length + 1));

const bearerOf = (header: string | undefined): readonly string[] => {
  const [, token] = /^bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  return token === undefined ? [] : [token];
};

/** Tokens that are shown: those that somebody meant to show, and those that a browser shows by itself. */
export type Shown = { readonly meant: readonly string[]; readonly cookies: readonly string[] };

/** The one of `?token=`, for who cannot set headers: a link, or a WebSocket in a browser. */
export const inQuery = (query: URLSearchParams): readonly string[] => query.getAll('token').slice(0, 1);

export const shownBy = ({ cookie, authorization }: IncomingHttpHeaders, query: readonly string[] = []): Shown => ({
  meant: [...bearerOf(authorization), ...query],
  cookies: cookiesOf(cookie),
});

const missing: Rejection = {
  status: 401,
  code: 'token-missing',
  reason: 'this looper answers those only who are paired with it; `hindsight pair` shows the link that does it',
};

const wrong: Rejection = {
  status: 401,
  code: 'token-wrong',
  reason: 'the token is not the one of this looper; `hindsight pair` shows the link that has it',
};

const locked: Rejection = {
  status: 429,
  code: 'locked-out',
  reason: 'too many wrong tokens came from this address; try again in a minute',
};

/** Knows the token, and lets nobody guess it. */
export class TokenCheck {
  readonly #hash: Buffer | undefined;
  readonly #lockout: Lockout;
  /** Cookies that were wrong, by hash. */
  readonly #stale = new Set<string>();

  constructor(token: string | undefined, { wrongTokens, wrongTokensMs }: Limits) {
    this.#hash = token === undefined ? undefined : hashOf(token);
    this.#lockout = new Lockout(wrongTokens, wrongTokensMs);
  }

  /** Whether there is a token to be known. */
  get asks(): boolean {
    return this.#hash !== undefined;
  }

  /** Why someone at an address who shows these tokens is not let in. */
  rejects(address: string | undefined, { meant, cookies }: Shown): Rejection | undefined {
    const hash = this.#hash;
    if (hash === undefined) return undefined;
    const from = address ?? '';
    const now = performance.now();
    // All are compared, by hashes of one length, so that the time tells nothing.
    const right = [...meant, ...cookies].map((token) => timingSafeEqual(hashOf(token), hash));
    if (right.includes(true)) return undefined;
    // Who knows it is let in whoever else guesses from there: behind a proxy all come from one address.
    if (this.#lockout.isLocked(from, now)) return locked;
    if (right.length === 0) return missing;
    const isNew = this.#isNew(cookies);
    if (meant.length > 0 || isNew) this.#lockout.fail(from, now);
    return wrong;
  }

  /**
   * A page that was paired with another token shows its cookie again and again. Only the first time that is a guess, or the player could not pair it
   * anew for being locked out.
   */
  #isNew(cookies: readonly string[]): boolean {
    const hashes = cookies.map((cookie) => hashOf(cookie).toString('base64'));
    const isNew = hashes.some((hash) => !this.#stale.has(hash));
    for (const hash of hashes) this.#stale.add(hash);
    if (this.#stale.size > mostStale) this.#stale.clear();
    return isNew;
  }
}
