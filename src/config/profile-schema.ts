import { z } from 'zod';
import type { Profile, Scale, Trigger } from '../core/controller/profile.ts';
import { trackStates } from '../core/track/state.ts';
import { named, number, oneOf, section, text, truth, wants, whole } from './fields.ts';
import { readMessage } from './midi-message.ts';
import { complaint, didYouMean, found, inWords } from './wording.ts';

const data = () => whole(0, 127);
const trackNumber = () => whole(1, 64);

const message = (allowed: string) => {
  const hint = (input: unknown) => (typeof input === 'number' ? 'put it in quotes' : undefined);
  return z.string(wants(allowed, hint)).transform((input, context) => {
    const read = readMessage(input);
    if ('bytes' in read) return read.bytes;
    const params = { code: 'bad-message' };
    context.addIssue({ code: 'custom', message: complaint(input, allowed, read.wrong), params });
    return z.NEVER;
  });
};

const isFixed = (bytes: readonly (number | 'value')[]): bytes is readonly number[] => !bytes.includes('value');

const setupBytes = () => {
  const allowed = 'one MIDI message in hex such as "F0 7E 7F 06 01 F7"';
  return message(allowed).transform((bytes, context) => {
    if (isFixed(bytes)) return bytes;
    context.addIssue({
      code: 'custom',
      message: `found {value}; allowed is ${allowed}; only a lamp has a value`,
      params: { code: 'bad-message' },
    });
    return z.NEVER;
  });
};

const lampBytes = () => {
  const allowed = 'one MIDI message in hex with one {value}, such as "90 24 {value}"';
  return message(allowed).refine((bytes) => bytes.filter((byte) => byte === 'value').length === 1, {
    error: (issue) => {
      const count = Array.isArray(issue.input) ? issue.input.filter((byte) => byte === 'value').length : 0;
      return `found ${count === 0 ? 'no' : count} {value}; allowed is ${allowed}`;
    },
    params: { code: 'bad-message' },
  });
};

const setup = () => {
  const step = section({ bytes: setupBytes(), waitMs: whole(0, 5000).default(0) });
  return z.array(step, wants('a list of messages, each with bytes')).default([]);
};

const isPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'i').source !== '' && pattern.trim() !== '';
  } catch {
    return false;
  }
};

const patterns = () => {
  const words = wants('a pattern (a regular expression) of the name of a port');
  return z.array(
    z.string(words).refine(isPattern, words),
    wants('a list of patterns', (input) => (typeof input === 'string' ? 'write a hyphen in front' : undefined)),
  );
};

/** `{ note: 36 }`, `{ cc: 20, channel: 1 }`: one of the two says what is meant. */
const trigger = () => {
  const both = 'found %; allowed is one of note or cc';
  return section({
    note: data().exactOptional(),
    cc: data().exactOptional(),
    channel: whole(1, 16).exactOptional(),
  }).transform(({ note, cc, channel }, context): Trigger => {
    const on = channel === undefined ? {} : { channel };
    if (note !== undefined && cc === undefined) return { kind: 'note', number: note, ...on };
    if (cc !== undefined && note === undefined) return { kind: 'cc', number: cc, ...on };
    const what = note === undefined ? 'neither note nor cc' : 'both note and cc';
    context.addIssue({ code: 'custom', message: both.replace('%', what), params: { code: 'bad-trigger' } });
    return z.NEVER;
  });
};

/** `{ from: 40, to: 200, round: true }` or `{ zones: [1, 2, 4] }`, of values that the command takes. */
const scale = (value: () => z.ZodType<number>, alwaysRound: boolean) =>
  section({
    from: value().exactOptional(),
    to: value().exactOptional(),
    round: truth().exactOptional(),
    zones: z
      .array(value(), wants('a list of values'))
      .min(1, wants('a list of values'))
      .max(128, wants('at most 128 values'))
      .exactOptional(),
  }).transform(({ from, to, round, zones }, context): Scale => {
    if (zones !== undefined && from === undefined && to === undefined && round === undefined) {
      return { kind: 'zones', values: zones };
    }
    if (zones === undefined && from !== undefined && to !== undefined) {
      return { kind: 'linear', from, to, round: alwaysRound || round === true };
    }
    context.addIssue({
      code: 'custom',
      message: `${found({ from, to, round, zones })}; allowed is { from, to } with or without round, or { zones }`,
      params: { code: 'bad-scale' },
    });
    return z.NEVER;
  });

