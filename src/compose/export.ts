import { mixdown, mixFrames, onePass, type WholeLoop } from '../adapters/engine/mixdown.ts';
import { manifestText } from '../adapters/files/sets/manifest-text.ts';
import { storedSet, storedSound } from '../adapters/files/sets/stored-sets.ts';
import { wavEntry } from '../adapters/files/wav-entry.ts';
import { openWav } from '../adapters/files/wav-reader.ts';
import { writeZip, type ZipEntry } from '../adapters/files/zip-writer.ts';
import { UserError } from '../core/errors.ts';
import type { StoredSet } from '../core/set/kept-set.ts';
import { framesBetween, type Grid } from '../core/time/grid.ts';

export type ExportRequest = {
  /** Where sets are. */
  readonly folder: string;
  /** Undefined is the current set. */
  readonly name: string | undefined;
  readonly output: string;
  /** Passes of the longest loop in the mix. */
  readonly passes: number;
  /** A WAV file of the tape, to be put in. */
  readonly tape: string | undefined;
  /** Told how far it has come, 0 to 1. */
  readonly onProgress: (share: number) => void;
};

type TrackLoop = WholeLoop & { readonly track: number };

const tapeFrames = 65_536;

/** What a WAV file holds, a second or so at a time. */
function* piecesOf(path: string): Generator<Float32Array> {
  const wav = openWav(path);
  try {
    for (;;) {
      const piece = new Float32Array(tapeFrames * 2);
      const frames = wav.read(piece, tapeFrames);
      if (frames === 0) return;
      yield piece.subarray(0, frames * 2);
    }
  } finally {
    wav.close();
  }
}

const tapeEntry = (path: string): ZipEntry => {
  const { rate, frames, close } = openWav(path);
  close();
  return wavEntry('tape.wav', rate, frames, () => piecesOf(path));
};

const textEntry = (name: string, text: string): ZipEntry => {
  const bytes = Buffer.from(text);
  return { name, bytes: bytes.length, content: () => [bytes] };
};

const soundsOf = (set: StoredSet, loops: readonly TrackLoop[], passes: number): readonly ZipEntry[] => {
  const { rate, bpm, beatsPerBar } = set;
  const grid: Grid = { rate, bpm, beatsPerBar, origin: 0 };
  const each = loops.map((loop) =>
    wavEntry(`loops/track-${loop.track}.wav`, rate, framesBetween(grid, 0, loop.beats), () => onePass(loop, grid)),
  );
  const frames = mixFrames(loops, grid, passes);
  return [
    ...each,
    ...(frames > 0 ? [wavEntry('mix.wav', rate, frames, () => mixdown(loops, grid, frames))] : []),
    textEntry('set.json', manifestText(set)),
  ];
};

/** Writes a set as a ZIP of WAV files: each loop, their mix, the tape. Throws `UserError`; then nothing is left behind. Gives the names in it. */
export const exportSet = async (request: ExportRequest): Promise<readonly string[]> => {
  const { folder, name, output, onProgress } = request;
  const set = storedSet(folder, name);
  const loops = (set?.tracks ?? []).map(({ track, loop }): TrackLoop => {
    const { samples } = storedSound(folder, loop.sound);
    return { track, samples, leadFrames: loop.leadFrames, beats: loop.beats };
  });
  if (loops.length === 0 && request.tape === undefined) {
    throw new UserError('set-empty', 'there are no loops to be exported; play some, or add --tape');
  }
  const entries = [
    ...(set === undefined ? [] : soundsOf(set, loops, request.passes)),
    ...(request.tape === undefined ? [] : [tapeEntry(request.tape)]),
  ];
  const all = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  await writeZip(output, entries, (bytes) => onProgress(Math.min(1, bytes / all)));
  return entries.map((entry) => entry.name);
};
