import { framesBetween } from '../time/grid.ts';
import type { Frame, Rate } from '../time/units.ts';
import type { Cut } from './command.ts';

/** The length of the blend at a loop's end into what was played before its start (seed-contract: 25 ms). */
export const seamFrames = (rate: Rate): Frame => Math.round(rate * 0.025);

/** Stereo, 32-bit floats: what a frame of tape or loop takes. */
export const bytesPerFrame = 8;

/** Loops take memory in pieces of this many frames. A power of two. */
export const pieceFrames = 4096;

/** The frames of a loop that is cut: its span and the lead-in that the seam blends into. */
export const loopFrames = (cut: Pick<Cut, 'grid' | 'startBeat' | 'endBeat'>): Frame =>
  seamFrames(cut.grid.rate) + framesBetween(cut.grid, cut.startBeat, cut.endBeat);

/** The frames of memory that `frames` frames take: whole pieces. */
export const memoryFrames = (frames: Frame): Frame => Math.ceil(frames / pieceFrames) * pieceFrames;
