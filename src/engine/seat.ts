import { messageOf } from '../core/errors.ts';
import type { Millis } from '../core/time/units.ts';
import type { BlockTimes } from './block-times.ts';
import type { Deck } from './deck.ts';
import type { AudioDevice, Process } from './devices/device.ts';
import type { DeviceRequest, FromWorker } from './protocol.ts';

/** How often the device is looked after. */
const lookMs = 40;
/** Looks in a row without a block before a device is given up. The looks count, not the time: a program that stood still has seen nothing. */
const silentLooks = 5;
/** A device that has just been opened may take its time: some answer to their first frames only. */
const firstBlockLooks = 25;
/** A driver that does not let go is asked again so often, with a rest before each. A plug that is pulled frees it by then; one that hangs never does. */
const moreAsks = 9;
const restMs = 500;

export type SeatParts = {
  readonly deck: Deck;
  readonly times: BlockTimes;
  readonly deviceFor: (request: DeviceRequest) => AudioDevice;
  readonly say: (message: FromWorker) => void;
  readonly tellFacts: () => void;
  readonly now: () => Millis;
  /** Nothing more can be done here: only the end of the process takes the interface away from its driver. */
  readonly fail: (error: Error) => void;
};

/** Why a device does not close, after as long as it takes to find that out. */
const refusalOf = async (device: AudioDevice | undefined): Promise<string | undefined> => {
  try {
    await device?.close();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};

/** Where a device sits, or none: opens and closes it, sees when it falls silent, and keeps time going without it. */
export class Seat {
  readonly #parts: SeatParts;
  #device: AudioDevice | undefined;
  /** `opening`: no block yet. */
  #state: 'empty' | 'opening' | 'flowing' = 'empty';
  #blocks = 0;
  #blocksSeen = 0;
  #looksWithout = 0;
  readonly #looking: NodeJS.Timeout;

  constructor(parts: SeatParts) {
    this.#parts = parts;
    this.#looking = setInterval(() => this.#look(), lookMs);
  }

  /** Answers with `flowing` or `failed`. One device at a time. */
  async open(request: DeviceRequest): Promise<void> {
    const device = this.#parts.deviceFor(request);
    this.#device = device;
    this.#state = 'opening';
    this.#looksWithout = 0;
    const isHere = (): boolean => this.#device === device;
    try {
      await device.open(
        (input, output, frames, time, mishap) => {
          if (isHere()) this.#take(input, output, frames, time, mishap);
        },
        (reason) => {
          if (isHere()) void this.#giveUp(reason);
        },
      );
    } catch (error) {
      if (!isHere()) return;
      this.#device = undefined;
      this.#state = 'empty';
      this.#parts.say({ type: 'failed', reason: messageOf(error) });
    }
  }

  /** There is no device: time goes on by the clock. */
  wait(): void {
    this.#parts.deck.leave();
    this.#pass();
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    const device = this.#device;
    this.#device = undefined;
    this.#state = 'empty';
    await device?.close();
  }

  readonly #take: Process = (input, output, frames, time, mishap) => {
    const { deck, say, tellFacts } = this.#parts;
    if (this.#state === 'opening') {
      this.#state = 'flowing';
      deck.begin();
      say({ type: 'flowing', threads: this.#device?.threads?.() ?? [] });
    }
    this.#blocks += 1;
    deck.take(input, output, frames, time, mishap);
    tellFacts();
  };

  #look(): void {
    const { deck, say, times } = this.#parts;
    if (deck.isAway) this.#pass();
    if (this.#state === 'empty') return;
    this.#looksWithout = this.#blocks === this.#blocksSeen ? this.#looksWithout + 1 : 0;
    this.#blocksSeen = this.#blocks;
    const opening = this.#state === 'opening';
    if (this.#looksWithout >= (opening ? firstBlockLooks : silentLooks)) {
      void this.#giveUp(opening ? 'it is open but gives no sound' : 'no sound comes from it any more');
      return;
    }
    const rate = opening ? Number.NaN : times.offRate();
    if (!Number.isNaN(rate)) say({ type: 'offRate', rate });
  }

  /** Lets go of a device that gives nothing; time goes on without it from the moment at which it fell silent. */
  async #giveUp(reason: string): Promise<void> {
    const type = this.#state === 'flowing' ? 'lost' : 'failed';
    const device = this.#device;
    this.#device = undefined;
    this.#state = 'empty';
    if (type === 'lost') this.wait();
    const held = await refusalOf(device);
    this.#parts.say({ type, reason: held === undefined ? reason : `${reason}; ${held}` });
    if (held !== undefined) await this.#askMore(device, held);
  }

  /** While one driver holds the interface no other can have it, and there would be no sound for the rest of the show; but sound from elsewhere is. */
  async #askMore(device: AudioDevice | undefined, why: string): Promise<void> {
    for (let ask = 0; ask < moreAsks; ask += 1) {
      await new Promise((resolve) => setTimeout(resolve, restMs));
      if ((await refusalOf(device)) === undefined) return;
    }
    if (this.#state !== 'flowing') this.#parts.fail(new Error(why));
  }

  #pass(): void {
    this.#parts.deck.pass(this.#parts.now());
    this.#parts.tellFacts();
  }
}
