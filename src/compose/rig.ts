import { type Card, findCard, listCards } from '../adapters/audio/cards.ts';
import { type AudioInterface, chooseInterface, describe, likeliestInterface } from '../adapters/audio/choose.ts';
import { hasInterface, listInterfaces } from '../adapters/audio/interfaces.ts';
import { type Channels, stereo } from '../adapters/engine/engine-options.ts';
import type { Found } from '../adapters/engine/keeper.ts';
import type { Config } from '../config/schema.ts';
import { messageOf, UserError } from '../core/errors.ts';
import type { Frame, Millis } from '../core/time/units.ts';
import type { DeviceRequest } from '../engine/protocol.ts';
import type { Clock } from '../ports/clock.ts';
import { playerOf } from './player.ts';

/** The device to open, who it is, and how to say so. */
export type Rig = {
  readonly device: DeviceRequest;
  readonly identity: { readonly input: string; readonly output: string };
  readonly title: string;
};

export type RigWish = {
  /** `interface` waits for one, whichever comes, where `auto` does without. */
  readonly rig: 'auto' | 'interface' | 'simulated';
  /** A WAV that the simulated rig plays. */
  readonly play: string | undefined;
  /** A cable from the simulated rig's output to its input, this long. */
  readonly cableFrames: Frame | undefined;
};

/**
 * The channels to use, and a way to look for the device, which may come later and go again. The first look rejects with a `UserError` for
 * what waiting would not mend, such as a mistake in the settings.
 */
export type RigSearch = { readonly channels: Channels; readonly look: () => Promise<Found<Rig>> };

const channelsOf = ({ audio, click }: Config): Channels => ({
  input: audio.inputChannels,
  output: audio.outputChannels,
  click: click.outputChannels,
  monitor: audio.monitorChannels,
});

const simulatedRig = (config: Config, { play, cableFrames }: RigWish): RigSearch => {
  const title = [
    'simulated',
    play === undefined ? undefined : `playing ${play}`,
    cableFrames && `a cable of ${cableFrames} frames`,
  ];
  const rigWith = (player: SharedArrayBuffer): Rig => ({
    device: { kind: 'simulated', player, cableFrames },
    identity: { input: 'simulated', output: 'simulated' },
    title: title.filter(Boolean).join(', '),
  });
  let rig: Rig | undefined;
  const look = async () => {
    rig ??= rigWith(playerOf(config, play, cableFrames !== undefined));
    return { rig };
  };
  return { channels: stereo, look };
};

/** Channels past what the interface has are refused; the default pair fits a side of one channel, too. */
const checkChannels = (wanted: readonly number[] | null, has: number, key: string, name: string): void => {
  const most = Math.max(...(wanted ?? []));
  const isDefaultOnMono = has === 1 && wanted?.length === 2 && most === 2;
  if (most <= has || isDefaultOnMono) return;
  throw new UserError('channel-unknown', `${key}: channel ${most} is asked of ${name}; it has 1 to ${has}`);
};

/** By the end of PortAudio's name for a card; by all of it for what is none. */
const endOf = ({ name, card }: Pick<AudioInterface, 'name' | 'card'>): string =>
  card === undefined ? name : (/\(hw:\d+,\d+\)$/.exec(name)?.[0] ?? name);

type Sides = { readonly input: AudioInterface; readonly output: AudioInterface };

const rigOf = (config: Config, { input, output }: Sides): Rig => {
  const wanted = channelsOf(config);
  checkChannels(wanted.input, input.inputs, 'audio.inputChannels', input.name);
  checkChannels(wanted.output, output.outputs, 'audio.outputChannels', output.name);
  checkChannels(wanted.click, output.outputs, 'click.outputChannels', output.name);
  checkChannels(wanted.monitor, output.outputs, 'audio.monitorChannels', output.name);
  return {
    device: {
      kind: 'naudiodon',
      input: endOf(input),
      output: endOf(output),
      inputsThere: input.inputs,
      outputsThere: output.outputs,
    },
    identity: { input: input.identity, output: output.identity },
    title: input.id === output.id ? describe(input) : `${describe(input)}, playing on ${describe(output)}`,
  };
};

