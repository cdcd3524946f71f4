import type { SoundCommand } from '../core/sound/command.ts';
import type { SoundFact } from '../core/sound/fact.ts';
import type { Grid } from '../core/time/grid.ts';
import type { Frame, Rate } from '../core/time/units.ts';

/** A channel pair of the interface, counted from 0; both the same for a single channel. */
export type Pair = readonly [left: number, right: number];

/** What the engine is built with. It stays as it is until the engine is built anew. */
export type EngineOptions = {
  readonly grid: Grid;
  readonly tapeFrames: Frame;
  /** What all loops together may hold. */
  readonly loopFrames: Frame;
  readonly tracks: number;
  readonly click: { readonly volume: number; readonly muted: boolean };
  readonly inputs: { readonly channels: number; readonly pair: Pair };
  readonly outputs: {
    readonly channels: number;
    readonly loops: Pair;
    readonly click: Pair;
    /** Where the dry input is sent to; undefined sends it nowhere. */
    readonly monitor: Pair | undefined;
  };
};

/** The most frames that `process` takes at once. */
export const maxBlockFrames = 4096;

/** Which device is to be opened. Rate and block size are the engine's for as long as it lives. */
export type DeviceRequest =
  | {
      readonly kind: 'naudiodon';
      /** How PortAudio's name of each side ends: `(hw:1,0)`. Its numbers change with every plug. */
      readonly input: string;
      readonly output: string;
      /** The channels that the interface has: a side of one is made to fit. */
      readonly inputsThere: number;
      readonly outputsThere: number;
    }
  | {
      readonly kind: 'simulated';
      readonly player: SharedArrayBuffer;
      readonly cableFrames: number | undefined;
    };

/** How the engine meets a device. */
export type Blocks = { readonly rate: Rate; readonly blockFrames: number; readonly queueBlocks: number };

/**
 * What the worker is started with. `clock`, `figures`, `levels` and `mix` are written by it; `loops` is the memory of all loops,
 * which comes in pieces with commands.
 */
export type WorkerStart = {
  readonly engine: EngineOptions;
  readonly loops: Float32Array;
  readonly blocks: Blocks;
  readonly clock: SharedArrayBuffer;
  readonly figures: SharedArrayBuffer;
  readonly levels: SharedArrayBuffer;
  readonly mix: SharedArrayBuffer;
};

export type ToWorker =
  /** With the pieces of memory of the loop that the command brings; undefined where it brings none, or none is left. */
  | { readonly type: 'command'; readonly command: SoundCommand; readonly pieces: Int32Array | undefined }
  /** Opens a device, which is answered by `flowing` or `failed`. Until it flows time goes on as it did. */
  | { readonly type: 'open'; readonly device: DeviceRequest }
  /** There is no device: time goes on by the clock. Answered by `waiting`, after the fact that says so. */
  | { readonly type: 'wait' }
  | { readonly type: 'stop' };

export type FromWorker =
  /** The code is warm, the memory had. */
  | { readonly type: 'ready'; readonly tape: SharedArrayBuffer }
  /** Sound flows: the device's first block has been processed. With the threads that it hangs on, by the system's ids. */
  | { readonly type: 'flowing'; readonly threads: readonly number[] }
  /** The device could not be opened, or gives no sound. Nothing of it is open. */
  | { readonly type: 'failed'; readonly reason: string }
  /** The device that flowed is gone, and let go of. */
  | { readonly type: 'lost'; readonly reason: string }
  /** The device runs at another rate than it was asked for. */
  | { readonly type: 'offRate'; readonly rate: Rate }
  | { readonly type: 'waiting' }
  | { readonly type: 'facts'; readonly facts: readonly SoundFact[] }
  | { readonly type: 'stopped' };
