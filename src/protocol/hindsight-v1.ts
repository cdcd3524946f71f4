import { z } from 'zod';
import { healthSchema, warningSchema } from './health-v1.ts';
import { sessionCommandSchema } from './session-command.ts';
import { mostHz, protocolVersion } from './versions.ts';

export { protocolVersion, subProtocol } from './versions.ts';

const frame = z.number().int();
const text = z.string();

const loopSchema = z.strictObject({
  /** Unique for as long as the looper runs. */
  id: z.number().int(),
  beats: z.number().int().positive(),
  /** The span of the grid that it was cut from. */
  startFrame: frame,
  endFrame: frame,
  /** A beat, counted from the grid's origin, on which a pass begins, while it sounds or is about to; else null. */
  passBeat: z.number().int().nullable(),
  latencyFrames: frame,
  nudgeFrames: frame,
  /** Frames of its sound that the driver lost. */
  lostFrames: frame,
  /** Where its sound is: still coming off the tape, on its way from the disk or a file, or all here, so that it can be drawn. */
  sound: z.enum(['tape', 'disk', 'file', 'here']),
});

export const trackSchema = z.strictObject({
  /** From 1. */
  id: z.number().int().positive(),
  state: z.enum(['EMPTY', 'TRIGGERED', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED']),
  /** What a TRIGGERED track waits for; else null. */
  waitsFor: z.enum(['capture', 'start', 'read']).nullable(),
  loop: loopSchema.nullable(),
});

/** Something that happened, in a sentence. */
export const wordSchema = z.strictObject({
  frame,
  level: z.enum(['info', 'warn']),
  text,
  /** Of a refusal or a failure: stable, the text is not. */
  code: text.nullable(),
  track: z.number().int().nullable(),
});

const deed = z.enum(['capture', 'clear', 'reset', 'retake', 'import']);

export const stateSchema = z.strictObject({
  /** Frames in a second. */
  rate: z.number().int(),
  /** Beat k lies at frame originFrame + round(k * 60 * rate / bpm). */
  grid: z.strictObject({ bpm: z.number(), beatsPerBar: z.number().int(), originFrame: frame }),
  /** Bars that a stomp captures. */
  bars: z.number().int(),
  /** The beat that sounds: bar and beat count from 0. */
  pulse: z.strictObject({ bar: z.number().int(), beat: z.number().int() }),
  click: z.strictObject({ volume: z.number(), muted: z.boolean() }),
  latency: z.strictObject({ frames: frame, source: z.enum(['none', 'manual', 'measured']) }),
  calibration: z.strictObject({
    phase: z.enum(['idle', 'sounding', 'weighing']),
    last: z.enum(['succeeded', 'failed']).nullable(),
    /** Counts the pictures that were made: another number, another picture at /api/calibration.svg. 0: there is none. */
    picture: z.number().int(),
  }),
  interface: z.strictObject({
    state: z.enum(['here', 'away']),
    /** Its name; null where none was there yet. */
    title: text.nullable(),
    blockFrames: z.number().int(),
    queueBlocks: z.number().int(),
  }),
  tracks: z.array(trackSchema),
  /** The track touched last. */
  touched: z.number().int(),
  /** What undo would take back, and redo do again; null for nothing. */
  undo: deed.nullable(),
  redo: deed.nullable(),
  set: z.strictObject({
    name: text.nullable(),
    /** A set that is on its way in; null where none is. */
    incoming: z.strictObject({ name: text.nullable(), phase: z.enum(['reading', 'waiting']) }).nullable(),
  }),
  storage: z.strictObject({ state: z.enum(['well', 'trouble']), code: text.nullable(), reason: text.nullable() }),
  /** Frames of stereo sound: how far the tape reaches back, what loops and undo may hold, what they do hold. */
  memory: z.strictObject({ tapeFrames: frame, budgetFrames: frame, usedFrames: frame }),
  /** What is not well, the worst first. */
  warnings: z.array(warningSchema),
  /** What happened last. */
  word: wordSchema.nullable(),
});

/** What is sent in a stream, to those who watch it, and is left out when they are slow. */
export const topics = ['position', 'levels', 'lamps', 'monitor', 'health'] as const;

const id = z.union([z.string().max(64), z.number().int()]);
const setName = z.string().max(512);

const setsQuestionSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['list', 'bin', 'new']) }),
  z.strictObject({ act: z.literal('save'), name: setName.exactOptional() }),
  z.strictObject({ act: z.enum(['load', 'delete']), name: setName }),
  z.strictObject({ act: z.literal('rename'), name: setName, to: setName }),
  z.strictObject({ act: z.literal('recover'), place: z.number().int(), name: setName.exactOptional() }),
]);