/** The interface under the number that its card has now; undefined where it is not there. What is no card is always tried. */
const renumbered = (one: AudioInterface, cards: readonly Card[]): AudioInterface | undefined => {
  if (one.card === undefined) return one;
  const card = findCard(cards, one);
  return card && { ...one, card: card.number, name: one.name.replace(/\(hw:\d+,/, `(hw:${card.number},`) };
};

const sidesOf = (config: Config, interfaces: readonly AudioInterface[]): Sides | undefined => {
  const { device, outputDevice } = config.audio;
  const named = device ?? outputDevice;
  if (named === null) {
    const likeliest = likeliestInterface(interfaces);
    return likeliest && { input: likeliest, output: likeliest };
  }
  const key = outputDevice === null ? 'audio.device' : 'audio.outputDevice';
  return {
    input: chooseInterface(interfaces, named, ({ inputs }) => inputs > 0, 'audio.device'),
    output: chooseInterface(interfaces, outputDevice ?? named, ({ outputs }) => outputs > 0, key),
  };
};

/**
 * A card that was just plugged may not be to be had yet, or another program looks at it: it is asked for again after this long, and ever
 * more seldom after that.
 */
const askAgainMs = 2000;
const longestAskMs = 30_000;

/**
 * A looper that starts with the machine may be there before what is on USB has been seen: the interface on the board, which a player who
 * has another one does not mean, has to wait this long.
 */
const boardWaitsMs = 5000;

/** Looks for the interface that the config means; once it was there, for that very one. */
export class RigFinder {
  readonly #config: Config;
  readonly #list: () => Promise<readonly AudioInterface[]>;
  readonly #cards: () => readonly Card[];
  readonly #clock: Clock;
  readonly #boardWaitsUntil: Millis;
  #sides: Sides | undefined;
  #cardsSeen = '';
  #askedAt: Millis = Number.NEGATIVE_INFINITY;
  #pauseMs = askAgainMs;
  #why = '';

  constructor(config: Config, clock: Clock, boardWaits: boolean, list = listInterfaces, cards = listCards) {
    this.#config = config;
    this.#clock = clock;
    this.#boardWaitsUntil = boardWaits ? clock.now() + boardWaitsMs : Number.NEGATIVE_INFINITY;
    this.#list = list;
    this.#cards = cards;
  }

  /** Resolves with the rig, or with why there is none. Throws what waiting would not mend. */
  async look(): Promise<Found<Rig>> {
    return this.#sides === undefined ? this.#lookForNew() : this.#lookForKnown(this.#sides);
  }

  get #isNamed(): boolean {
    const { device, outputDevice } = this.#config.audio;
    return device !== null || outputDevice !== null;
  }

  #lookForKnown({ input, output }: Sides): Found<Rig> {
    const cards = this.#cards();
    const sides = { input: renumbered(input, cards), output: renumbered(output, cards) };
    if (sides.input === undefined || sides.output === undefined) {
      const missing = sides.input === undefined ? input : output;
      return { why: `${missing.name} is not plugged in` };
    }
    return { rig: rigOf(this.#config, { input: sides.input, output: sides.output }) };
  }

  /** PortAudio opens each card to look at it: it is asked when the cards have changed, and seldom as long as they have not. */
  async #lookForNew(): Promise<Found<Rig>> {
    const seen = this.#cards();
    const cards = seen.map(({ number, id }) => `${number}:${id}`).join();
    const now = this.#clock.now();
    const isNew = cards !== this.#cardsSeen || this.#why === '';
    if (!isNew && (seen.length === 0 || now - this.#askedAt < this.#pauseMs)) return { why: this.#why };
    this.#pauseMs = isNew ? askAgainMs : Math.min(longestAskMs, this.#pauseMs * 2);
    this.#cardsSeen = cards;
    this.#askedAt = now;
    try {
      const sides = sidesOf(this.#config, await this.#list());
      if (sides !== undefined && now < this.#boardWaitsUntil && !sides.input.usb && !this.#isNamed) {
        this.#why = `none is on USB yet; else ${sides.input.name} is taken`;
        return { why: this.#why };
      }
      this.#sides = sides;
    } catch (error) {
      if (error instanceof UserError && error.code !== 'device-unknown') throw error;
      this.#why = messageOf(error);
      return { why: this.#why };
    }
    if (this.#sides !== undefined) return this.#lookForKnown(this.#sides);
    this.#why =
      seen.length === 0
        ? 'no sound card is there; plug one in'
        : 'none with inputs and outputs can be opened; does another program have it?';
    return { why: this.#why };
  }
}

/**
 * The rig as wished for: the interface that the config names, be it there or not, else the likeliest that is there. Only where none is
 * named, none is there, and it need not be one, it is the simulated one, which is said.
 */
export const searchRig = (config: Config, wish: RigWish, clock: Clock, say: (why: string) => void): RigSearch => {
  if (wish.rig === 'simulated' || wish.play !== undefined || wish.cableFrames !== undefined) {
    return simulatedRig(config, wish);
  }
  const { device, outputDevice } = config.audio;
  if (wish.rig === 'auto' && device === null && outputDevice === null && !hasInterface()) {
    say('no interface with inputs and outputs is there: the rig is simulated');
    return simulatedRig(config, wish);
  }
  const finder = new RigFinder(config, clock, wish.rig === 'interface');
  return { channels: channelsOf(config), look: () => finder.look() };
};
