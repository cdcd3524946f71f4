import { messageOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { UsbFacts } from '../kernel/usb-facts.ts';
import { DeviceNodes, type PlugEvents } from './dev-snd.ts';
import { type Device, devicesOf } from './devices.ts';
import { Eyes } from './eyes.ts';
import type { KnownProfile } from './fit.ts';
import { type InletListener, inletLine, type Line, type Outlet, outletLine } from './line.ts';
import { LookTimer } from './look-timer.ts';
import { assign, type ControllerWish } from './match.ts';
import { type ControllerListener, Roster, type SeatView } from './roster.ts';
import type { Surroundings } from './rtmidi-port.ts';
import { rtMidiSequencer } from './rtmidi-sequencer.ts';
import type { MidiIn, MidiOut, PortNames, Sequencer } from './sequencer.ts';
import { Troubles } from './troubles.ts';

export type WatchOptions = {
  readonly clock: Clock;
  readonly log: Logger;
  readonly sequencer?: Sequencer;
  readonly events?: PlugEvents;
};

/**
 * Looks at the sequencer's ports after each plug, and now and then: gives controllers that have come the profile that fits
 * best, and lets go of those that have gone.
 */
export class RtMidiWatch {
  readonly #surroundings: Surroundings;
  readonly #troubles: Troubles;
  readonly #eyes: Eyes;
  readonly #roster: Roster;
  readonly #timer: LookTimer;
  /** What was read of a card, by its plug: reading takes files. */
  readonly #usbFacts = new Map<number, { readonly plug: string; readonly facts: UsbFacts }>();
  /** Whether the plugs of cards can be known at all: not where only the sequencer is handed into a container. */
  #knowsPlugs = false;
  #lines: readonly Line<MidiIn | MidiOut>[] = [];
  #profiles: readonly KnownProfile[] = [];
  #wishes: readonly ControllerWish[] = [];
  #isOpen = false;

  constructor({ clock, log, sequencer = rtMidiSequencer, events = new DeviceNodes() }: WatchOptions) {
    this.#surroundings = { clock, log, sequencer };
    this.#troubles = new Troubles(log);
    this.#eyes = new Eyes(sequencer);
    this.#roster = new Roster(this.#surroundings, () => void this.#tryLook());
    this.#timer = new LookTimer(() => void this.#tryLook(), events);
  }

  /** To be set before the watch is opened. Called before the port is opened; what it gives back is called at the close, too. */
  onController(listener: ControllerListener): void {
    this.#roster.onController(listener);
  }

  /** What controllers may get. At any time: those that get something else by it are let go of, and seated anew. */
  use(profiles: readonly KnownProfile[], wishes: readonly ControllerWish[]): void {
    this.#profiles = profiles;
    this.#wishes = wishes;
    void this.#tryLook();
  }

  /** A port to send to, beside all controllers: the first output whose name has this piece. */
  outlet(piece: string): Outlet {
    const { line, outlet } = outletLine(piece, this.#surroundings);
    this.#lines = [...this.#lines, line];
    return outlet;
  }

  /** Hears the first input whose name has this piece, beside all controllers; all but active sensing. */
  inlet(piece: string, listener: InletListener): void {
    this.#lines = [...this.#lines, inletLine(piece, listener, this.#surroundings)];
  }

  /** Looks now, and on until closed; resolves once what is there is set up. A missing sequencer is said once and tried again. */
  async open(): Promise<void> {
    this.#isOpen = true;
    this.#timer.start();
    await this.#tryLook();
  }

  /** Leaves each controller as it was found. */
  async close(): Promise<void> {
    this.#isOpen = false;
    this.#timer.stop();
    await this.#roster.close();
    for (const line of this.#lines) line.leave();
    this.#eyes.close();
  }

  seats(): readonly SeatView[] {
    return this.#roster.views();
  }

  async #tryLook(): Promise<void> {
    if (!this.#isOpen) return;
    try {
      const seated = this.#look();
      this.#troubles.settle('look');
      await seated;
    } catch (error) {
      this.#troubles.say('look', `cannot look for controllers (${messageOf(error)}); trying again`);
    }
  }

  /** All but the setting up happens at once: looks never overlap. */
  #look(): Promise<unknown> {
    const names = this.#names();
    if (names === undefined) return Promise.resolve();
    for (const line of this.#lines) line.look(names);
    this.#roster.vacate(names);
    this.#roster.retire(this.#profiles);
    const devices = devicesOf(names, (card) => this.#usbOf(card));
    const there = devices.filter((device) => this.#roster.isFree(device) && !this.#isGoing(device));
    const assignments = assign(there, this.#profiles, this.#wishes, this.#roster.held());
    return this.#roster.seat(assignments);
  }

  #names(): PortNames | undefined {
    try {
      const names = this.#eyes.look();
      if (this.#troubles.settle('sequencer')) this.#surroundings.log.info('midi: the sequencer is there now');
      return names;
    } catch (error) {
      const reason = messageOf(error);
      this.#troubles.say('sequencer', `no sequencer (${reason}); trying again; load snd-seq, join group audio`);
      return undefined;
    }
  }

  /** A card that is pulled out loses its plug and what tells who it is before its ports: it would be taken for another. */
  #isGoing({ card }: Device): boolean {
    const plug = card === undefined ? undefined : this.#surroundings.sequencer.plugOf(card);
    this.#knowsPlugs ||= plug !== undefined && plug !== '';
    return this.#knowsPlugs && plug === '';
  }

  /** Read once for each plug, or at each look where there is nothing yet. */
  #usbOf(card: number): UsbFacts {
    const { sequencer } = this.#surroundings;
    const plug = sequencer.plugOf(card);
    const known = this.#usbFacts.get(card);
    if (known?.plug === plug && known.facts.usb !== undefined) return known.facts;
    const facts = sequencer.usbOf(card);
    this.#usbFacts.set(card, { plug, facts });
    return facts;
  }
}
