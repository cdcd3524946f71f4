import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import type { Millis } from '../../core/time/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { MidiMessage, MidiPort } from '../../ports/midi-port.ts';
import { Contact, type Turn } from './contact.ts';
import { type Edge, edgeFormat, edgeIn } from './edges.ts';
import type { LampLines, TakeLampLines } from './lamp-lines.ts';
import { Tool } from './tool.ts';

/** The note of the first switch, and of its lamp; those after it count up. */
const firstNote = 36;
const [noteOn, noteOff, fullVelocity] = [0x90, 0x80, 127];

/** Lamps that cannot be had are asked for again after this long. */
const againMs: Millis = 5000;

export type GpioWish = {
  readonly chip: string;
  /** The pins, in the order of the notes; null leaves one out. */
  readonly switches: readonly (number | null)[];
  readonly lamps: readonly (number | null)[];
  readonly pull: 'up' | 'down' | 'none';
  readonly pressed: 'low' | 'high';
  readonly lit: 'high' | 'low';
};

/** What it needs of the world. */
export type GpioSurroundings = {
  readonly clock: Clock;
  readonly log: Logger;
  readonly takeLampLines: TakeLampLines;
  /** Where programs and devices are. */
  readonly path: string;
  readonly devices: string;
};

const biases = { up: 'pull-up', down: 'pull-down', none: 'disabled' } as const;

const pinsOf = (places: readonly (number | null)[]): readonly number[] => places.filter((pin) => pin !== null);

/**
 * Switches and lamps on pins of this machine as a controller: the first switch and its lamp are note 36 on channel 1, and so on. Edges come
 * from gpiomon, with the kernel's own time of each.
 */
export class GpioPort implements MidiPort {
  readonly name = 'gpio';
  readonly #wish: GpioWish;
  readonly #surroundings: GpioSurroundings;
  readonly #chip: string;
  readonly #tool: Tool | undefined;
  readonly #contacts = new Map<number, { contact: Contact; note: number; timer?: NodeJS.Timeout }>();
  #lamps: LampLines | undefined;
  #lampsAgain: NodeJS.Timeout | undefined;
  #isConnected = false;
  #onMessage: (message: MidiMessage) => void = () => undefined;
  #onConnected: () => void = () => undefined;
  /** What was said of switches and of lamps, that it is not said again. */
  readonly #said = new Map<'switches' | 'lamps', string>();

