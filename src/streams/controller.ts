import {
  asyncScheduler,
  BehaviorSubject,
  mergeMap,
  type SchedulerLike,
  Subject,
  Subscription,
  switchMap,
  tap,
} from 'rxjs';
import type { Order } from '../core/controller/order.ts';
import { handOff, notYetPlayed, type Played, type Playing, play, turnPage } from '../core/controller/play.ts';
import type { Profile } from '../core/controller/profile.ts';
import { type Belief, believed } from '../core/lamps/believed.ts';
import { picture } from '../core/lamps/picture.ts';
import { darkness, type Task, tasksOf } from '../core/lamps/task.ts';
import { type Asking, armed, ask, over } from '../core/learn/asking.ts';
import { allEmpty, type SessionState } from '../core/session/state.ts';
import type { Frame } from '../core/time/units.ts';
import type { AudioEngine } from '../ports/audio-engine.ts';
import type { ControllerView } from '../ports/backstage.ts';
import type { Clock } from '../ports/clock.ts';
import type { ShowEvent } from '../ports/event-log.ts';
import type { MidiMessage, MidiPort } from '../ports/midi-port.ts';
import type { Trace } from '../ports/trace.ts';
import { gestureSettings, gestures } from './gestures.ts';
import { LampSender } from './lamps.ts';
import { type Moved, moves } from './moves.ts';
import type { Session } from './session.ts';
import { settledTurns } from './turns.ts';

/** A controller that can be named, with the port that a profile for it is to match. */
export type SeatedController = ControllerView & { readonly input: string };

/** A controller: what it sends and shows, and the port that it is on. One that is not on the sequencer says itself how it is. */
export type Controller = { readonly profile: Profile; readonly port: MidiPort; readonly seat?: () => SeatedController };

/** What a controller is joined to. */
export type Stage = {
  readonly session: Session;
  readonly audio: AudioEngine;
  readonly clock: Clock;
  readonly scheduler?: SchedulerLike;
};

/** Who has a controller to himself: it plays nothing meanwhile, and shows what it is told to. */
export type Guest = {
  readonly onMessage: (message: MidiMessage) => void;
  /** The controller came back, or the picture was lost: all is to be shown again. */
  readonly onConnected: () => void;
  /** The controller is gone for good, or somebody else has it now: there is nothing more to be had. */
  readonly onGone: (why: string) => void;
};

const seenKeys = [
  ...(['tracks', 'pulse', 'fresh', 'touched', 'bars', 'grid', 'calibration', 'interface'] as const),
  ...(['history', 'setName', 'incoming', 'storage', 'warnings'] as const),
] satisfies readonly (keyof SessionState)[];

/** What a picture is made of: as long as none of it changes, the picture is the same. */
type Seen = Pick<SessionState, (typeof seenKeys)[number] | 'click'>;

const isSame = (one: Seen, other: Seen): boolean =>
  one.click.muted === other.click.muted && seenKeys.every((key) => one[key] === other[key]);

const wordsOf = (order: Order): string => {
  if (order.type !== 'command') return order.type === 'page' ? `page ${order.by > 0 ? 'up' : 'down'}` : order.type;
  const { type, ...values } = order.command;
  return [type, ...Object.values(values)].join(' ');
};

/**
 * A controller joined to the session until it leaves: its messages become gestures and commands at the frame of their arrival,
 * the session's states become its lamps.
 */
export class JoinedController {
  readonly profile: Profile;
  readonly name: string;
  readonly seat: (() => SeatedController) | undefined;
  /** Lamp messages as they are sent. */
  readonly events$ = new Subject<ShowEvent>();
  /** Somebody holds a pad to have this controller learnt. */
  readonly learn$ = new Subject<void>();
  readonly #traces$: Subject<Trace>;
  readonly #port: MidiPort;
  readonly #stage: Stage;
  readonly #lamps: LampSender;
  readonly #messages$ = new Subject<MidiMessage>();
  readonly #connected$ = new BehaviorSubject<void>(undefined);
  readonly #running = new Subscription();
  #playing: Playing = notYetPlayed;
  #seen: Seen | undefined;
  #asking: Asking = armed;
  #guest: Guest | undefined;
  #left = false;

