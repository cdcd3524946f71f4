import { asyncScheduler, Observable, type SchedulerLike, type Subscriber, Subscription } from 'rxjs';
import type { SessionState } from '../core/session/state.ts';
import type { Grid } from '../core/time/grid.ts';
import { Spread } from '../core/time/spread.ts';
import {
  countFrom,
  isBarTick,
  missedTicks,
  recounted,
  type Tick,
  type Transport,
  type TransportMode,
  tickAfter,
  ticksPerBeat,
  transportOf,
} from '../core/time/ticks.ts';
import type { Frame, Millis } from '../core/time/units.ts';
import type { AudioEngine } from '../ports/audio-engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClockTarget } from '../ports/clock-target.ts';
import type { Session } from './session.ts';

const tickMessage = [0xf8];
const startMessage = [0xfa];
const stopMessage = [0xfc];

/**
 * `frameAt` never says a frame that the device has not taken, so that it stands still while a block is late. Seen from this far back it
 * is the bare line, for blocks that are late by up to this; from there on the nominal rate is good to 3 us at 100 ppm.
 */
const lookBackMs = 25;
/** Timers have a grain of 1 ms and fire late rather than early: a tick that is nearer than half of it goes out now. */
const earlyMs = 0.5;
/** A wait ends this much before the tick; steps of 1 ms follow. */
const headStartMs = 1;
/** The longest wait: the sample clock is looked at anew this often. */
const longestWaitMs = 20;
/** How often it is looked whether anybody wants the clock. */
const idleMs = 200;
const reportEveryMs = 10_000;

/** How far ticks were sent from where they should have been, over the last ten seconds or, when the session has closed, over the whole show. */
export type ClockReport = {
  readonly type: 'clock';
  readonly span: 'recent' | 'whole';
  readonly ticks: number;
  /** Ticks that were never sent, since the daemon stood still for more than a beat. */
  readonly skipped: number;
  readonly p50Ms: Millis;
  readonly p99Ms: Millis;
  readonly maxMs: Millis;
};

export type MidiClockSettings = {
  readonly session: Session;
  readonly audio: AudioEngine;
  readonly clock: Clock;
  /** Those that are there now; asked before each tick. The same device is the same object. */
  readonly targets: () => readonly ClockTarget[];
  readonly transport: TransportMode;
  readonly scheduler?: SchedulerLike;
};

/** The jitter of a span of time. */
class Jitter {
  readonly spread = new Spread();
  skipped = 0;

  report(span: ClockReport['span']): ClockReport {
    const { count, max } = this.spread;
    const [p50Ms, p99Ms] = [this.spread.percentile(0.5), this.spread.percentile(0.99)];
    return { type: 'clock', span, ticks: count, skipped: this.skipped, p50Ms, p99Ms, maxMs: max };
  }
}

/**
 * Sends ticks at their frames. A slave counts them, so that those missed in a short stall are sent all at once, up to a beat of them;
 * after a longer stall the count is lost: slaves are stopped, and started anew at the next bar line.
 */
class ClockOut {
  readonly #settings: MidiClockSettings;
  readonly #scheduler: SchedulerLike;
  readonly #reports: Subscriber<ClockReport>;
  readonly #started = new WeakSet<ClockTarget>();
  readonly #whole = new Jitter();
  #recent = new Jitter();
  #reportedAt: Millis;
  #state: SessionState;
  /** The last tick that went by; undefined until sound flows. */
  #sent: Tick | undefined;
  #transport: Transport;
  /** The frame from which the transport is asked for: bar lines before it, though their ticks may be late, are none of its. */
  #askedAt: Frame = Number.NEGATIVE_INFINITY;
  #wait = Subscription.EMPTY;

  constructor(settings: MidiClockSettings, reports: Subscriber<ClockReport>) {
    this.#settings = settings;
    this.#scheduler = settings.scheduler ?? asyncScheduler;
    this.#reports = reports;
    this.#state = settings.session.state;
    this.#transport = transportOf(settings.transport, this.#state.tracks);
    this.#reportedAt = settings.clock.now();
    this.#waitFor(0);
  }

  /** The session has moved on, at `at`: a command's frame, which is past, or a fact's, which may lie up to a block ahead. */
  follow(session: SessionState, at: Frame): void {
    const before = this.#state;
    this.#state = session;
    if (session.tracks !== before.tracks) this.#followTracks(at);
    if (session.grid !== before.grid) this.#followGrid(before.grid);
  }

  report(): void {
    this.#reports.next(this.#whole.report('whole'));
  }

  close(): void {
    this.#wait.unsubscribe();
    this.#stopAll();
  }

