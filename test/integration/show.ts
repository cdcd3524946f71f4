import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { type SmfEvent, smf } from '../adapters/files/smf.ts';
import { type WavSpec, wavBytes } from '../adapters/files/wav-bytes.ts';
import { hindsight } from './program.ts';

export type Message = { readonly frame: number; readonly bytes: readonly number[] };

/** Each sample says which one it is: exact in 32-bit floats, also as the sum of eight. */
export const coded = (frame: number, side: 0 | 1): number =>
  frame < 0 ? 0 : side === 0 ? (frame + 1) / 2 ** 24 : -(frame + 1) / 2 ** 24 - 0.0625;

export const press = (note: number, velocity = 100): readonly number[] => [0x90, note, velocity];
export const stomp = (frame: number, track: number): Message => ({ frame, bytes: press(35 + track) });
export const reset = (frame: number): Message => ({ frame, bytes: press(44) });

/** A MIDI file in which one tick is one frame. */
export const midiAt = (rate: number, messages: readonly Message[]): Uint8Array => {
  const events: readonly SmfEvent[] = messages.map(({ frame, bytes }) => ({ tick: frame, bytes }));
  const fast = rate > 48_000;
  const tempos = [{ tick: 0, microsPerBeat: fast ? 250_000 : 500_000 }];
  return smf(events, { ticksPerBeat: fast ? rate / 4 : rate / 2, tempos });
};

export const codedInput = (rate: number, frames: number): WavSpec => ({
  format: 'float32',
  rate,
  channels: 2,
  samples: Float32Array.from({ length: frames * 2 }, (_, at) => coded(at >> 1, at % 2 === 0 ? 0 : 1)),
});

export type TrackLine = {
  readonly frame: number;
  readonly type: 'track';
  readonly track: number;
  readonly state: string;
  readonly startFrame?: number;
  readonly endFrame?: number;
};
export type BeatLine = { readonly frame: number; readonly type: 'beat'; readonly bar: number; readonly beat: number };
export type LampLine = {
  readonly frame: number;
  readonly type: 'lamp';
  readonly controller: string;
  readonly bytes: readonly number[];
};
export type RefusedLine = {
  readonly frame: number;
  readonly type: 'refused';
  readonly code: string;
  readonly reason: string;
};
export type ClipLine = { readonly frame: number; readonly type: 'clip' };
/** What only a live rig tells. */
type LiveLine =
  | { readonly type: 'interface'; readonly frame: number; readonly state: 'lost' | 'back' }
  | { readonly type: 'calibration'; readonly frame: number; readonly phase: string }
  | { readonly type: 'kept'; readonly frame: number; readonly tracks: readonly number[] }
  | { readonly type: 'set'; readonly frame: number; readonly phase: string; readonly name: string | null }
  | { readonly type: 'storage'; readonly frame: number; readonly state: string; readonly code?: string };
export type Line = TrackLine | BeatLine | LampLine | RefusedLine | ClipLine | LiveLine;

/** The lines of one type, in order. */
export const ofType = <Type extends Line['type']>(lines: readonly Line[], type: Type) =>
  lines.filter((line): line is Extract<Line, { type: Type }> => line.type === type);

export type Sound = { readonly rate: number; readonly frames: number; readonly samples: Float32Array };

/** Reads what `render` promises to write, and nothing else: 32-bit float, stereo. */
export const readOutput = (path: string): Sound => {
  const bytes = readFileSync(path);
  const text = (at: number) => bytes.toString('latin1', at, at + 4);
  if (text(0) !== 'RIFF' || text(8) !== 'WAVE' || bytes.readUInt32LE(4) !== bytes.length - 8) throw new Error('no WAV');
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < bytes.length; at += 8 + bytes.readUInt32LE(at + 4)) {
    chunks.set(text(at), bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4)));
  }
  const [format, data] = [chunks.get('fmt '), chunks.get('data')];
  if (format === undefined || data === undefined) throw new Error('no format or no data');
  const kind = { tag: format.readUInt16LE(0), channels: format.readUInt16LE(2), bits: format.readUInt16LE(14) };
  expect(kind).toEqual({ tag: 3, channels: 2, bits: 32 });
  // Copied, since a view of floats must start at a multiple of 4; little-endian, as all machines that this runs on.
  const samples = new Float32Array(Uint8Array.from(data).buffer);
  return { rate: format.readUInt32LE(4), frames: samples.length / 2, samples };
};

export type Show = {
  readonly frames: number;
  readonly messages: readonly Message[];
  /** Default 48000. */
  readonly rate?: number;
  /** Instead of a coded stereo file of floats. */
  readonly input?: WavSpec;
  /** Instead of a file of the messages. */
  readonly midi?: Uint8Array;
  /** Config sections, over a click volume of 0. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly options?: readonly string[];
};

export type Played = { readonly sound: Sound; readonly lines: readonly Line[]; readonly hash: string };

/** A folder with the files of shows, and the program to render them. */
export class Stage {
  readonly files: Scratch = scratch();

  /** Writes the files of a show; the arguments to render it. */
  prepare({ frames, messages, rate = 48_000, input, midi, config, options = [] }: Show): readonly string[] {
    const put = (name: string, content: Uint8Array | string) => this.files.put(name, content);
    return [
      ...['render', '--input', put('in.wav', wavBytes(input ?? codedInput(rate, frames)))],
      ...['--midi', put('stomps.mid', midi ?? midiAt(rate, messages))],
      ...['--output', this.files.path('out.wav'), '--events', this.files.path('events.jsonl')],
      // JSON is YAML.
      ...['--config', put('rig.yaml', JSON.stringify({ click: { volume: 0 }, ...config }))],
      ...options,
    ];
  }

  /** Renders a show, which must succeed. */
  async play(show: Show): Promise<Played> {
    const ended = await hindsight(...this.prepare(show));
    expect(ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    return this.played();
  }

  played(): Played {
    const [output, events] = [this.files.path('out.wav'), this.files.path('events.jsonl')];
    const text = readFileSync(events, 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    const lines = text.trimEnd().split('\n');
    const hash = createHash('sha256').update(readFileSync(output)).update(text).digest('hex');
    return { sound: readOutput(output), lines: lines.map((line) => JSON.parse(line) as Line), hash };
  }

  remove(): void {
    this.files.remove();
  }
}

/**
 * Renders the shows of a test file, on one stage that is gone after the last of them; a show's own config section
 * replaces these settings of the session. To be called at the top of the file.
 */
export const renderer = (session: Readonly<Record<string, unknown>> = {}): ((show: Show) => Promise<Played>) => {
  let stage: Stage;
  beforeAll(() => {
    stage = new Stage();
  });
  afterAll(() => stage.remove());
  return (show) => stage.play({ ...show, config: { session, ...show.config } });
};
