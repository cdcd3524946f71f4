import type { Profile } from '../../core/controller/profile.ts';
import type { Device } from './devices.ts';
import { isNoController, patternOf } from './port-names.ts';

/** A profile, and whether it is from the player's own folder. */
export type KnownProfile = { readonly profile: Profile; readonly own: boolean };

/** How a profile fits a device, and the ports that it would have there. */
export type Fit = KnownProfile & {
  readonly by: 'usb' | 'name' | 'any';
  /** The longest pattern that an input's name matches. */
  readonly pattern: string | undefined;
  readonly inputs: readonly string[];
  readonly output: string | undefined;
};

const longest = (patterns: readonly (string | undefined)[]): string | undefined =>
  patterns.filter((pattern) => pattern !== undefined).toSorted((a, b) => b.length - a.length)[0];

/** The output that the profile's patterns name; where they name none, the one that is called as the input. */
export const outputFor = ({ ports }: Profile, input: string, outputs: readonly string[]): string | undefined =>
  ports.output.length === 0
    ? outputs.find((name) => name === input)
    : outputs.find((name) => patternOf(name, ports.output) !== undefined);

/** A profile without patterns takes any port; but one that knows its device by USB id takes only that. */
const fitAny = (known: KnownProfile, device: Device): Fit | undefined => {
  const { ports, usb } = known.profile;
  const input = device.inputs.find((name) => !isNoController(name));
  if (ports.input.length > 0 || usb.length > 0 || input === undefined) return undefined;
  const output = outputFor(known.profile, input, device.outputs);
  return { ...known, by: 'any', pattern: undefined, inputs: [input], output };
};

const fitUsb = (known: KnownProfile, device: Device, named: readonly string[]): Fit | undefined => {
  const { profile } = known;
  const [first] = named.length > 0 ? named : device.inputs;
  if (first === undefined || device.usb === undefined || !profile.usb.includes(device.usb)) return undefined;
  const sameName = device.outputs.find((name) => name === first);
  return {
    ...known,
    by: 'usb',
    pattern: longest(named.map((name) => patternOf(name, profile.ports.input))),
    inputs: named.length > 0 ? named : [first],
    output: outputFor(profile, first, device.outputs) ?? sameName ?? device.outputs[0],
  };
};

/** How a profile fits a device; undefined when it does not. */
export const fitOf = (known: KnownProfile, device: Device): Fit | undefined => {
  const { ports } = known.profile;
  const inputs = device.inputs.filter((name) => patternOf(name, ports.input) !== undefined);
  const byUsb = fitUsb(known, device, inputs);
  if (byUsb !== undefined) return byUsb;
  const [first] = inputs;
  if (first === undefined) return fitAny(known, device);
  const pattern = longest(inputs.map((name) => patternOf(name, ports.input)));
  return { ...known, by: 'name', pattern, inputs, output: outputFor(known.profile, first, device.outputs) };
};

/** The profile for what no other knows; the rest of those that take any port are there to be asked for. */
const lastResort = 'generic';

/** What is better, first: false comes before true. */
const ranks: readonly ((fit: Fit) => boolean)[] = [
  ({ by }) => by === 'any',
  ({ by, profile }) => by === 'any' && profile.name !== lastResort,
  ({ own }) => !own,
  ({ by }) => by !== 'usb',
];

/** Negative when `a` is the better one. The last word has the name, so that the order of the files has none. */
export const compareFits = (a: Fit, b: Fit): number => {
  for (const isWorse of ranks) {
    const difference = Number(isWorse(a)) - Number(isWorse(b));
    if (difference !== 0) return difference;
  }
  const lengths = (b.pattern?.length ?? 0) - (a.pattern?.length ?? 0);
  return lengths !== 0 ? lengths : a.profile.name < b.profile.name ? -1 : 1;
};

const reasonOf = ({ by, pattern, profile }: Fit, device: Device): string => {
  switch (by) {
    case 'usb':
      return `USB id ${device.usb}`;
    case 'name':
      return `name matches /${pattern}/`;
    case 'any':
      return profile.name === lastResort ? 'no other profile knows it' : 'takes any port';
  }
};

/** Why the best of `fits` was taken, and before which others. */
export const whyOf = (best: Fit, others: readonly Fit[], device: Device): string => {
  const own = best.own ? 'your own profile: ' : '';
  const rivals = others
    .filter(({ by }) => by !== 'any')
    .map(({ by, profile }) => `${profile.name}, which matches by ${by === 'usb' ? 'USB id' : 'name'}`);
  const before = rivals.length === 0 ? '' : `; before ${rivals.join(', and ')}`;
  return `${own}${reasonOf(best, device)}${before}`;
};
