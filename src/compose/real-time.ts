import type { WorkerEngine } from '../adapters/engine/worker-engine.ts';
import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';

/** Gives the sound's threads, whenever a device begins, what they need of the system to be in time. Says once what could not be had. */
export const inRealTime = (audio: WorkerEngine, log: Logger): ((threads: readonly number[]) => void) => {
  const said = new Set<string>();
  const sayOnce = (why: string | undefined): void => {
    if (why === undefined || said.has(why)) return;
    said.add(why);
    log.warn(`real time: ${why}`);
  };
  const give = async (threads: readonly number[]): Promise<void> => {
    const [{ RealTime }, { systemCalls }] = await Promise.all([
      import('../adapters/realtime/real-time.ts'),
      import('../adapters/realtime/system-calls.ts'),
    ]);
    const realTime = new RealTime(systemCalls());
    sayOnce(realTime.raise(threads));
    sayOnce(realTime.keep(audio.memories()));
  };
  return (threads) => {
    if (threads.length > 0) give(threads).catch((error: unknown) => sayOnce(messageOf(error)));
  };
};
