import { filter, map, type Observable } from 'rxjs';
import { commandFor } from '../core/controller/bind.ts';
import type { Profile } from '../core/controller/profile.ts';
import type { SessionCommand } from '../core/session/command.ts';
import type { Frame } from '../core/time/units.ts';

/** A controller's message at its frame. */
export type TimedMessage = { readonly frame: Frame; readonly bytes: readonly number[] };

export type TimedCommand = { readonly frame: Frame; readonly command: SessionCommand };

/** What a controller's messages mean, at their frames; what is not bound falls away. */
export const commands = (profile: Profile, messages$: Observable<TimedMessage>): Observable<TimedCommand> =>
  messages$.pipe(
    map(({ frame, bytes }) => ({ frame, command: commandFor(profile, bytes) })),
    filter((timed): timed is TimedCommand => timed.command !== undefined),
  );
