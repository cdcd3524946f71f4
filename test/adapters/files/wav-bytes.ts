export type WavSampleFormat = 'int16' | 'int24' | 'int32' | 'float32';

export type WavSpec = {
  readonly format: WavSampleFormat;
  readonly rate: number;
  readonly channels: number;
  /** Interleaved, -1 <= sample < 1; integers are `round(sample * 2^(bits - 1))`, so multiples of 2^-(bits - 1) are exact. */
  readonly samples: ArrayLike<number>;
  /** WAVE_FORMAT_EXTENSIBLE instead of a plain format chunk. */
  readonly extensible?: boolean;
  /** RF64 with a `ds64` chunk; the 32-bit sizes are all ones. */
  readonly rf64?: boolean;
  /** Chunks before `fmt `, between `fmt ` and `data`, and after `data` (see `chunk`). */
  readonly first?: readonly Uint8Array[];
  readonly middle?: readonly Uint8Array[];
  readonly last?: readonly Uint8Array[];
  /** Lies for the header: the size of the data, of the container, the fields of the format chunk. */
  readonly dataSize?: number;
  readonly riffSize?: number;
  readonly longDataSize?: bigint;
  readonly tag?: number;
  readonly bits?: number;
  readonly frameBytes?: number;
  readonly subFormat?: string;
};

const bitsOf = { int16: 16, int24: 24, int32: 32, float32: 32 } as const;

/** A RIFF chunk: name, size (or the one claimed), content, and a zero byte if the content is odd. */
export const chunk = (id: string, content: Uint8Array, claimedSize = content.length): Uint8Array => {
  const bytes = Buffer.alloc(8 + content.length + (content.length % 2));
  bytes.write(id, 'latin1');
  bytes.writeUInt32LE(claimedSize, 4);
  bytes.set(content, 8);
  return bytes;
};

/** The samples as they lie in a file, little-endian. */
export const sampleBytes = (format: WavSampleFormat, samples: ArrayLike<number>): Uint8Array => {
  const width = bitsOf[format] / 8;
  const bytes = Buffer.alloc(samples.length * width);
  for (let index = 0; index < samples.length; index += 1) {
    const value = samples[index] ?? 0;
    if (format === 'float32') bytes.writeFloatLE(value, index * width);
    else bytes.writeIntLE(Math.round(value * 2 ** (bitsOf[format] - 1)), index * width, width);
  }
  return bytes;
};

/** A `fmt ` chunk of 16 bytes, or of 40 if extensible. */
export const formatChunk = (spec: Omit<WavSpec, 'samples'>): Uint8Array => {
  const bits = spec.bits ?? bitsOf[spec.format];
  const frameBytes = spec.frameBytes ?? spec.channels * Math.ceil(bits / 8);
  const tag = spec.tag ?? (spec.format === 'float32' ? 3 : 1);
  const bytes = Buffer.alloc(spec.extensible ? 40 : 16);
  bytes.writeUInt16LE(spec.extensible ? 0xfffe : tag, 0);
  bytes.writeUInt16LE(spec.channels, 2);
  bytes.writeUInt32LE(spec.rate, 4);
  bytes.writeUInt32LE((spec.rate * frameBytes) >>> 0, 8);
  bytes.writeUInt16LE(frameBytes, 12);
  bytes.writeUInt16LE(bits, 14);
  if (spec.extensible) {
    bytes.writeUInt16LE(22, 16);
    bytes.writeUInt16LE(bits, 18);
    bytes.writeUInt16LE(tag, 24);
    bytes.write(spec.subFormat ?? '000000001000800000aa00389b71', 26, 'hex');
  }
  return chunk('fmt ', bytes);
};

/** A container around chunks: RIFF unless told, its size true unless told. */
export const riff = (chunks: readonly Uint8Array[], id = 'RIFF', size?: number): Uint8Array => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return chunk(id, body, size ?? body.length);
};

/** The bytes of a WAV file: well formed unless the spec lies. */
export const wavBytes = (spec: WavSpec): Uint8Array => {
  const samples = sampleBytes(spec.format, spec.samples);
  const data = chunk('data', samples, spec.dataSize ?? (spec.rf64 ? 0xffff_ffff : samples.length));
  const ds64 = Buffer.alloc(28);
  ds64.writeBigUInt64LE(spec.longDataSize ?? BigInt(samples.length), 8);
  const chunks = [...(spec.first ?? []), formatChunk(spec), ...(spec.middle ?? []), data, ...(spec.last ?? [])];
  return spec.rf64 ? riff([chunk('ds64', ds64), ...chunks], 'RF64', 0xffff_ffff) : riff(chunks, 'RIFF', spec.riffSize);
};
