import { z } from 'zod';
import { limits } from '../core/session/state.ts';
import { bytesPerFrame } from '../core/sound/span.ts';
import { list, number, oneOf, optionalSection, path, section, text, truth, wants, whole, wholeFrom } from './fields.ts';
import { midiSection } from './midi-schema.ts';
import { apart, gpioSection, lcdSection } from './pins-schema.ts';

/** As in systemd's MemoryMax and in top, a megabyte is 2^20 bytes. */
const bytesPerMb = 1024 * 1024;

const numbersChange = 'numbers change with every plug: write a piece of the name, or the id as in hw:Loopback,0';

/** `1`, and ALSA's own spelling of it, `hw:1,0`. */
const device = () =>
  text('a piece of the name of the interface, or its ALSA id', /^\s*((plug)?hw:\s*)?\d+(,\d+)*\s*$/i, numbersChange)
    .nullable()
    .default(null);

const channelsWords = (allowed: string) =>
  wants(allowed, (input) => (typeof input === 'number' ? `write [${input}]` : undefined));

const inputChannels = () => {
  const words = channelsWords('a list of 1 or 2 channel numbers from 1');
  return z.array(wholeFrom(1), words).min(1, words).max(2, words);
};

const outputChannels = () => {
  const words = channelsWords('a list of 1 or 2 different channel numbers from 1');
  return z
    .array(wholeFrom(1), words)
    .min(1, words)
    .max(2, words)
    .refine((channels) => new Set(channels).size === channels.length, words);
};

/** Frames a second that a looper may run at. */
export const rates = [44_100, 48_000, 88_200, 96_000] as const;
const rate = () => oneOf(rates);
const tapeSeconds = () => number(10, 1800);
/** All loops are one array, in which the engine counts 2^32 samples (engine/kernels.ts). */
const budgetMb = () => number(64, 16_384);

type TapeNeeds = {
  readonly audio: { readonly rate: number };
  readonly tape: { readonly seconds: number };
  readonly memory: { readonly budgetMb: number };
};

/** The bytes of the tape alone. */
export const tapeBytes = ({ audio, tape }: Omit<TapeNeeds, 'memory'>): number =>
  Math.ceil(tape.seconds * audio.rate) * bytesPerFrame;

/** The bytes that tape and loops may take together. */
export const budgetBytes = ({ memory }: Pick<TapeNeeds, 'memory'>): number => Math.floor(memory.budgetMb * bytesPerMb);

const tapeNeeds = z.object({
  audio: z.object({ rate: rate() }),
  tape: z.object({ seconds: tapeSeconds() }),
  memory: z.object({ budgetMb: budgetMb() }),
});

const tapeText = (needs: TapeNeeds): string => {
  const { audio, tape, memory } = needs;
  const needed = Math.ceil(tapeBytes(needs) / bytesPerMb);
  const fitting = Math.floor(budgetBytes(needs) / bytesPerFrame / audio.rate);
  return `a tape of ${tape.seconds} s at ${audio.rate} Hz takes ${needed} MB; allowed is the memory.budgetMb of ${memory.budgetMb}; write at most ${fitting} seconds, or a larger budget`;
};

const outputs = z.object({
  audio: z.object({ outputChannels: z.array(z.number()), monitorChannels: z.array(z.number()).nullable() }),
  click: z.object({ outputChannels: z.array(z.number()).nullable() }),
});

type Outputs = z.output<typeof outputs>;

/** Two sounds that go to one output are limited as one, so they must share both channels or none. */
const half = (one: readonly number[], other: readonly number[] | null): boolean =>
  other !== null && one.join() !== other.join() && other.some((channel) => one.includes(channel));

const halfShared = ({ audio, click }: Outputs): boolean =>
  half(audio.outputChannels, click.outputChannels) ||
  half(audio.outputChannels, audio.monitorChannels) ||
  half(audio.monitorChannels ?? [], click.outputChannels);

const sessionSection = () =>
  optionalSection({
    bpm: number(limits.bpm.min, limits.bpm.max).default(120),
    beatsPerBar: whole(limits.beatsPerBar.min, limits.beatsPerBar.max).default(4),
    tracks: whole(1, 64).default(8),
    /** The bars that a stomp captures. */
    bars: whole(limits.bars.min, limits.bars.max).default(4),
    /** Past this share of the bar a stomp is early and means the bars that end at the next bar line. */
    retroThreshold: number(0, 1).default(0.75),
  });

const clickSection = () =>
  optionalSection({
    volume: number(limits.clickVolume.min, limits.clickVolume.max).default(0.5),
    muted: truth().default(false),
    /** Outputs of its own, such as a drummer's headphones. */
    outputChannels: outputChannels().nullable().default(null),
  });

