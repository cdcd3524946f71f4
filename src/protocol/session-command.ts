import { z } from 'zod';
import type { SessionCommand } from '../core/session/command.ts';

const int = z.number().int();
const at = z.enum(['now', 'bar']).exactOptional();
const name = z.string().max(512);

/** A command as it comes from outside: its shape. Ranges are the session's to check, which refuses with what is allowed. */
export const sessionCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['stomp', 'start', 'stop']), track: int }),
  z.strictObject({ type: z.literal('record'), track: int, bars: int.exactOptional() }),
  z.strictObject({ type: z.literal('clear'), track: int, at }),
  z.strictObject({ type: z.enum(['reset', 'tap', 'cancelCalibration', 'newSet']) }),
  z.strictObject({ type: z.enum(['undo', 'redo']), at }),
  z.strictObject({
    type: z.literal('retake'),
    track: int.exactOptional(),
    at,
    moreBars: z.number().exactOptional(),
    laterBars: z.number().exactOptional(),
    laterBeats: z.number().exactOptional(),
    laterMs: z.number().exactOptional(),
  }),
  z.strictObject({ type: z.literal('setBpm'), bpm: z.number() }),
  z.strictObject({ type: z.literal('setBeatsPerBar'), beatsPerBar: z.number() }),
  z.strictObject({ type: z.literal('setBars'), bars: z.number() }),
  z.strictObject({ type: z.literal('setClickVolume'), volume: z.number() }),
  z.strictObject({ type: z.enum(['changeBpm', 'changeBars', 'changeClickVolume']), by: z.number() }),
  z.strictObject({ type: z.literal('muteClick'), muted: z.boolean().exactOptional() }),
  z.strictObject({ type: z.literal('setLatency'), frames: z.number() }),
  z.strictObject({
    type: z.literal('calibrate'),
    mute: z.boolean().exactOptional(),
    toggle: z.boolean().exactOptional(),
  }),
  z.strictObject({
    type: z.literal('loadSet'),
    name: name.exactOptional(),
    place: int.exactOptional(),
    by: int.exactOptional(),
  }),
  z.strictObject({ type: z.literal('saveSet'), name: name.exactOptional() }),
]) satisfies z.ZodType<SessionCommand>;
