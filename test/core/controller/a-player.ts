import type { Order } from '../../../src/core/controller/order.ts';
import { notYetPlayed, type Played, type Playing, play, turnPage } from '../../../src/core/controller/play.ts';
import type { Profile } from '../../../src/core/controller/profile.ts';
import { type Hand, restingHand } from '../../../src/core/gesture/gesture.ts';
import { type HandInput, handle } from '../../../src/core/gesture/hand.ts';
import type { SessionCommand } from '../../../src/core/session/command.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { gestureSettings } from '../../../src/streams/gestures.ts';
import { sessionIn } from '../session/situations.ts';

/** What a hand does: `+a` presses, `-a` releases, `.` only waits. */
export type Doing = readonly [at: number, what: `+${string}` | `-${string}` | '.'];

const framesPerMs = 48;

const inputOf = ([at, what]: Doing): HandInput => {
  if (what === '.') return { type: 'time', at };
  return { type: what.startsWith('+') ? 'press' : 'release', control: what.slice(1), at };
};

const words = (order: Order): string => {
  if (order.type === 'page') return `page ${order.by}`;
  if (order.type === 'learn') return 'learn';
  const { type, ...values } = order.command;
  return [type, ...Object.values(values)].join(' ');
};

/** A profile being played: hand, gestures, orders and session together, without streams. Commands act at their time. */
export class Player {
  session: SessionState;
  playing: Playing = notYetPlayed;
  /** Orders with the time that they mean and the time at which they were given. */
  readonly given: { readonly order: Order; readonly played: Played; readonly before: SessionState }[] = [];
  readonly #profile: Profile;
  #hand: Hand = restingHand;

  constructor(profile: Profile, session: SessionState = sessionIn('EMPTY')) {
    this.#profile = profile;
    this.session = session;
  }

  do(...doings: readonly Doing[]): this {
    const settings = gestureSettings(this.#profile);
    for (const doing of doings) {
      const { hand, gestures } = handle(this.#hand, inputOf(doing), settings);
      this.#hand = hand;
      for (const gesture of gestures) this.play(gesture);
    }
    return this;
  }

  play(played: Played): this {
    const { playing, orders } = play(this.playing, this.#profile, this.session, played);
    this.playing = playing;
    for (const order of orders) {
      this.given.push({ order, played, before: this.session });
      if (order.type === 'page') {
        this.playing = turnPage(this.playing, this.#profile, this.session.tracks.length, order.by);
      }
      if (order.type === 'command') this.command(order.command, order.at);
    }
    return this;
  }

  command(command: SessionCommand, at = 0): this {
    const frame = Math.round(at * framesPerMs);
    this.session = reduce(this.session, { type: 'command', frame, command }).session;
    return this;
  }

  /** The orders so far: `stomp 1 @ 100` is one that means the time of 100 ms. */
  get orders(): readonly string[] {
    return this.given.map(({ order }) => (order.type === 'command' ? `${words(order)} @ ${order.at}` : words(order)));
  }

  get states(): readonly string[] {
    return this.session.tracks.map(({ state }) => state);
  }
}
