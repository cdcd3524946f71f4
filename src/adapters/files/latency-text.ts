import { messageOf } from '../../core/errors.ts';
import { limits } from '../../core/session/state.ts';
import type { KeptLatency, RigKey } from '../../ports/latency-store.ts';
import { found, isKeyed, mistakeIn, type Rule, type Rules, wholeBetween, wholeFromOne } from './value-rules.ts';

/** A latency of a rig. Of those of one rig in a file the last holds, which needs no clock that is right. */
export type Entry = RigKey & KeptLatency;

/** The keys of the file beside its latencies, such as a player's notes. */
type Head = Readonly<Record<string, unknown>>;

/** What a file says, or why it says nothing. `mistakes` are the entries that are left out, each in words. */
export type LatencyText =
  | {
      readonly kind: 'sound';
      readonly head: Head;
      readonly entries: readonly Entry[];
      readonly mistakes: readonly string[];
    }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly what: string };

const version = 1;

const channels: Rule = {
  allowed: 'a list of channel numbers from 1',
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every(wholeFromOne.fits),
};
const identity: Rule = {
  allowed: 'an interface, such as "usb:1235:8210:Y8ABC,0"',
  fits: (value) => typeof value === 'string' && value !== '',
};
const numberOrNone: Rule = {
  allowed: 'a number, or left out',
  fits: (value) => value === undefined || Number.isFinite(value),
};

const rules: Rules<Entry> = {
  input: identity,
  output: identity,
  rate: wholeFromOne,
  blockFrames: wholeFromOne,
  queueBlocks: wholeFromOne,
  inputChannels: channels,
  outputChannels: channels,
  source: { allowed: '"measured" or "manual"', fits: (value) => value === 'measured' || value === 'manual' },
  frames: wholeBetween(limits.latencyFrames.min, limits.latencyFrames.max),
  at: {
    allowed: 'a time, such as "2026-05-01T20:15:00Z"',
    fits: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  },
  spreadFrames: numberOrNone,
  confidence: numberOrNone,
};

const mistakeAt = (entry: unknown, index: number): string | undefined => {
  const place = `latencies[${index}]`;
  if (!isKeyed(entry)) return `${place} ${found(entry)}; allowed is a latency with its rig`;
  return mistakeIn(rules, entry, `${place}.`);
};

const damaged = (what: string): LatencyText => ({ kind: 'damaged', what });

const readValue = (value: unknown): LatencyText => {
  if (!isKeyed(value)) return damaged('has no keys with values');
  const { version: written, latencies, ...head } = value;
  if (typeof written === 'number' && written > version) return { kind: 'newer', version: written };
  if (written !== version) return damaged(`its version ${found(written)}, not ${version}`);
  if (!Array.isArray(latencies)) return damaged(`its latencies: a list is needed, but it ${found(latencies)}`);
  const mistakes = latencies.map(mistakeAt);
  return {
    kind: 'sound',
    head,
    entries: latencies.filter((_, index) => mistakes[index] === undefined),
    mistakes: mistakes.filter((mistake) => mistake !== undefined),
  };
};

/** Reads the bytes of a file. What stands beside the known keys rides along, to be written again. Pure. */
export const readLatencies = (bytes: Uint8Array): LatencyText => {
  try {
    return readValue(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (thrown) {
    return damaged(`is not JSON in UTF-8 (${messageOf(thrown).replaceAll(/\s+/g, ' ')})`);
  }
};

/** The text of a file, to be read and mended by a person. Pure. */
export const latencyText = (head: Head, entries: readonly Entry[]): string =>
  `${JSON.stringify({ ...head, version, latencies: entries }, null, 2)}\n`;

/** JSON has no word for what is not finite, such as a confidence that was divided by nothing. */
const isSayable = (value: number | undefined): value is number => Number.isFinite(value);

const rigOf = (key: RigKey): RigKey => ({
  input: key.input,
  output: key.output,
  rate: key.rate,
  blockFrames: key.blockFrames,
  queueBlocks: key.queueBlocks,
  inputChannels: key.inputChannels,
  outputChannels: key.outputChannels,
});

const latencyOf = ({ source, frames, at, spreadFrames, confidence }: KeptLatency): KeptLatency => ({
  ...{ source, frames, at },
  ...(isSayable(spreadFrames) ? { spreadFrames } : {}),
  ...(isSayable(confidence) ? { confidence } : {}),
});

const textOf = (value: RigKey | KeptLatency): string => JSON.stringify(value);
const isOfRig = (entry: Entry, key: RigKey): boolean => textOf(rigOf(entry)) === textOf(rigOf(key));

/** The latency that holds for a rig. Pure. */
export const latencyIn = (entries: readonly Entry[], key: RigKey): KeptLatency | undefined => {
  const entry = entries.findLast((one) => isOfRig(one, key));
  return entry && latencyOf(entry);
};

/**
 * The entries with a latency that holds for a rig from now on, in place of an earlier one from the same source; the same list where
 * it holds already. Pure.
 */
export const withLatency = (entries: readonly Entry[], key: RigKey, latency: KeptLatency): readonly Entry[] => {
  const kept = latencyOf(latency);
  const held = latencyIn(entries, key);
  if (held !== undefined && textOf(held) === textOf(kept)) return entries;
  const others = entries.filter((entry) => !isOfRig(entry, key) || entry.source !== kept.source);
  return [...others, { ...rigOf(key), ...kept }];
};
