import { createContext } from 'preact';
import { useContext, useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { StateView, Topic } from '../../protocol/hindsight-v1.ts';
import { mostHz } from '../../protocol/versions.ts';
import type { Listener } from '../listen/listener.ts';
import type { Moment } from '../time/moment.ts';
import type { Ticker } from '../time/ticker.ts';
import type { Looper } from './looper.ts';
import type { PageState } from './page-state.ts';

/** What lives as long as the page does, whatever is drawn. */
export type Services = { readonly looper: Looper; readonly ticker: Ticker; readonly listener: Listener };

export const ServicesContext = createContext<Services | undefined>(undefined);

export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (services === undefined) {
    throw new Error('page: there are no services around this part; draw it inside ServicesContext');
  }
  return services;
};

export const useLooper = (): Looper => useServices().looper;

/** A part of what the page knows. Draws again only when that part is another value. */
export const usePage = <Part>(select: (page: PageState) => Part): Part => {
  const { page } = useLooper();
  const [, redraw] = useReducer<number, undefined>((count) => count + 1, 0);
  const part = select(page.now);
  const last = useRef({ select, part });
  last.current = { select, part };
  useLayoutEffect(() => {
    const look = () => {
      if (!Object.is(last.current.select(page.now), last.current.part)) redraw(undefined);
    };
    // What changed between drawing and now would never be seen.
    look();
    return page.subscribe(look);
  }, [page]);
  return part;
};

/** The same of the session, while there is one. */
export const useSession = <Part>(select: (state: StateView) => Part, otherwise: Part): Part =>
  usePage(({ mirror }) => (mirror.state === null ? otherwise : select(mirror.state)));

/** Draws at each half beat and after each change; undefined while nobody knows what is heard. */
export const useTick = (paint: (moment: Moment | undefined, nowMs: number) => void): void => {
  const { ticker } = useServices();
  const last = useRef(paint);
  last.current = paint;
  useLayoutEffect(() => ticker.add((moment, nowMs) => last.current(moment, nowMs)), [ticker]);
};

/** What a view wants to hear while it is open. Meters want it often; the clock is as well kept by few messages as by many. */
export const useTopics = (topics: readonly Topic[]): void => {
  const looper = useLooper();
  useEffect(() => looper.watch(['position', ...topics], topics.includes('levels') ? mostHz : 10), [looper, topics]);
};
