import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Millis } from '../../core/time/units.ts';
import { monotonicNow } from '../../engine/monotonic.ts';
import type { EventLog, ShowEvent } from '../../ports/event-log.ts';
import type { Conditions, Measurement, Sample } from '../measurement.ts';
import { busyCores } from '../rigs/busy-cores.ts';
import { playedLooper } from '../rigs/played-looper.ts';

const tracks = 8;
/** The keyboard's lamps: note 36 is that of track 1. */
const firstLamp = 36;
const settleMs = 1500;
const warmStomps = 60;
/** A stomp that takes longer is lost. */
const longestMs = 2000;
const lookMs = 20;

/** Since when a track waits for its lamp and for the engine's fact, and how long others have waited. */
class Stopwatch implements EventLog {
  lamps: Millis[] = [];
  facts: Millis[] = [];
  readonly #lampSince = new Map<number, Millis>();
  readonly #factSince = new Map<number, Millis>();

  stomped(track: number, at: Millis): void {
    this.#lampSince.set(track, at);
    this.#factSince.set(track, at);
  }

  /** Whether something has not come yet that is still waited for. What has not come for so long counts as if it came then. */
  isWaiting(): boolean {
    const over = monotonicNow() - longestMs;
    for (const [since, times] of [
      [this.#lampSince, this.lamps],
      [this.#factSince, this.facts],
    ] as const) {
      for (const [track, at] of since) if (at < over) this.#take(since, track, times);
    }
    return this.#lampSince.size > 0 || this.#factSince.size > 0;
  }

  write(event: ShowEvent): void {
    if (event.type === 'lamp') this.#take(this.#lampSince, (event.bytes[1] ?? 0) - firstLamp + 1, this.lamps);
    if (event.type === 'track' && event.state === 'PLAYING') this.#take(this.#factSince, event.track, this.facts);
  }

  #take(since: Map<number, Millis>, track: number, times: Millis[]): void {
    const at = since.get(track);
    if (at === undefined) return;
    since.delete(track);
    times.push(monotonicNow() - at);
  }
}

/** Clears all tracks, stomps on each in turn, and so on; resolves once all that was asked for has come. */
const stomp = async (count: number, press: (key: string) => void, watch: Stopwatch): Promise<void> => {
  const foot = new Worker(new URL('../rigs/foot.js', import.meta.url));
  let next = tracks + 1;
  foot.on('message', (at: Millis) => {
    if (next > tracks) {
      if (watch.isWaiting()) return;
      press('r');
      next = 1;
      return;
    }
    watch.stomped(next, at);
    press(String(next));
    next += 1;
  });
  foot.postMessage(count);
  await once(foot, 'exit');
  while (watch.isWaiting()) await setTimeout(lookMs);
};

const stomped = async ({ folder, quick }: Conditions, isBusy: boolean): Promise<readonly Sample[]> => {
  const watch = new Stopwatch();
  const { press } = await playedLooper(folder, watch);
  await setTimeout(settleMs);
  await stomp(warmStomps, press, watch);
  [watch.lamps, watch.facts] = [[], []];
  const endBusy = isBusy ? busyCores() : () => undefined;
  await stomp(quick ? 90 : 220, press, watch);
  endBusy();
  return [
    {
      ...{ name: 'to lamp', unit: 'ms', values: watch.lamps },
      means: 'from the foot until the bytes of its own lamp are sent',
    },
    {
      ...{ name: 'to fact', unit: 'ms', values: watch.facts },
      means: 'from the foot until the engine has said that the loop sounds, which begins with a block',
    },
  ];
};

const how =
  'the looper as hindsight run composes it, with sets and front ends; a foot on a thread of its own presses keys of a simulated keyboard. Simulated device, blocks of 5.3 ms by a timer; no MIDI cable (1 ms for a message), no USB, no driver';

export const stompIdle: Measurement = {
  title: 'how late a stomp is, the machine left alone',
  how,
  measure: (conditions) => stomped(conditions, false),
};

export const stompBusy: Measurement = {
  title: 'how late a stomp is, with all cores busy',
  how: `${how}. A process for each core computes without a pause, of the same priority as the looper: the real-time threads that a real interface brings are not there`,
  measure: (conditions) => stomped(conditions, true),
};
