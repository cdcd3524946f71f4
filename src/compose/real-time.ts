import type { WorkerEngine } from '../adapters/engine/worker-engine.ts';
import type { RealTime } from '../adapters/realtime/real-time.ts';
import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';

/** Read only once a device begins: a simulated one needs none of it. */
const ofTheSystem = async (): Promise<RealTime> => {
  const [{ RealTime }, { systemCalls }] = await Promise.all([
    import('../adapters/realtime/real-time.ts'),
    import('../adapters/realtime/system-calls.ts'),
  ]);
  return new RealTime(systemCalls());
};

/**
 * Gives the sound what it needs of the system to be in time: its threads whenever a device begins, since each has its own; memory and code
 * with the first one, since they stay and a device that is plugged in again is waited for. What could not be had is tried again with the next device, and said once.
 */
export const inRealTime = (
  audio: Pick<WorkerEngine, 'memories'>,
  log: Pick<Logger, 'warn'>,
  open: () => Promise<RealTime> = ofTheSystem,
): ((threads: readonly number[]) => void) => {
  const said = new Set<string>();
  let realTime: RealTime | undefined;
  let isKept = false;
  const sayOnce = (why: string | undefined): void => {
    if (why === undefined || said.has(why)) return;
    said.add(why);
    log.warn(`real time: ${why}`);
  };
  const give = async (threads: readonly number[]): Promise<void> => {
    realTime ??= await open();
    sayOnce(realTime.raise(threads));
    if (isKept) return;
    const why = realTime.keep(audio.memories());
    isKept = why === undefined;
    sayOnce(why);
  };
  return (threads) => {
    if (threads.length > 0) give(threads).catch((error: unknown) => sayOnce(messageOf(error)));
  };
};
