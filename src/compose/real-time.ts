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
 * with the first one, since they stay and a device that is plugged in again is waited for. Says once what could not be had.
 */
export const inRealTime = (
  audio: Pick<WorkerEngine, 'memories'>,
  log: Pick<Logger, 'warn'>,
  open: () => Promise<RealTime> = ofTheSystem,
): ((threads: readonly number[]) => void) => {
  const said = new Set<string>();
  let opening: Promise<RealTime> | undefined;
  let isKept = false;
  const sayOnce = (why: string | undefined): void => {
    if (why === undefined || said.has(why)) return;
    said.add(why);
    log.warn(`real time: ${why}`);
  };
  const give = async (threads: readonly number[]): Promise<void> => {
    opening ??= open();
    const realTime = await opening;
    sayOnce(realTime.raise(threads));
    if (isKept) return;
    isKept = true;
    sayOnce(realTime.keep(audio.memories()));
  };
  return (threads) => {
    if (threads.length > 0) give(threads).catch((error: unknown) => sayOnce(messageOf(error)));
  };
};
