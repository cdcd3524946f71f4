import type { IncomingMessage } from 'node:http';
import type { Audience, FrontOfHouse } from '../../ports/front-of-house.ts';
import { type Answer, type FileAnswer, json, plainPage, plainText, rejected, trouble } from './answer.ts';
import type { Bucket } from './bucket.ts';
import { answerCommand } from './command-request.ts';
import type { Gate, Rejection } from './gate.ts';
import { metricsText, metricsType } from './metrics.ts';
import { answerPreflight, isFromElsewhere, sharedWith } from './other-origins.ts';
import { type PageFiles, pageAnswer } from './page-files.ts';
import { answerExport, type LoopTaker } from './set-files.ts';
import { cookieName, inQuery, shownBy, type TokenCheck } from './token-check.ts';

/** What the answers are made of. */
export type Services = {
  /** For all programs together: what they ask for costs more than a file. */
  readonly bucket: Bucket;
  readonly front: FrontOfHouse;
  readonly gate: Gate;
  readonly tokenCheck: TokenCheck;
  readonly files: PageFiles;
  readonly isTls: boolean;
  readonly mostBytes: number;
  readonly mostMs: number;
  readonly takeLoop: LoopTaker;
  readonly isWell: () => string | undefined;
  readonly audience: () => Audience;
};

/** The path as it was asked for, not decoded: what is served has plain names. */
export const splitUrl = (url: string): { readonly path: string; readonly query: URLSearchParams } => {
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
};

type Answered = Answer | FileAnswer;
type Route = (services: Services, request: IncomingMessage, query: URLSearchParams) => Answered | Promise<Answered>;

/** A picture that is opened by itself may use its own styles, and nothing else. */
const pictureHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'none'; sandbox",
};

const calibrationSvg: Route = ({ front }) => {
  const svg = front.calibrationSvg();
  if (svg === undefined)
    return trouble(404, 'no-picture', 'the latency was not measured yet; send the command calibrate');
  return { status: 200, type: 'image/svg+xml', body: svg, headers: pictureHeaders };
};

const metrics: Route = ({ front, audience }) => {
  return { status: 200, type: metricsType, body: metricsText(front.snapshot(), front.health(), audience()) };
};

const routes: Readonly<Record<string, { readonly method: 'GET' | 'POST'; readonly answer: Route }>> = {
  '/api/state': { method: 'GET', answer: ({ front }) => json(200, front.snapshot()) },
  '/api/command': {
    method: 'POST',
    answer: ({ front, mostBytes, mostMs }, request) => answerCommand(front, request, mostBytes, mostMs),
  },
  '/api/export.zip': { method: 'GET', answer: ({ front }, request, query) => answerExport(front, request, query) },
  '/api/import': {
    method: 'POST',
    answer: ({ takeLoop }, request, query) => takeLoop(request, query),
  },
  '/api/calibration.svg': { method: 'GET', answer: calibrationSvg },
  '/metrics': { method: 'GET', answer: metrics },
};

const tooMany = (): Answer =>
  trouble(429, 'too-many', 'more requests than are taken; send fewer, or speak to a WebSocket', { 'Retry-After': '1' });

const routeOf = (path: string) => (Object.hasOwn(routes, path) ? routes[path] : undefined);

const allows = (method: 'GET' | 'POST', asked: string | undefined): boolean =>
  asked === method || (method === 'GET' && asked === 'HEAD');

const wrongMethod = (method: 'GET' | 'POST'): Answer => {
  const allowed = method === 'GET' ? 'GET, HEAD' : method;
  return trouble(405, 'wrong-method', `allowed is ${allowed}`, { Allow: allowed });
};

const health = ({ isWell }: Services): Answer => {
  const ailment = isWell();
  return ailment === undefined ? plainText(200, 'ok') : plainText(503, ailment);
};

/** For who follows a link, and has no use for JSON. */
const pageFor = (rejection: Rejection): Answer => {
  const { headers } = rejected(rejection);
  const page =
    rejection.status === 429
      ? plainPage(
          429,
          'Too many tries',
          'Please wait a minute, and then open the link that <code>hindsight pair</code> shows.',
        )
      : plainPage(
          rejection.status,
          'This looper does not know you',
          'Run <code>hindsight pair</code> on the looper: it shows the right link, and a code to scan with a phone. Open that link here once.',
        );
  return { ...page, ...(headers !== undefined && { headers }) };
};

const yearSeconds = 31_536_000;

const pair = ({ tokenCheck, isTls }: Services, { socket }: IncomingMessage, query: URLSearchParams): Answer => {
  const [token = ''] = inQuery(query);
  const rejection = tokenCheck.rejects(socket.remoteAddress, { meant: token === '' ? [] : [token], cookies: [] });
  if (rejection !== undefined) return pageFor(rejection.status === 429 ? rejection : { ...rejection, status: 403 });
  const cookie = `${cookieName}=${token}; Max-Age=${yearSeconds}; Path=/; HttpOnly; SameSite=Lax${isTls ? '; Secure' : ''}`;
  // Where none is needed the link works all the same.
  return { ...plainText(303, 'paired'), headers: { Location: '/', ...(tokenCheck.asks && { 'Set-Cookie': cookie }) } };
};

const isForPrograms = (path: string): boolean => path.startsWith('/api/') || path === '/metrics';

/** Who is let in gets an answer; who asks for what there is not, is told so. */
const inside = (
  services: Services,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Answered | Promise<Answered> => {
  const route = routeOf(path);
  if (route !== undefined) {
    if (!allows(route.method, request.method)) return wrongMethod(route.method);
    return services.bucket.admit(performance.now()) === 'take' ? route.answer(services, request, query) : tooMany();
  }
  const page = pageAnswer(services.files, path, request.headers);
  if (page === undefined) return trouble(404, 'not-found', 'there is nothing of this name; see /');
  return allows('GET', request.method) ? page : wrongMethod('GET');
};

/** What programs ask for: also those in pages of other origins that the settings name. */
const forPrograms = async (
  services: Services,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<Answered> => {
  if (isFromElsewhere(request)) {
    return trouble(403, 'from-elsewhere', 'a page from elsewhere may not use that; open it by itself');
  }
  const rejection = services.tokenCheck.rejects(request.socket.remoteAddress, shownBy(request.headers));
  const answer = rejection === undefined ? await inside(services, request, path, query) : rejected(rejection);
  return { ...answer, headers: { ...answer.headers, ...sharedWith(request) } };
};

/** Answers a request. */
export const answerTo = (services: Services, request: IncomingMessage): Answered | Promise<Answered> => {
  const { path, query } = splitUrl(request.url ?? '');
  const { host, origin } = request.headers;
  const stranger = services.gate(host, origin);
  if (stranger !== undefined) return rejected(stranger);
  if (path === '/healthz') return allows('GET', request.method) ? health(services) : wrongMethod('GET');
  if (path === '/pair') return allows('GET', request.method) ? pair(services, request, query) : wrongMethod('GET');
  if (isForPrograms(path)) {
    // It asks for nothing yet, and browsers show no token with it.
    if (request.method === 'OPTIONS' && origin !== undefined) return answerPreflight(request);
    return forPrograms(services, request, path, query);
  }
  const rejection = services.tokenCheck.rejects(request.socket.remoteAddress, shownBy(request.headers));
  return rejection === undefined ? inside(services, request, path, query) : pageFor(rejection);
};