const audioSection = () =>
  optionalSection({
    device: device(),
    /** Where playback is another device than capture. */
    outputDevice: device(),
    rate: rate().default(48_000),
    blockFrames: whole(64, 2048).default(256),
    /** Blocks of output written ahead: each is a block that the computer may be late by, and a block more of round trip. */
    queueBlocks: whole(1, 16).default(2),
    /** One channel is a mono source, heard on both sides. */
    inputChannels: inputChannels().default([1, 2]),
    outputChannels: outputChannels().default([1, 2]),
    /** Software monitoring of the dry signal; null is off. */
    monitorChannels: outputChannels().nullable().default(null),
    /** The round trip in the player's word, which goes before what was measured; null is what was measured. */
    latencyFrames: whole(limits.latencyFrames.min, limits.latencyFrames.max).nullable().default(null),
    /** The share of the round trip between what is computed and what is heard; null is all of it but one block. */
    outputShare: number(0, 1).nullable().default(null),
  });

const setsSection = () =>
  optionalSection({
    /** What comes back at the start. */
    restore: oneOf(['stopped', 'playing', 'nothing']).default('stopped'),
    /** What is left free on the disk. */
    reserveMb: whole(0, 1_000_000).default(256),
  });

const hostName = () =>
  text(
    'the name of a host, as in looper.example.org',
    /[^a-z0-9.-]/i,
    'write the name alone, without http:// and port',
  );

const origin = () =>
  text(
    'where a page comes from, as in http://laptop:3000, or null',
    /^(?!https?:\/\/[^/\s]+$|null$)/,
    'write http:// or https://, the name and the port, without a path',
  );

const webSection = () =>
  optionalSection({
    /** Whether there is a page, and front ends can reach the looper at all. */
    enabled: truth().default(true),
    /** The address to listen at. Others than this machine's own, 127.0.0.1 and ::1, need the token of `hindsight pair`. */
    host: text('an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them', /[\s/]/).default(
      '127.0.0.1',
    ),
    /** 0 is any port that is free, which the log tells. */
    port: whole(0, 65_535).default(8001),
    /** Who needs the token: as `asksToken` has it, or everybody. */
    token: oneOf(['auto', 'always']).default('auto'),
    /** Names by which the box is reached, beside its own, localhost and hindsight.local. */
    names: list(hostName(), 'a list of names of hosts'),
    /** Pages from elsewhere that may speak to the looper. */
    origins: list(origin(), 'a list of places that pages come from'),
    /** How many may listen to the mix at once. */
    listeners: whole(0, 8).default(2),
    /** Files of a certificate and its key, in PEM, for https. */
    tls: section({ cert: path('a file'), key: path('a file') })
      .nullable()
      .default(null),
  });

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const sections = (profiles: readonly string[] | undefined) =>
  section(
    {
      session: sessionSection(),
      click: clickSection(),
      audio: audioSection(),
      tape: optionalSection({ seconds: tapeSeconds().default(180) }),
      memory: optionalSection({ budgetMb: budgetMb().default(512) }),
      sets: setsSection(),
      midi: midiSection(profiles),
      gpio: gpioSection(),
      lcd: lcdSection(),
      web: webSection(),
      log: optionalSection({ level: oneOf(levels).default('info') }),
    },
    'a file of keys with values',
  );

const tapeRule = {
  error: (issue: { readonly input?: unknown }) => tapeText(tapeNeeds.parse(issue.input)),
  // Also told beside other mistakes, as long as the three numbers themselves are sound.
  when: ({ value }: { readonly value: unknown }) => tapeNeeds.safeParse(value).success,
  params: {
    code: 'tape-over-budget',
    blames: [
      ['tape', 'seconds'],
      ['memory', 'budgetMb'],
      ['audio', 'rate'],
    ],
  },
};

const outputsRule = {
  error:
    'loops, click and monitor share some of their outputs; allowed are the same outputs in the same order, or others altogether',
  when: ({ value }: { readonly value: unknown }) => outputs.safeParse(value).success,
  params: {
    code: 'outputs-half-shared',
    blames: [
      ['click', 'outputChannels'],
      ['audio', 'monitorChannels'],
      ['audio', 'outputChannels'],
    ],
  },
};

/** With the profiles that there are, others are refused. */
export const configSchemaFor = (profiles: readonly string[] | undefined) =>
  apart(sections(profiles))
    .refine((config) => tapeBytes(config) <= budgetBytes(config), tapeRule)
    .refine((config) => !halfShared(config), outputsRule);

type Immutable<Value> = Value extends object ? { readonly [Key in keyof Value]: Immutable<Value[Key]> } : Value;

/** The settings of the daemon, complete: what the file leaves out has its default. */
export type Config = Immutable<z.output<ReturnType<typeof configSchemaFor>>>;
