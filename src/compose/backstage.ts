import { reachBackstage } from '../adapters/backstage/client.ts';
import { socketPath, socketPaths } from '../adapters/backstage/path.ts';
import { beginWork, type WorkQuestion } from '../adapters/backstage/protocol.ts';
import type { Listener, Work } from '../ports/backstage.ts';
import { composeLive, type LiveRequest } from './live.ts';

export { socketPath };

/** Work to be done in the looper that runs, or in one that is started for it. */
export type BackstageWish = WorkQuestion;

/** Work that goes on, and what lets go of the looper that does it. */
export type OpenWork = { readonly work: Work; readonly where: 'running' | 'own'; close(): Promise<void> };

/** Reaches the looper that runs; where there is none, starts one of our own, with the controllers that are there. */
export const openWork = async (
  wish: BackstageWish,
  listener: Listener,
  own: Omit<LiveRequest, 'events' | 'terminal' | 'backstagePath'>,
  user: number,
): Promise<OpenWork> => {
  const remote = await reachBackstage(socketPaths(process.env, user));
  if (remote !== undefined) {
    const work = remote.begin(wish, listener);
    return { work, where: 'running', close: async () => remote.close() };
  }
  const { midi } = own.config;
  const live = await composeLive({
    ...own,
    // It is silent to other machines, too.
    config: { ...own.config, midi: { ...midi, clock: { ...midi.clock, ports: [] }, thru: [] } },
    events: undefined,
    terminal: undefined,
    backstagePath: undefined,
  });
  return { work: beginWork(live.backstage, wish, listener), where: 'own', close: () => live.stop() };
};