  /** Traces cost something: they are made while somebody looks at `traces$`. */
  constructor({ profile, port, seat }: Controller, stage: Stage, traces$: Subject<Trace>) {
    const { scheduler = asyncScheduler, clock, session } = stage;
    this.profile = profile;
    this.name = port.name;
    this.seat = seat;
    this.#port = port;
    this.#stage = stage;
    this.#traces$ = traces$;
    this.#lamps = new LampSender(profile.pace, (bytes, frame) => this.#send(bytes, frame), clock, scheduler);
    const settings = gestureSettings(profile);
    // A hand that was on the controller when it went is not there when it comes back.
    const played$ = this.#connected$.pipe(
      switchMap(() =>
        this.#messages$.pipe(
          moves(profile),
          tap((moved) => this.#notice(moved)),
          mergeMap(({ message, moves: some }) => some.map((move) => ({ ...move, at: message.time }))),
          settledTurns(clock, scheduler),
          gestures(settings, clock, scheduler),
        ),
      ),
    );
    this.#running.add(played$.subscribe((played) => this.#play(played)));
    this.#running.add(session.moments$.subscribe(({ session: state, takenFrame }) => this.#look(state, takenFrame)));
    port.onMessage((message) => this.#hear(message));
    port.onConnected(() => this.#connect());
  }

  /** Which page its controls are on, from 0. */
  get page(): number {
    return this.#playing.page;
  }

  /** What each of its lamps is believed to show. */
  get lamps(): readonly Belief[] {
    return believed(this.#lamps.shown, this.profile);
  }

  /** Whoever sends MIDI clock to it, for its own blinking, does it by this. */
  sendClock(bytes: readonly number[]): boolean {
    return !this.#left && this.#port.send(bytes);
  }

  /** Gives the controller to a guest, whose `show` says what it shows until `leave` is called. A second guest sends the first one away. */
  receive(guest: Guest): { show(tasks: readonly Task[]): void; leave(): void } {
    this.#guest?.onGone('somebody else has the controller now');
    this.#guest = guest;
    this.#lamps.forget();
    this.#takeHandOff();
    const isHere = (): boolean => this.#guest === guest && !this.#left;
    return {
      show: (tasks) => {
        if (isHere()) this.#lamps.show(() => tasks);
      },
      leave: () => {
        if (!isHere()) return;
        this.#guest = undefined;
        this.#asking = armed;
        this.#lamps.forget();
        this.#draw(this.#stage.session.state, this.#now());
      },
    };
  }

  /** Lets go of the controller: it is deaf at once, and its lamps go dark as fast as it can take it. */
  leave(): Promise<void> {
    if (this.#left) return Promise.resolve();
    this.#left = true;
    this.#running.unsubscribe();
    this.events$.complete();
    this.learn$.complete();
    this.#guest?.onGone('the controller is let go of');
    return this.#lamps.end([{ id: 'dark', messages: darkness(this.profile) }]);
  }

  #hear(message: MidiMessage): void {
    if (this.#left) return;
    if (this.#guest === undefined) {
      this.#messages$.next(message);
      return;
    }
    this.#traceIn(message, []);
    this.#guest.onMessage(message);
  }

  #connect(): void {
    if (this.#left) return;
    this.#takeHandOff();
    this.#asking = armed;
    this.#lamps.forget();
    if (this.#guest === undefined) this.#draw(this.#stage.session.state, this.#now());
    else this.#guest.onConnected();
  }

  #takeHandOff(): void {
    this.#playing = handOff(this.#playing);
    this.#connected$.next();
  }

  #play(played: Played): void {
    const { session, audio } = this.#stage;
    const frame = audio.frameAt(played.at);
    const before = this.#playing;
    const { playing, orders } = play(before, this.profile, session.state, played);
    this.#playing = playing;
    for (const order of orders) {
      this.#trace({ type: 'did', control: played.control, gesture: played.type, order: wordsOf(order) });
      this.#obey(order);
    }
    if (this.#playing.page !== before.page || this.#playing.warning !== before.warning)
      this.#draw(session.state, frame);
    const isOver = played.type === 'release' || played.type === 'stuck';
    if (isOver && this.profile.refreshOnRelease)
      this.#lamps.doubt(this.profile.frame ? 'frame' : played.control, frame);
  }

  #obey(order: Order): void {
    const { session } = this.#stage;
    switch (order.type) {
      case 'command':
        session.command(order.command, session.heardAt(order.at));
        break;
      case 'page':
        this.#playing = turnPage(this.#playing, this.profile, session.state.tracks.length, order.by);
        break;
      case 'learn':
        this.learn$.next();
        break;
    }
  }

  #look(state: SessionState, frame: Frame): void {
    if (this.#seen !== undefined && isSame(this.#seen, state)) return;
    this.#seen = state;
    this.#draw(state, frame);
  }

  #draw(state: SessionState, frame: Frame): void {
    if (this.#guest !== undefined) return;
    this.#lamps.show(() => tasksOf(picture(state, this.profile, this.#playing), this.profile, state), frame);
  }

  #now(): Frame {
    return this.#stage.audio.frameAt(this.#stage.clock.now());
  }

  #send(bytes: readonly number[], frame: Frame = this.#now()): boolean {
    if (!this.#port.send(bytes)) return false;
    if (this.#left) return true;
    this.events$.next({ type: 'lamp', frame, controller: this.name, bytes });
    this.#trace({ type: 'out', bytes });
    return true;
  }

  /** Looks at each message before it plays. */
  #notice({ message, moves: some }: Moved): void {
    const { bytes, time } = message;
    this.#traceIn(message, some);
    if (!this.profile.learnHold) return;
    if (some.some(({ type }) => type === 'press')) this.#asking = over;
    if (some.length > 0) return;
    const { asking, asks } = ask(this.#asking, bytes, time);
    this.#asking = asking;
    const { state } = this.#stage.session;
    if (asks && allEmpty(state) && state.nextLoopId === 1) this.learn$.next();
  }

  #traceIn({ bytes, time }: MidiMessage, some: Moved['moves']): void {
    if (!this.#traces$.observed) return;
    const controls = some.map(({ control }) => control);
    this.#traces$.next({ type: 'in', controller: this.name, time, bytes, controls });
  }

  #trace(
    what: { type: 'did'; control: string; gesture: string; order: string } | { type: 'out'; bytes: readonly number[] },
  ): void {
    if (this.#traces$.observed) this.#traces$.next({ controller: this.name, time: this.#stage.clock.now(), ...what });
  }
}
