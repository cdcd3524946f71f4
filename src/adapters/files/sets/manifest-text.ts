import { messageOf } from '../../../core/errors.ts';
import { limits } from '../../../core/session/state.ts';
import type { KeptTrack, LoopForm, SetForm, StoredSet } from '../../../core/set/kept-set.ts';
import { isSetName } from '../../../core/set/set-name.ts';
import {
  found,
  isKeyed,
  keeps,
  mistakeIn,
  numberBetween,
  type Rules,
  trueOrFalse,
  wholeBetween,
  wholeFromOne,
} from '../value-rules.ts';

/** What a manifest says, or why it says nothing. `mistakes` are the tracks that are left out, each in words. */
export type ManifestText =
  | { readonly kind: 'sound'; readonly set: StoredSet; readonly mistakes: readonly string[] }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly what: string };

type StoredTrack = KeptTrack<{ readonly sound: string }>;
type StoredLoop = StoredTrack['loop'];
type Head = SetForm & Pick<StoredSet, 'rate'>;

const version = 1;

const unbounded = Number.POSITIVE_INFINITY;
/** Half an hour at the highest rate: none reaches further. */
const longestTape = 1800 * 96_000;
const between = ({ min, max }: { readonly min: number; readonly max: number }) => wholeBetween(min, max);

const clickRules: Rules<SetForm['click']> = {
  volume: numberBetween(limits.clickVolume.min, limits.clickVolume.max),
  muted: trueOrFalse,
};

const headRules: Rules<Head> = {
  name: {
    allowed: 'a name of 1 to 64 characters, or null',
    fits: (value) => value === null || isSetName(value),
  },
  // The rates that WAV files are read at.
  rate: wholeBetween(44_100, 96_000),
  bpm: numberBetween(limits.bpm.min, limits.bpm.max),
  beatsPerBar: between(limits.beatsPerBar),
  bars: between(limits.bars),
  click: {
    allowed: '{"volume": 0 to 1, "muted": true or false}',
    fits: (value) => keeps(clickRules, value),
  },
};

const loopRules: Rules<StoredLoop> = {
  sound: {
    allowed: 'the name of a file in sounds, 32 hex digits',
    fits: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
  },
  frames: wholeFromOne,
  leadFrames: wholeBetween(0, unbounded),
  beats: wholeFromOne,
  phaseBeats: wholeBetween(0, limits.beatsPerBar.max - 1),
  latencyFrames: between(limits.latencyFrames),
  nudgeFrames: wholeBetween(-longestTape, longestTape),
  lostFrames: wholeBetween(0, unbounded),
};

const trackRules: Rules<StoredTrack> = {
  track: wholeFromOne,
  playing: trueOrFalse,
  loop: { allowed: 'a loop', fits: isKeyed },
};

/** What no single value tells. */
const misfitIn = ({ frames, leadFrames, lostFrames, phaseBeats }: LoopForm, beatsPerBar: number) => {
  if (leadFrames >= frames) return `leadFrames is ${leadFrames}; allowed is less than its frames, ${frames}`;
  if (lostFrames > frames) return `lostFrames is ${lostFrames}; allowed is at most its frames, ${frames}`;
  if (phaseBeats < beatsPerBar) return undefined;
  return `phaseBeats is ${phaseBeats}; allowed is less than the set's beatsPerBar, ${beatsPerBar}`;
};

const loopMistakeIn = (loop: unknown, beatsPerBar: number, place: string): string | undefined => {
  if (!keeps(loopRules, loop)) return mistakeIn(loopRules, isKeyed(loop) ? loop : {}, place);
  const misfit = misfitIn(loop, beatsPerBar);
  return misfit && `${place}${misfit}`;
};

/** In the order of the keys that manifests have, so that equal sets have equal texts. */
const trackOf = ({ track, playing, loop }: StoredTrack): StoredTrack => ({
  track,
  playing,
  loop: {
    sound: loop.sound,
    frames: loop.frames,
    leadFrames: loop.leadFrames,
    beats: loop.beats,
    phaseBeats: loop.phaseBeats,
    latencyFrames: loop.latencyFrames,
    nudgeFrames: loop.nudgeFrames,
    lostFrames: loop.lostFrames,
  },
});

const headOf = ({ name, rate, bpm, beatsPerBar, bars, click }: Head): Head => ({
  ...{ name, rate, bpm, beatsPerBar, bars },
  click: { volume: click.volume, muted: click.muted },
});

const readTracks = (entries: readonly unknown[], beatsPerBar: number) => {
  const tracks: StoredTrack[] = [];
  const mistakes: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const place = `tracks[${index}]`;
    const last = tracks.at(-1)?.track ?? 0;
    if (!keeps(trackRules, entry)) {
      const mistake = isKeyed(entry) ? mistakeIn(trackRules, entry, `${place}.`) : undefined;
      mistakes.push(mistake ?? `${place} ${found(entry)}; allowed is a track with its loop`);
      continue;
    }
    const mistake = loopMistakeIn(entry.loop, beatsPerBar, `${place}.loop.`);
    if (mistake !== undefined) mistakes.push(mistake);
    else if (entry.track > last) tracks.push(trackOf(entry));
    else mistakes.push(`${place}.track is ${entry.track}; allowed is more than the track before it, ${last}`);
  }
  return { tracks, mistakes };
};

const damaged = (what: string): ManifestText => ({ kind: 'damaged', what });

const readValue = (value: unknown): ManifestText => {
  if (!isKeyed(value)) return damaged('has no keys with values');
  const { version: written, tracks } = value;
  if (typeof written === 'number' && written > version) return { kind: 'newer', version: written };
  if (written !== version) return damaged(`its version ${found(written)}, not ${version}`);
  const head: unknown = value;
  if (!keeps(headRules, head)) return damaged(`its ${mistakeIn(headRules, value, '')}`);
  if (!Array.isArray(tracks)) return damaged(`its tracks: a list is needed, but it ${found(tracks)}`);
  const read = readTracks(tracks, head.beatsPerBar);
  return { kind: 'sound', set: { ...headOf(head), tracks: read.tracks }, mistakes: read.mistakes };
};

/** Reads the bytes of a manifest. What stands beside the known keys is not looked at. Pure. */
export const readManifestText = (bytes: Uint8Array): ManifestText => {
  try {
    return readValue(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (thrown) {
    return damaged(`is not JSON in UTF-8 (${messageOf(thrown).replaceAll(/\s+/g, ' ')})`);
  }
};

/** The text of a manifest, to be read and mended by a person; the same for equal sets. Pure. */
export const manifestText = (set: StoredSet): string =>
  `${JSON.stringify({ version, ...headOf(set), tracks: set.tracks.map(trackOf) }, null, 2)}\n`;
