import { z } from 'zod';
import type { SessionCommand } from '../core/session/command.ts';
import { mistakesOf, parseJson } from './mistakes.ts';

/** The seed's protocol: what a front end of the seed sends and understands. Keys that are not known are passed over, as the seed does. */
export const seedVersion = 0;

/** From 0, as tracks count on this wire. */
const track = z.number().int().min(0);

const seedMessageSchema = z.discriminatedUnion('event', [
  z.object({ event: z.enum(['initialize', 'calibrate', 'reset']) }),
  z.object({ event: z.literal('set_bpm'), bpm: z.number() }),
  z.object({ event: z.literal('backloop'), track, bars_to_record: z.number().int() }),
  z.object({ event: z.enum(['start', 'stop']), track }),
  z.object({ event: z.literal('clicktrack_volume'), volume: z.number() }),
  z.object({ event: z.literal('latency'), latency_seconds: z.number() }),
]);

type SeedMessage = z.output<typeof seedMessageSchema>;

/** What a front end of the seed wants: to be told of all there is, something done, or nothing that can be understood. */
export type SeedWish =
  | { readonly type: 'initialize' }
  | { readonly type: 'command'; readonly command: SessionCommand }
  | { readonly type: 'mistake'; readonly message: string };

export const notJson = 'Cannot decode JSON';
export const unknownEvent = 'Unknown event type';

/** What a message calls itself, to say which one is wrong. */
const eventOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'event' in value ? String(value.event) : '';

const isUnknown = ({ issues }: z.ZodError): boolean =>
  issues.some(({ path }) => path.length === 0 || path[0] === 'event');

const mistake = (message: string): SeedWish => ({ type: 'mistake', message });
const wanted = (command: SessionCommand): SeedWish => ({ type: 'command', command });

const wishOf = (message: SeedMessage, rate: number): SeedWish => {
  switch (message.event) {
    case 'initialize':
      return { type: 'initialize' };
    case 'calibrate':
    case 'reset':
      return wanted({ type: message.event });
    case 'set_bpm':
      return wanted({ type: 'setBpm', bpm: message.bpm });
    case 'backloop':
      return wanted({ type: 'record', track: message.track + 1, bars: message.bars_to_record });
    case 'start':
    case 'stop':
      return wanted({ type: message.event, track: message.track + 1 });
    case 'clicktrack_volume':
      return wanted({ type: 'setClickVolume', volume: Math.min(1, Math.max(0, message.volume)) });
    case 'latency':
      return wanted({ type: 'setLatency', frames: Math.round(message.latency_seconds * rate) });
  }
};

/** Reads what a front end of the seed sent, to a session of some tracks at a rate. Pure. */
export const readSeedMessage = (text: string, tracks: number, rate: number): SeedWish => {
  const value = parseJson(text);
  if (value === undefined) return mistake(notJson);
  const read = seedMessageSchema.safeParse(value);
  if (!read.success)
    return mistake(isUnknown(read.error) ? unknownEvent : `${eventOf(value)}: ${mistakesOf(read.error)}`);
  if ('track' in read.data && read.data.track >= tracks) {
    return mistake(`${read.data.event}: there is no track ${read.data.track}; tracks are 0 to ${tracks - 1}`);
  }
  return wishOf(read.data, rate);
};

/** A track on this wire: timestamps in seconds, null where there is no loop. */
export type SeedTrack = {
  readonly track_id: number;
  readonly start_timestamp: number | null;
  readonly end_timestamp: number | null;
  readonly state: string;
};

/** What a front end of the seed is told. `figure` is a PNG in base64. */
export type SeedNews =
  | { readonly event: 'tempo'; readonly beat: number }
  | { readonly event: 'bpm'; readonly bpm: number }
  | { readonly event: 'tracks'; readonly tracks: readonly SeedTrack[] }
  | { readonly event: 'clicktrack_volume'; readonly volume: number }
  | { readonly event: 'latency'; readonly latency_seconds: number }
  | {
      readonly event: 'major_version';
      readonly message: typeof seedVersion;
      readonly using_automatic_latency_correction: boolean;
    }
  | { readonly event: 'calibration_result'; readonly message: 'SUCCESS' | 'FAIL'; readonly figure: string }
  | { readonly event: 'error'; readonly message: string };
