import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';

/**
 * Lets the page that asked read the answer (CORS). Only for a request that the gate let in: its origin is the looper's own, or one that the
 * settings name. Cookies of the looper are not sent from elsewhere: such pages show the token in a header.
 */
export const sharedWith = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  headers.origin === undefined ? {} : { 'Access-Control-Allow-Origin': headers.origin, Vary: 'Origin' };

/** What a browser asks before it sends a command from elsewhere. */
export const answerPreflight = (request: IncomingMessage): Answer => ({
  status: 204,
  type: 'text/plain',
  body: '',
  headers: {
    ...sharedWith(request),
    'Access-Control-Allow-Methods': 'GET, HEAD, POST',
    'Access-Control-Allow-Headers': 'authorization, content-type',
    'Access-Control-Max-Age': '600',
  },
});

/** Browsers say so where a page of elsewhere has something loaded or followed, such as a picture or a link, for which they send no origin. */
export const isFromElsewhere = ({ headers }: IncomingMessage): boolean =>
  headers.origin === undefined && headers['sec-fetch-site'] === 'cross-site';
