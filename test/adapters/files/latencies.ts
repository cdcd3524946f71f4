import type { KeptLatency, RigKey } from '../../../src/ports/latency-store.ts';

export const at = '2026-05-01T20:15:00.000Z';

export const key = (other: Partial<RigKey> = {}): RigKey => ({
  input: 'usb:1235:8210:Y8ABC,0',
  output: 'usb:1235:8210:Y8ABC,0',
  rate: 48_000,
  blockFrames: 256,
  queueBlocks: 2,
  inputChannels: [1, 2],
  outputChannels: [1, 2],
  ...other,
});

export const latency = (frames: number, source: KeptLatency['source'] = 'measured'): KeptLatency => ({
  source,
  frames,
  at,
});