  get #grid(): Grid {
    return this.#state.grid;
  }

  #followTracks(at: Frame): void {
    const transport = transportOf(this.#settings.transport, this.#state.tracks);
    if (transport === this.#transport) return;
    this.#transport = transport;
    this.#askedAt = at;
    if (transport === 'rest' && at <= (this.#frameNow() ?? at)) this.#stopAll();
  }

  #followGrid(before: Grid): void {
    const now = this.#frameNow();
    if (this.#sent === undefined || now === undefined) return;
    const { sent, carriedOn } = recounted(before, this.#grid, this.#sent, now);
    this.#sent = sent;
    if (!carriedOn) this.#stopAll();
    this.#waitForTick();
  }

  /** The frame at this moment, with its fraction; undefined until sound flows. */
  #frameNow(): Frame | undefined {
    const past = this.#settings.audio.frameAt(this.#settings.clock.now() - lookBackMs);
    return past > 0 ? past + (lookBackMs * this.#grid.rate) / 1000 : undefined;
  }

  #wake(): void {
    if (this.#settings.targets().length === 0) {
      // Nobody counts: the count begins anew with whoever comes.
      this.#sent = undefined;
      this.#waitFor(idleMs, idleMs);
      return;
    }
    const now = this.#frameNow();
    if (now !== undefined) this.#sendDue(now);
    this.#reportRecent();
    this.#waitForTick();
  }

  #sendDue(now: Frame): void {
    let sent = this.#inCount(this.#sent ?? countFrom(this.#grid, now), now);
    const until = now + (earlyMs * this.#grid.rate) / 1000;
    for (let tick = tickAfter(this.#grid, sent); tick.frame <= until; tick = tickAfter(this.#grid, tick)) {
      if (this.#send(tick)) this.#note((Math.abs(now - tick.frame) * 1000) / this.#grid.rate);
      sent = tick;
    }
    this.#sent = sent;
  }

  /** The count to go on from; after more than a beat of silence it begins anew, and slaves stop. */
  #inCount(sent: Tick, now: Frame): Tick {
    const missed = missedTicks(this.#grid, sent, now);
    if (missed <= ticksPerBeat) return sent;
    this.#whole.skipped += missed;
    this.#recent.skipped += missed;
    this.#stopAll();
    return countFrom(this.#grid, now);
  }

  /** Sends a tick, and what comes before it; whether any target took it. Start takes effect on the tick after it, hence the order. */
  #send(tick: Tick): boolean {
    const bar = isBarTick(this.#grid, tick.number) && tick.frame > this.#askedAt;
    if (this.#transport === 'rest' && tick.frame >= this.#askedAt) this.#stopAll();
    if (this.#transport === 'runOut' && bar) this.#stopAll();
    let taken = false;
    for (const target of this.#settings.targets()) {
      if (this.#transport === 'run' && bar) this.#start(target);
      if (target.send(tickMessage)) taken = true;
      else this.#started.delete(target);
    }
    return taken;
  }

  #start(target: ClockTarget): void {
    if (target.transport && !this.#started.has(target) && target.send(startMessage)) this.#started.add(target);
  }

  #stopAll(): void {
    for (const target of this.#settings.targets()) if (this.#started.delete(target)) target.send(stopMessage);
  }

  #note(distance: Millis): void {
    this.#whole.spread.add(distance);
    this.#recent.spread.add(distance);
  }

  #reportRecent(): void {
    const now = this.#settings.clock.now();
    if (now - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = now;
    if (this.#recent.spread.count + this.#recent.skipped > 0) this.#reports.next(this.#recent.report('recent'));
    this.#recent = new Jitter();
  }

  #waitForTick(): void {
    const now = this.#frameNow();
    const sent = this.#sent;
    const flows = now !== undefined && sent !== undefined;
    const frames = flows ? tickAfter(this.#grid, sent).frame - now : Number.POSITIVE_INFINITY;
    this.#waitFor(Math.floor((frames * 1000) / this.#grid.rate - headStartMs));
  }

  #waitFor(wanted: Millis, longest: Millis = longestWaitMs): void {
    const delay = Math.max(1, Math.min(longest, wanted));
    this.#wait.unsubscribe();
    this.#wait = this.#scheduler.schedule(() => this.#wake(), delay);
  }
}

/**
 * MIDI clock out, while subscribed: ticks from the sample clock, start before the tick of a bar line, stop where the last loop ends, at a
 * reset and at the end. Reports its jitter every ten seconds; a last time, and ends, when the session closes.
 */
export const midiClock = (settings: MidiClockSettings): Observable<ClockReport> =>
  new Observable((subscriber) => {
    const out = new ClockOut(settings, subscriber);
    subscriber.add(() => out.close());
    subscriber.add(
      settings.session.moments$.subscribe({
        next: ({ session, frame }) => out.follow(session, frame),
        complete: () => {
          out.report();
          subscriber.complete();
        },
      }),
    );
  });
