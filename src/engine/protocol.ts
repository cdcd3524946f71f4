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

/** How the device was chosen and what plays on it. */
export type DeviceRequest =
  | {
      readonly kind: 'naudiodon';
      readonly inputId: number;
      readonly outputId: number;
      readonly rate: Rate;
      readonly blockFrames: number;
    }
  | {
      readonly kind: 'simulated';
      readonly rate: Rate;
      readonly blockFrames: number;
      readonly player: SharedArrayBuffer;
    };

/** What the worker is started with. */
export type WorkerStart = {
  readonly engine: EngineOptions;
  readonly device: DeviceRequest;
  readonly clock: SharedArrayBuffer;
};

export type ToWorker = { readonly type: 'command'; readonly command: SoundCommand } | { readonly type: 'stop' };

export type FromWorker =
  /** Sound flows: the first block has been processed. */
  | { readonly type: 'flowing' }
  | { readonly type: 'facts'; readonly facts: readonly SoundFact[] }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'stopped' };
