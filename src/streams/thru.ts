import { filter, map, merge, type Observable } from 'rxjs';
import type { ThruRoute } from '../core/controller/thru-route.ts';

/** A route with its ends. `send` sends a complete message at once, never throws, and says false when it could not. */
export type ThruLine = ThruRoute & {
  readonly messages$: Observable<readonly number[]>;
  readonly send: (bytes: readonly number[]) => boolean;
};

/** A message that was passed on, or lost because the port that it goes to is away. */
export type ThruPassed = ThruRoute & { readonly bytes: readonly number[]; readonly sent: boolean };

/** Speaks of the sender's own cable. A receiver that has had it once falls silent as soon as it ends, so it is not passed on. */
const activeSensing = 0xfe;

/** Passes messages on as they come, all but active sensing, while subscribed; says each. */
export const thru = (lines: readonly ThruLine[]): Observable<ThruPassed> =>
  merge(
    ...lines.map(({ from, to, messages$, send }) =>
      messages$.pipe(
        filter(([status]) => status !== activeSensing),
        map((bytes) => ({ from, to, bytes, sent: send(bytes) })),
      ),
    ),
  );
