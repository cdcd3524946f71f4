import { map, Observable, Subject, share } from 'rxjs';
import type { Profile } from '../core/controller/profile.ts';
import { darkness } from '../core/lamps/dark.ts';
import type { AudioEngine } from '../ports/audio-engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShowEvent } from '../ports/event-log.ts';
import type { MidiPort } from '../ports/midi-port.ts';
import { commands, type TimedMessage } from './commands.ts';
import { lamps, type StateAt } from './lamps.ts';
import type { Session } from './session.ts';

/** A controller: what it sends and shows, and the port that it is on. */
export type Controller = { readonly profile: Profile; readonly port: MidiPort };

/**
 * Joins a controller to the session: its messages become commands at the frame of their arrival, the session's states
 * become its lamps. Gives each lamp message that was sent; joined while subscribed to.
 */
export const joined = ({ profile, port }: Controller, session: Session, audio: AudioEngine, clock: Clock) =>
  new Observable<ShowEvent>((observer) => {
    const messages$ = new Subject<TimedMessage>();
    const connected$ = new Subject<StateAt>();
    const states$ = session.moments$.pipe(map(({ frame, session: state }) => ({ frame, session: state })));
    const stomps = commands(profile, messages$).subscribe(({ command, frame }) => session.command(command, frame));
    const shows = lamps(profile, states$, connected$).subscribe((message) => {
      if (port.send(message.bytes)) observer.next({ type: 'lamp', controller: port.name, ...message });
    });
    port.onMessage(({ bytes, time }) => messages$.next({ bytes, frame: audio.frameAt(time) }));
    port.onConnected(() => connected$.next({ frame: audio.frameAt(clock.now()), session: session.state }));
    return () => {
      stomps.unsubscribe();
      shows.unsubscribe();
      for (const bytes of darkness(profile)) port.send(bytes);
    };
  }).pipe(share());
