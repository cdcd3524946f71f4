import { reachBackstage } from '../adapters/backstage/client.ts';
import { socketPaths } from '../adapters/backstage/path.ts';
import type { Millis } from '../core/time/units.ts';
import type { Status } from '../ports/status.ts';

/** A looper that takes longer is not well. */
const patienceMs: Millis = 5000;

/** What the looper that runs says of itself; undefined where none runs that this user may reach. Rejects where it does not answer. */
export const askStatus = async (user: number): Promise<Status | undefined> => {
  const looper = await reachBackstage(socketPaths(process.env, user));
  if (looper === undefined) return undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Status>((resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new Error(
              'the looper does not answer within five seconds; if it plays, let it play, and see its log: journalctl -u hindsight',
            ),
          ),
        patienceMs,
      );
      looper.begin(
        { ask: 'status' },
        {
          line: (line) => resolve(JSON.parse(line) as Status),
          end: (failure) => reject(new Error(failure ?? 'the looper said nothing')),
        },
      );
    });
  } finally {
    clearTimeout(timer);
    looper.close();
  }
};
