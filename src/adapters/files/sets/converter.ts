import type { Rate } from '../../../core/time/units.ts';

/** Converts a rate piece by piece. The first frame given stays the first; the last ones come once enough was given after them. */
export type Converter = { convert(samples: Float32Array): Float32Array; destroy(): void };

const channels = 2;

/**
 * libsamplerate's best sinc converter (Erik de Castro Lopo; 144 dB), compiled to WebAssembly. Loaded only when it is needed: it takes 50 ms, and
 * sets are seldom of another rate. About ten times faster than the music on a build machine.
 */
export const openConverter = async (from: Rate, to: Rate): Promise<Converter> => {
  const { default: library } = await import('@alexanderolsen/libsamplerate-js');
  const converterType = library.ConverterType.SRC_SINC_BEST_QUALITY;
  const converter = await library.create(channels, from, to, { converterType });
  return { convert: (samples) => converter.full(samples), destroy: () => converter.destroy() };
};
