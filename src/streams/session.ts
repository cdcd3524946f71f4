import { filter, map, type Observable, observeOn, queueScheduler, Subject, type Subscription, scan, share } from 'rxjs';
import type { SessionCommand } from '../core/session/command.ts';
import { eventsOf, type SessionEvent } from '../core/session/event.ts';
import { outputFrames } from '../core/session/latency.ts';
import { frameOf, type Reduced, type SessionInput } from '../core/session/outcome.ts';
import { reduce } from '../core/session/reduce.ts';
import type { SessionState } from '../core/session/state.ts';
import type { Beat, Bpm, Frame, Millis } from '../core/time/units.ts';
import { type TrackView, trackView } from '../core/track/view.ts';
import type { AudioEngine } from '../ports/audio-engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { CalibrationDiagram, SessionClient } from '../ports/session-client.ts';

/** One step of the session: what came in, what it was before, what it is now. */
export type Moment = Reduced & {
  readonly frame: Frame;
  /** The frame that the device took then. A command means what was heard, which is earlier. */
  readonly takenFrame: Frame;
  readonly events: readonly SessionEvent[];
};

type WithoutFrame<Input> = Input extends { readonly frame: Frame } ? Omit<Input, 'frame'> : never;

/** What is not the player's wish and no fact of the engine: word of the latency or of the storage. */
export type Word = WithoutFrame<Exclude<SessionInput, { type: 'command' | 'fact' }>>;

/**
 * The running session: commands and facts go in one by one, through the reducer; effects go to the engine, moments to
 * whoever looks on. All of it is synchronous: what comes in while a moment is handled waits for its turn.
 */
export class Session {
  readonly moments$: Observable<Moment>;
  readonly #inputs$ = new Subject<SessionInput>();
  readonly #audio: AudioEngine;
  readonly #clock: Clock;
  readonly #clients = new Set<SessionClient>();
  #state: SessionState;
  #running: Subscription | undefined;

  constructor(initial: SessionState, audio: AudioEngine, clock: Clock) {
    this.#state = initial;
    this.#audio = audio;
    this.#clock = clock;
    this.moments$ = this.#inputs$.pipe(
      observeOn(queueScheduler),
      scan<SessionInput, Moment>((before, input) => momentOf(before.session, input), atRest(initial)),
      share(),
    );
  }

  get state(): SessionState {
    return this.#state;
  }

  get bpm(): Bpm {
    return this.#state.grid.bpm;
  }

  /** Starts the session: from now on commands and facts are heard. Ends with `close`. */
  run(): void {
    this.#running = this.moments$.subscribe((moment) => this.#settle(moment));
    this.#audio.onFact((fact) => this.#inputs$.next({ type: 'fact', fact }));
  }

  close(): void {
    this.#running?.unsubscribe();
    this.#inputs$.complete();
    this.#clients.clear();
  }

  /** The beats in their bar, from 1, as they sound. */
  click(): Observable<Beat> {
    return this.moments$.pipe(
      map(({ events }) => events.find((event) => event.type === 'beat')),
      filter((event) => event !== undefined),
      map(({ beat }) => beat + 1),
    );
  }

  /** What the player wants, at a frame of the grid; without one, at what is heard now. */
  command(command: SessionCommand, frame: Frame = this.heardAt(this.#clock.now())): void {
    this.#inputs$.next({ type: 'command', frame, command });
  }

  /** The frame that the player hears at a time: it was computed earlier, by the way out. A stomp means this one. */
  heardAt(time: Millis): Frame {
    return Math.max(0, this.#audio.frameAt(time) - outputFrames(this.#state));
  }

  /** Word from whoever measures, remembers or stores. */
  report(word: Word): void {
    this.#inputs$.next({ ...word, frame: this.#audio.frameAt(this.#clock.now()) });
  }

  /** Captures the bars before now into a track and plays them. */
  requestRecording(track: number, bars: number): void {
    this.command({ type: 'record', track, bars });
  }

  startPlaying(track: number): void {
    this.command({ type: 'start', track });
  }

  stopPlaying(track: number): void {
    this.command({ type: 'stop', track });
  }

  reset(): void {
    this.command({ type: 'reset' });
  }

  setBpm(bpm: Bpm): void {
    this.command({ type: 'setBpm', bpm });
  }

  calibrate(mute = false): void {
    this.command({ type: 'calibrate', mute });
  }

  cancelCalibration(): void {
    this.command({ type: 'cancelCalibration' });
  }

  /** Adds a front end, tells it how things are, and returns how to let go of it. Any number may be there, or none. */
  registerClient(client: SessionClient): () => void {
    this.#clients.add(client);
    this.#tell(client, (one) => {
      one.bpm(this.bpm);
      one.clickVolume(this.#state.click.volume);
      one.latency(this.#latencySeconds());
      one.tracks(this.#trackViews());
    });
    return () => void this.#clients.delete(client);
  }

  sendTracksUpdate(): void {
    const views = this.#trackViews();
    this.#tellAll((client) => client.tracks(views));
  }

  sendLatencyUpdate(): void {
    this.#tellAll((client) => client.latency(this.#latencySeconds()));
  }

  sendCalibrationDiagram(diagram: CalibrationDiagram): void {
    this.#tellAll((client) => client.calibrationDiagram(diagram));
  }

  #settle({ session, effects, events }: Moment): void {
    const before = this.#state;
    this.#state = session;
    for (const effect of effects) this.#audio.send(effect);
    if (session.grid.bpm !== before.grid.bpm) this.#tellAll((client) => client.bpm(session.grid.bpm));
    if (session.click.volume !== before.click.volume)
      this.#tellAll((client) => client.clickVolume(session.click.volume));
    if (session.tracks !== before.tracks) this.sendTracksUpdate();
    if (session.latencyFrames !== before.latencyFrames) this.sendLatencyUpdate();
    for (const event of events) if (event.type === 'beat') this.#tellAll((client) => client.beat(event.beat + 1));
  }

  #latencySeconds(): number {
    return this.#state.latencyFrames / this.#state.grid.rate;
  }

  #trackViews(): readonly TrackView[] {
    return this.#state.tracks.map((track) => trackView(track, this.#state.grid.rate));
  }

  #tellAll(tell: (client: SessionClient) => void): void {
    for (const client of this.#clients) this.#tell(client, tell);
  }

  #tell(client: SessionClient, tell: (client: SessionClient) => void): void {
    try {
      tell(client);
    } catch {
      this.#clients.delete(client);
    }
  }
}

const momentOf = (before: SessionState, input: SessionInput): Moment => {
  const reduced = reduce(before, input);
  const frame = frameOf(input);
  const takenFrame = input.type === 'command' ? frame + outputFrames(before) : frame;
  return { ...reduced, frame, takenFrame, events: eventsOf(before, input, reduced) };
};

const atRest = (session: SessionState): Moment => ({ session, effects: [], events: [], frame: 0, takenFrame: 0 });
