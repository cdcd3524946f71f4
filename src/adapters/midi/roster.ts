import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '../../core/controller/profile.ts';
import { messageOf } from '../../core/errors.ts';
import type { MidiPort } from '../../ports/midi-port.ts';
import type { Device } from './devices.ts';
import type { KnownProfile } from './fit.ts';
import type { Assignment, Chosen, Held } from './match.ts';
import { freeNumber, type Mark, nameOf, type Place, placesFor } from './places.ts';
import { clientOf, withoutNumbers } from './port-names.ts';
import { RtMidiPort, type Surroundings } from './rtmidi-port.ts';
import { isThere, plugOf, type Seat, samePorts } from './seat.ts';
import type { PortNames } from './sequencer.ts';
import { Troubles } from './troubles.ts';

/** Told of each new controller; gives back what lets go of it. */
export type ControllerListener = (controller: {
  readonly profile: Profile;
  readonly port: MidiPort;
}) => () => void | Promise<void>;

/** A controller as it is now, for people. Names are without ALSA's numbers. */
export type SeatView = {
  readonly name: string;
  readonly title: string;
  readonly profile: string;
  readonly why: string;
  readonly device: string;
  readonly inputs: readonly string[];
  readonly output: string | undefined;
  readonly connected: boolean;
};

/** What others know of: told once, and let go of when its profile changes. */
type Live = { readonly profile: Profile; readonly port: RtMidiPort; readonly letGo: () => void | Promise<void> };

type Granted = Assignment & { readonly chosen: Chosen };

/** A place, and who is there. */
type Member = Omit<Place, 'mark'> & { mark: Mark; live: Live | undefined; granted: Granted };

const isGranted = (assignment: Assignment): assignment is Granted => assignment.chosen !== undefined;

const markOf = ({ device, chosen }: Granted): Mark => ({
  serial: device.serial,
  usbPath: device.usbPath,
  port: withoutNumbers(chosen.inputs[0] ?? device.name),
});

const deviceName = ({ name, usb, usbPath }: Device): string =>
  [name, usb === undefined ? '' : `USB ${usb}`, usbPath === undefined ? '' : `at ${usbPath}`].filter(Boolean).join(' ');

/** All controllers that have been there: who is who over unplug and replug, and each one's port. */
export class Roster {
  readonly #surroundings: Surroundings;
  readonly #troubles: Troubles;
  readonly #onFreed: () => void;
  #members: readonly Member[] = [];
  #listener: ControllerListener = () => () => undefined;
  /** Clients whose controller is being left as it was found: nobody sits there until that is done. */
  readonly #leaving = new Map<Promise<void>, readonly (number | undefined)[]>();
  #closed = false;

  /** `onFreed` is called when ports that were not to be had can be had now. */
  constructor(surroundings: Surroundings, onFreed: () => void) {
    this.#surroundings = surroundings;
    this.#troubles = new Troubles(surroundings.log);
    this.#onFreed = onFreed;
  }

  onController(listener: ControllerListener): void {
    this.#listener = listener;
  }

