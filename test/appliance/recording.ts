/** What `arecord` has taken: interleaved 32-bit floats. */
export type Recording = { readonly channels: number; readonly frames: number; readonly samples: Float32Array };

/** Reads arecord's WAV of 32-bit floats; its `data` chunk runs to the end of the file. */
export const readRecording = (bytes: Buffer): Recording => {
  const channels = bytes.readUInt16LE(22);
  const dataStart = bytes.indexOf('data') + 8;
  const data = bytes.subarray(dataStart, dataStart + Math.floor((bytes.length - dataStart) / 4) * 4);
  const samples = new Float32Array(new Uint8Array(data).buffer);
  return { channels, frames: Math.floor(samples.length / channels), samples };
};

export const sampleAt = ({ channels, samples }: Recording, frame: number, channel: number): number =>
  samples[frame * channels + channel] ?? Number.NaN;

/** The first frame from `from` on where a channel is not silent. */
export const onset = (recording: Recording, channel: number, from = 0): number => {
  for (let frame = from; frame < recording.frames; frame += 1) {
    if (sampleAt(recording, frame, channel) !== 0) return frame;
  }
  return -1;
};
