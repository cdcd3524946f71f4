import type { Profile } from '../../core/controller/profile.ts';
import type { Device } from './devices.ts';
import { compareFits, type Fit, fitOf, type KnownProfile, outputFor, whyOf } from './fit.ts';
import { hasPiece, isNoController } from './port-names.ts';

/** A controller that the config asks for: pieces of its ports' names, and of its USB path or serial number. */
export type ControllerWish = {
  readonly profile: string;
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly at?: string | undefined;
};

/** The profile that a device gets, and its ports. The output may be another device's where the config says so. */
export type Chosen = {
  readonly profile: Profile;
  readonly inputs: readonly string[];
  readonly output: string | undefined;
  readonly wish: ControllerWish | undefined;
};

export type Assignment = { readonly device: Device; readonly chosen: Chosen | undefined; readonly why: string };

/** The inputs that wishes have now: they keep them when others come. */
export type Held = ReadonlyMap<ControllerWish, readonly string[]>;

const whyNone = ({ inputs }: Device): string => {
  if (inputs.length === 0) return 'it sends nothing';
  return inputs.every(isNoController) ? 'no controller, unless midi.controllers names its port' : 'no profile knows it';
};

const best = (device: Device, profiles: readonly KnownProfile[]): Assignment => {
  const fits = profiles.flatMap((known) => fitOf(known, device) ?? []).toSorted(compareFits);
  const [first, ...others] = fits;
  if (first === undefined) return { device, chosen: undefined, why: whyNone(device) };
  const { profile, inputs, output } = first;
  return { device, chosen: { profile, inputs, output, wish: undefined }, why: whyOf(first, others, device) };
};

const isAt = ({ usbPath, serial }: Device, at: string | undefined): boolean =>
  at === undefined || [usbPath, serial].some((text) => text?.toLowerCase().includes(at.toLowerCase()));

/** What other wishes have left. */
type Left = {
  readonly devices: readonly Device[];
  isInputLeft(name: string): boolean;
  isOutputLeft(name: string): boolean;
  isWhole(device: Device): boolean;
};

const leftBy = (devices: readonly Device[], taken: readonly Assignment[]): Left => {
  const inputs = new Set(taken.flatMap(({ chosen }) => chosen?.inputs ?? []));
  const outputs = new Set(taken.flatMap(({ chosen }) => chosen?.output ?? []));
  return {
    devices,
    isInputLeft: (name) => !inputs.has(name),
    isOutputLeft: (name) => !outputs.has(name),
    isWhole: (device) => ![...inputs, ...outputs].some((name) => [...device.inputs, ...device.outputs].includes(name)),
  };
};

/** The input that a wish names on a device, or those that the profile finds there. */
const inputsFor = (wish: ControllerWish, known: KnownProfile, device: Device, left: Left): Fit | undefined => {
  const { input: piece } = wish;
  if (piece === undefined) return left.isWhole(device) ? fitOf(known, device) : undefined;
  const input = device.inputs.find((name) => left.isInputLeft(name) && hasPiece(name, piece));
  if (input === undefined) return undefined;
  const outputs = device.outputs.filter(left.isOutputLeft);
  const output = outputFor(known.profile, input, outputs) ?? outputs.find((name) => name === input);
  return { ...known, by: 'name', pattern: undefined, inputs: [input], output };
};

/** The output that a wish names: the device's own before those of others. */
const namedOutput = (piece: string, device: Device, { devices, isOutputLeft }: Left): string | undefined =>
  [device, ...devices].flatMap(({ outputs }) => outputs).find((name) => isOutputLeft(name) && hasPiece(name, piece));

const grant = (wish: ControllerWish, known: KnownProfile, device: Device, left: Left): Assignment | undefined => {
  const fit = isAt(device, wish.at) ? inputsFor(wish, known, device, left) : undefined;
  if (fit === undefined) return undefined;
  const output = wish.output === undefined ? fit.output : namedOutput(wish.output, device, left);
  const how = wish.input === undefined ? `; ${whyOf(fit, [], device)}` : '';
  return {
    device,
    chosen: { profile: known.profile, inputs: fit.inputs, output, wish },
    why: `midi.controllers names it${how}`,
  };
};

/** Each wish takes the first device that fits it and is left; what it has now goes first. */
const asWished = (
  devices: readonly Device[],
  profiles: readonly KnownProfile[],
  wishes: readonly ControllerWish[],
  held: Held,
): readonly Assignment[] => {
  const isHeld = (wish: ControllerWish, device: Device): boolean =>
    held.get(wish)?.some((name) => device.inputs.includes(name)) ?? false;
  const holders = wishes.filter((wish) => devices.some((device) => isHeld(wish, device)));
  const others = wishes.filter((wish) => !holders.includes(wish));
  const taken: Assignment[] = [];
  for (const wish of [...holders, ...others]) {
    const known = profiles.find(({ profile }) => profile.name === wish.profile);
    if (known === undefined) continue;
    const left = leftBy(devices, taken);
    const inOrder = devices.toSorted((a, b) => Number(isHeld(wish, b)) - Number(isHeld(wish, a)));
    taken.push(...inOrder.flatMap((device) => grant(wish, known, device, left) ?? []).slice(0, 1));
  }
  return taken;
};

const unwished = (device: Device): Assignment => ({
  device,
  chosen: undefined,
  why: device.inputs.length === 0 ? whyNone(device) : 'midi.controllers names others',
});

/**
 * Which profile each device gets, and why; a device that gets none is told too. Without wishes each device gets the profile
 * that fits best: one that takes any port comes last, the player's own go before ours, a USB id before a name, a longer
 * pattern before a shorter one. With wishes there are only those.
 */
export const assign = (
  devices: readonly Device[],
  profiles: readonly KnownProfile[],
  wishes: readonly ControllerWish[],
  held: Held = new Map(),
): readonly Assignment[] => {
  if (wishes.length === 0) return devices.map((device) => best(device, profiles));
  const granted = asWished(devices, profiles, wishes, held);
  return devices.flatMap((device) => {
    const its = granted.filter((assignment) => assignment.device === device);
    return its.length > 0 ? its : [unwished(device)];
  });
};