  held(): Held {
    return new Map(
      this.#members.flatMap(({ live, granted: { chosen } }) => {
        const seat = live?.port.seat;
        return seat === undefined || chosen.wish === undefined ? [] : [[chosen.wish, seat.inputs] as const];
      }),
    );
  }

  isFree({ client }: Device): boolean {
    return ![...this.#leaving.values()].some((clients) => clients.includes(client));
  }

  /** Lets go of the ports that have gone. */
  vacate(names: PortNames): void {
    for (const { live } of this.#members) {
      const seat = live?.port.seat;
      if (live === undefined || seat === undefined || isThere(seat, names, this.#plugOf(seat))) continue;
      live.port.leave();
      this.#surroundings.log.warn(`midi: ${live.port.name} is gone (${seat.inputs.map(withoutNumbers).join(' and ')})`);
    }
  }

  /** Lets go of controllers that are away and whose profile is no more. */
  retire(profiles: readonly KnownProfile[]): void {
    for (const member of this.#members) {
      const { live } = member;
      if (live === undefined || live.port.seat !== undefined) continue;
      if (!profiles.some(({ profile }) => isDeepStrictEqual(profile, live.profile))) this.#end(member);
    }
  }

  /** Seats what is assigned, and nothing else. Resolves once all that have come are set up; others may be seated meanwhile. */
  seat(assignments: readonly Assignment[]): Promise<unknown> {
    const granted = assignments.filter(isGranted);
    for (const member of this.#members) this.#review(member, granted);
    const seated = new Set(this.#members.flatMap(({ live }) => live?.port.seat?.inputs ?? []));
    const come = granted.filter(
      ({ device, chosen }) => this.isFree(device) && !chosen.inputs.some((name) => seated.has(name)),
    );
    const names = new Set(come.map(({ chosen }) => chosen.profile.name));
    const members = [...names].flatMap((name) =>
      this.#admit(come.filter(({ chosen }) => chosen.profile.name === name)),
    );
    return Promise.all(members.map((member) => this.#sit(member)));
  }

  views(): readonly SeatView[] {
    return this.#members.flatMap(({ live, granted: { device, chosen, why } }) => {
      if (live === undefined) return [];
      return {
        name: live.port.name,
        title: live.profile.title,
        profile: live.profile.name,
        why,
        device: deviceName(device),
        inputs: chosen.inputs.map(withoutNumbers),
        output: chosen.output === undefined ? undefined : withoutNumbers(chosen.output),
        connected: live.port.isReady,
      };
    });
  }

  /** Lets go of all, and leaves each controller as it was found. One that fails keeps nothing else open. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const member of this.#members) this.#end(member);
    await Promise.all(this.#leaving.keys());
  }

  /** Whether a member may stay where it sits. */
  #review(member: Member, granted: readonly Granted[]): void {
    const seat = member.live?.port.seat;
    if (member.live === undefined || seat === undefined) return;
    const now = granted.find(({ chosen }) => chosen.inputs.some((name) => seat.inputs.includes(name)));
    if (now === undefined || !isDeepStrictEqual(now.chosen.profile, member.live.profile)) this.#end(member);
    else if (samePorts(seat, now.chosen)) member.granted = now;
    else member.live.port.leave();
  }

  /** The members that have come, all with one profile: each in its old place where it had one. */
  #admit(come: readonly Granted[]): readonly Member[] {
    const [first] = come;
    if (first === undefined) return [];
    const { profile } = first.chosen;
    const isVacant = ({ live }: Member): boolean => live?.port.seat === undefined;
    const marks = come.map(markOf);
    const places = placesFor(
      marks,
      this.#members.filter((member) => member.profile === profile.name && isVacant(member)),
    );
    return come.map((granted, at) => {
      const mark = marks[at] ?? markOf(granted);
      const member = places[at] ?? this.#newMember(profile.name, mark, granted);
      member.mark = mark;
      member.granted = granted;
      member.live ??= this.#newLive(nameOf(member), profile);
      return member;
    });
  }

  #newMember(profile: string, mark: Mark, granted: Granted): Member {
    const number = freeNumber(this.#members.filter((member) => member.profile === profile));
    const member: Member = { profile, number, mark, live: undefined, granted };
    this.#members = [...this.#members, member];
    return member;
  }

  #newLive(name: string, profile: Profile): Live {
    const port = new RtMidiPort(name, profile, this.#surroundings);
    return { profile, port, letGo: this.#listener({ profile, port }) };
  }

  async #sit({ live, granted: { chosen } }: Member): Promise<void> {
    if (live === undefined || this.#closed) return;
    const { name } = live.port;
    const { inputs, output } = chosen;
    try {
      if (!(await live.port.sit({ inputs, output, plug: this.#plugOf(chosen) }))) return;
      const lamps = output === undefined ? ', no lamps' : '';
      this.#surroundings.log.info(`midi: ${name} is ${inputs.map(withoutNumbers).join(' and ')}${lamps}`);
      this.#troubles.settle(name);
    } catch (error) {
      this.#troubles.say(name, `${name} cannot be opened (${messageOf(error)}); trying again`);
    }
  }

  /** Whoever knows of it lets go first, so that the last words are ours. */
  #end(member: Member): void {
    const { live } = member;
    if (live === undefined) return;
    member.live = undefined;
    const { seat } = live.port;
    const left = this.#leave(live).finally(() => {
      this.#leaving.delete(left);
      if (!this.#closed) this.#onFreed();
    });
    this.#leaving.set(left, [...(seat?.inputs ?? []), seat?.output ?? ''].map(clientOf));
  }

  async #leave({ port, letGo }: Live): Promise<void> {
    try {
      await letGo();
    } catch (error) {
      this.#surroundings.log.warn(`midi: ${port.name} cannot be let go of in order (${messageOf(error)})`);
    }
    try {
      await port.close();
    } catch (error) {
      this.#surroundings.log.warn(`midi: ${port.name} cannot be left as it was found (${messageOf(error)})`);
    }
  }

  #plugOf(ports: Omit<Seat, 'plug'>): string {
    return plugOf(ports, (card) => this.#surroundings.sequencer.plugOf(card));
  }
}