const onTrack = ['stomp', 'start', 'stop', 'clear'] as const;
const plain = ['reset', 'muteClick', 'tap'] as const;
const valued = ['setBpm', 'setBars', 'setClickVolume'] as const;
const commands = [...onTrack, 'record', ...plain, ...valued];

const commandOf = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'command' in input ? input.command : undefined;

const action = () =>
  z.discriminatedUnion(
    'command',
    [
      section({ command: z.enum(onTrack), track: trackNumber() }),
      section({ command: z.literal('record'), track: trackNumber(), bars: whole(1, 32).exactOptional() }),
      section({ command: z.enum(plain) }),
      section({ command: z.literal('setBpm'), scale: scale(() => number(20, 400), false) }),
      section({ command: z.literal('setBars'), scale: scale(() => whole(1, 32), true) }),
      section({ command: z.literal('setClickVolume'), scale: scale(() => number(0, 1), false) }),
    ],
    {
      error: (issue) => {
        if (issue.code === 'invalid_union') {
          const command = commandOf(issue.input);
          const hint = typeof command === 'string' ? didYouMean(command, commands) : undefined;
          return complaint(command, inWords(commands), hint);
        }
        return complaint(issue.input, 'a command with its values, such as { command: stomp, track: 1 }');
      },
    },
  );

type Controls = Readonly<Record<string, { readonly on: Trigger }>>;

const overlap = (one: Trigger, other: Trigger): boolean =>
  one.kind === other.kind &&
  one.number === other.number &&
  (one.channel === undefined || other.channel === undefined || one.channel === other.channel);

/** The pairs of controls that the same message would move, as [first, second]. */
const boundTwice = (controls: Controls): [string, string][] =>
  Object.entries(controls).flatMap(([id, { on }], at): [string, string][] => {
    const first = Object.entries(controls)
      .slice(0, at)
      .find(([, earlier]) => overlap(earlier.on, on));
    return first === undefined ? [] : [[first[0], id]];
  });

const controls = () =>
  named(section({ on: trigger(), do: action() }), 'controls by name').superRefine((value, context) => {
    for (const [first, second] of boundTwice(value)) {
      context.addIssue({
        code: 'custom',
        path: [second, 'on'],
        message: `the same message as ${first}; allowed is one control for each; give one of them another number or channel`,
        params: { code: 'bound-twice' },
      });
    }
  });

const states = () =>
  section({
    EMPTY: data(),
    TRIGGERED: data(),
    RECORDING: data(),
    PLAYING: data(),
    STOPPING: data(),
    STOPPED: data(),
  } satisfies Record<(typeof trackStates)[number], z.ZodType<number>>);

const unlit = { EMPTY: 0, TRIGGERED: 0, RECORDING: 0, PLAYING: 0, STOPPING: 0, STOPPED: 0 };

const form = (name: string) =>
  section(
    {
      name: z.literal(name, wants(`the name of the file, ${name}`)),
      title: text('a title for people'),
      ports: section({ input: patterns(), output: patterns().exactOptional() }),
      init: setup(),
      deinit: setup(),
      controls: controls(),
      lamps: named(section({ track: trackNumber(), message: lampBytes() }), 'lamps by name').default({}),
      values: states().exactOptional(),
      dark: data().default(0),
      blinking: z.array(oneOf(trackStates), wants('a list of states')).default([]),
    },
    'a file of keys with values',
  ).superRefine(({ lamps, values }, context) => {
    if (Object.keys(lamps).length === 0 || values !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['values'],
      message: complaint(undefined, `what lamps show in each state: ${inWords(trackStates)}`),
      params: { code: 'missing' },
    });
  });

type Form = z.output<ReturnType<typeof form>>;

const profileOf = ({ ports, controls, lamps, values = unlit, ...rest }: Form): Profile => ({
  ...rest,
  ports: { input: ports.input, output: ports.output ?? ports.input },
  controls: Object.entries(controls).map(([id, control]) => ({ id, ...control })),
  lamps: Object.entries(lamps).map(([id, lamp]) => ({ id, ...lamp })),
  values,
});

/**
 * The YAML form of the profile called `name`, which its file bears too. Controls and lamps are keyed by their ids; a port for
 * output that is left out has the patterns of the one for input, and a profile without lamps needs no values.
 */
export const profileSchema = (name: string) => form(name).transform(profileOf);
