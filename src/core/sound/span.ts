import { framesBetween } from '../time/grid.ts';
import type { Frame, Rate } from '../time/units.ts';
import type { Capture } from './command.ts';

/** The length of the blend at a loop's end into what was played before its start (seed-contract: 25 ms). */
export const seamFrames = (rate: Rate): Frame => Math.round(rate * 0.025);

/** Stereo, 32-bit floats: what a frame of tape or loop takes. */
export const bytesPerFrame = 8;

/** Loops take memory in pieces of this many frames. A power of two. */
export const pieceFrames = 4096;

/** The frames of a loop: its span and the lead-in that the seam blends into. */
export const loopFrames = (capture: Pick<Capture, 'grid' | 'startBeat' | 'endBeat'>): Frame =>
  seamFrames(capture.grid.rate) + framesBetween(capture.grid, capture.startBeat, capture.endBeat);

/** The frames of memory that a loop takes: its own, in whole pieces. */
export const loopMemoryFrames = (capture: Pick<Capture, 'grid' | 'startBeat' | 'endBeat'>): Frame =>
  Math.ceil(loopFrames(capture) / pieceFrames) * pieceFrames;
