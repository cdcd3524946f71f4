import { LevelMeter, SharedLevels } from '../../src/engine/levels.ts';
import { MixOutlet } from '../../src/engine/mix-outlet.ts';
import { MixTap, SharedMix } from '../../src/engine/mix-tap.ts';
import type { EngineOptions } from '../../src/engine/protocol.ts';

/** Levels and mix of an engine's blocks, for a deck, and where they are read. */
export const outlookOf = (options: Pick<EngineOptions, 'inputs' | 'outputs'>, rate = 48_000) => {
  const peaks = new SharedLevels(new SharedArrayBuffer(SharedLevels.bytes));
  const shared = new SharedMix(new SharedArrayBuffer(SharedMix.bytes(rate)));
  return {
    parts: { levels: new LevelMeter(peaks, options), mix: new MixTap(shared, options.outputs) },
    peaks,
    outlet: new MixOutlet(shared),
  };
};