  constructor(wish: GpioWish, surroundings: GpioSurroundings) {
    this.#wish = wish;
    this.#surroundings = surroundings;
    this.#chip = join(surroundings.devices, wish.chip);
    const pins = pinsOf(wish.switches);
    if (pins.length === 0) return;
    const args = [
      ...[`--chip=${wish.chip}`, '--banner', '--edges=both', '--event-clock=monotonic', '--consumer=hindsight'],
      ...[`--bias=${biases[wish.pull]}`, `--format=${edgeFormat}`, ...pins.map(String)],
    ];
    const hindrance = (): string | undefined =>
      existsSync(this.#chip) ? undefined : `there is no ${this.#chip}; gpiodetect lists what there is`;
    this.#tool = new Tool(
      { name: 'gpiomon', args, path: surroundings.path, hindrance },
      { line: (text) => this.#hear(text), gone: (why) => this.#lose(why) },
    );
  }

  /** Whether it can be played, or lit where there is nothing to be played. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  onMessage(listener: (message: MidiMessage) => void): void {
    this.#onMessage = listener;
  }

  onConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  open(): void {
    if (this.#tool === undefined) this.#askForLamps();
    else this.#tool.open();
  }

  /** Lets go of all pins. */
  async close(): Promise<void> {
    this.#isConnected = false;
    clearTimeout(this.#lampsAgain);
    for (const { timer } of this.#contacts.values()) clearTimeout(timer);
    this.#lamps?.release();
    this.#lamps = undefined;
    await this.#tool?.close();
  }

  send([status = 0, note = 0, value = 0]: readonly number[]): boolean {
    if (!this.#isConnected || this.#lamps === undefined) return false;
    const pin = this.#wish.lamps[note - firstNote];
    const isLamp = (status === noteOn || status === noteOff) && typeof pin === 'number';
    // A lamp that was left out is told nothing, which is no reason to tell the others nothing.
    if (!isLamp) return true;
    try {
      this.#lamps.set(pin, status === noteOn && value > 0);
      return true;
    } catch (error) {
      this.#loseLamps(error);
      return false;
    }
  }

  #hear(text: string): void {
    const edge = edgeIn(text);
    if (edge !== undefined) this.#feel(edge);
    else if (text.startsWith('Monitoring ')) this.#connect();
  }

  /** The switches are watched from now on, at rest as far as is known. */
  #connect(): void {
    const { switches } = this.#wish;
    for (const { timer } of this.#contacts.values()) clearTimeout(timer);
    this.#contacts.clear();
    for (const [at, pin] of switches.entries()) {
      if (pin !== null) this.#contacts.set(pin, { contact: new Contact(), note: firstNote + at });
    }
    this.#isConnected = true;
    this.#said.delete('switches');
    this.#surroundings.log.info(`gpio: switches on pins ${pinsOf(switches).join(', ')} of ${this.#wish.chip}`);
    if (!this.#askForLamps()) this.#onConnected();
  }

  #lose(why: string): void {
    this.#isConnected = false;
    this.#complain('switches', why);
  }

  #feel({ pin, isHigh, at }: Edge): void {
    const known = this.#contacts.get(pin);
    if (known === undefined) return;
    const pressed = isHigh === (this.#wish.pressed === 'high');
    this.#tell(known.note, known.contact.edge(pressed, at));
    this.#watch(known);
  }

  /** Looks at a contact again once it must have come to rest. */
  #watch(known: { contact: Contact; note: number; timer?: NodeJS.Timeout }): void {
    clearTimeout(known.timer);
    const { dueAt } = known.contact;
    if (dueAt === undefined) return;
    const { clock } = this.#surroundings;
    known.timer = setTimeout(
      () => {
        this.#tell(known.note, known.contact.look(clock.now()));
        this.#watch(known);
      },
      Math.max(1, Math.ceil(dueAt - clock.now())),
    );
  }

  #tell(note: number, turns: readonly Turn[]): void {
    for (const { pressed, at } of turns) {
      const bytes = pressed ? [noteOn, note, fullVelocity] : [noteOff, note, 0];
      this.#onMessage({ bytes, time: at });
    }
  }

  /** Takes the pins of the lamps if they are not had yet. Whether that made them, and so the port, ready. */
  #askForLamps(): boolean {
    const { lamps, lit, chip } = this.#wish;
    const pins = pinsOf(lamps);
    if (pins.length === 0 || this.#lamps !== undefined) return false;
    clearTimeout(this.#lampsAgain);
    try {
      this.#lamps = this.#surroundings.takeLampLines(this.#chip, pins, lit);
    } catch (error) {
      this.#loseLamps(error);
      return false;
    }
    this.#said.delete('lamps');
    this.#surroundings.log.info(`gpio: lamps on pins ${pins.join(', ')} of ${chip}`);
    this.#isConnected ||= this.#tool === undefined;
    if (this.#isConnected) this.#onConnected();
    return this.#isConnected;
  }

  #loseLamps(error: unknown): void {
    try {
      this.#lamps?.release();
    } catch {
      // They are lost either way.
    }
    this.#lamps = undefined;
    if (this.#tool === undefined) this.#isConnected = false;
    this.#complain('lamps', messageOf(error));
    this.#lampsAgain = setTimeout(() => this.#askForLamps(), againMs);
  }

  /** Once for each reason. */
  #complain(of: 'switches' | 'lamps', why: string): void {
    if (this.#said.get(of) !== why) this.#surroundings.log.warn(`gpio: no ${of}: ${why}; trying again`);
    this.#said.set(of, why);
  }
}