/** What a client sends. Whatever has an `id` is answered with it. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  /** `frame`: at which frame the player meant it. What was meant more than a second ago is refused; left out it is what is heard now. */
  z.strictObject({
    type: z.literal('command'),
    id,
    command: sessionCommandSchema,
    frame: frame.exactOptional(),
  }),
  /** Which topics to get from now on, in place of those before, and how often at most those that go on by themselves. */
  z.strictObject({
    type: z.literal('watch'),
    topics: z.array(z.enum(topics)).max(topics.length),
    hz: z.number().min(1).max(mostHz).exactOptional(),
  }),
  /** A snapshot, please. */
  z.strictObject({ type: z.literal('resync') }),
  z.strictObject({ type: z.literal('sets'), id, question: setsQuestionSchema }),
  /** How a loop looks. */
  z.strictObject({ type: z.literal('waveform'), id, loop: z.number().int() }),
]);

/** What is posted to /api/command; see the message `command`. */
export const commandRequestSchema = z.strictObject({ command: sessionCommandSchema, frame: frame.exactOptional() });

/** The `id` of a message that is wrong elsewhere, so that its sender knows which one it was; else null. */
export const idIn = (value: unknown): MessageId | null => {
  const read = z.object({ id }).safeParse(value);
  return read.success ? read.data.id : null;
};

const setViewSchema = z.strictObject({
  name: text,
  bpm: z.number(),
  beatsPerBar: z.number().int(),
  tracks: z.number().int(),
  seconds: z.number(),
  bytes: z.number(),
});

const lampSchema = z.strictObject({
  /** The control, or the lamp where it is none's. */
  id: text,
  /** A colour, `on`, `off` or `dim-` and a colour. */
  shade: text,
  /** Whether the device itself blinks or pulses it. */
  by: z.enum(['steady', 'blink', 'pulse']),
});

export const controllerSchema = z.strictObject({
  name: text,
  title: text,
  connected: z.boolean(),
  /** Why it has the profile that it has. */
  why: text,
  /** From 0. */
  page: z.number().int(),
  /** Rows as they lie on the device, from the top; null is a gap or a control without a lamp. */
  rows: z.array(z.array(lampSchema.nullable())),
});

const pair = z.tuple([z.number(), z.number()]);

/** What the looper sends. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  /** All there is to know: the first message, and the answer to `resync`. Another `run` means the looper was started anew. */
  z.strictObject({
    type: z.literal('snapshot'),
    protocol: z.literal(protocolVersion),
    version: text,
    run: text,
    seq: z.number().int(),
    frame,
    state: stateSchema,
  }),
  /**
   * What is new since `seq - 1`: keys of the state that take the place of what they were, and of `tracks` those that changed. Whoever lacks the
   * one before asks for a snapshot. `said` is all that happened, in order.
   */
  z.strictObject({
    type: z.literal('change'),
    seq: z.number().int(),
    frame,
    state: stateSchema.partial(),
    said: z.array(wordSchema),
  }),
  /** The command was done, or is on its way to be: changes up to `seq` tell of it. */
  z.strictObject({ type: z.literal('done'), id, seq: z.number().int() }),
  z.strictObject({ type: z.literal('refused'), id, code: text, reason: text }),
  /** A message that is none of those above. The connection stays. */
  z.strictObject({ type: z.literal('error'), id: id.nullable(), code: text, reason: text }),
  /** The frame that is heard now. */
  z.strictObject({ type: z.literal('position'), frame }),
  /** The highest samples since the last one, left and right, 1 is full scale. */
  z.strictObject({ type: z.literal('levels'), frame, input: pair, output: pair }),
  z.strictObject({ type: z.literal('lamps'), controllers: z.array(controllerSchema) }),
  /** A line of what controllers send, do and are told. */
  z.strictObject({ type: z.literal('monitor'), line: text }),
  z.strictObject({ type: z.literal('health'), health: healthSchema }),
  /** `sets` answers `list` and `bin`, `lines` all questions. */
  z.strictObject({ type: z.literal('sets'), id, sets: z.array(setViewSchema), lines: z.array(text) }),
  /** The highest sample of each of equal parts of the loop, 0 to 255 is full scale. */
  z.strictObject({ type: z.literal('waveform'), id, loop: z.number().int(), peaks: z.array(z.number().int()) }),
]);

type Immutable<Value> = Value extends object ? { readonly [Key in keyof Value]: Immutable<Value[Key]> } : Value;
type Read<Schema extends z.ZodType> = Immutable<z.output<Schema>>;

export type StateView = Read<typeof stateSchema>;
export type TrackPicture = Read<typeof trackSchema>;
export type Word = Read<typeof wordSchema>;
export type ControllerPicture = Read<typeof controllerSchema>;
export type Health = Read<typeof healthSchema>;
export type Topic = (typeof topics)[number];
export type ClientMessage = Read<typeof clientMessageSchema>;
type Served = Read<typeof serverMessageSchema>;
export type Snapshot = Extract<Served, { type: 'snapshot' }>;
/** A key that is not there is one that has not changed. */
export type Change = Omit<Extract<Served, { type: 'change' }>, 'state'> & { readonly state: Partial<StateView> };
export type ServerMessage = Exclude<Served, { type: 'change' }> | Change;
/** What is streamed on a topic. */
export type Streamed<T extends Topic> = Extract<ServerMessage, { type: T }>;
export type MessageId = z.output<typeof id>;
