import { frameOfBeat, type Grid, type Position, positionAt } from '../../core/time/grid.ts';
import type { Frame } from '../../core/time/units.ts';
import type { StateView } from '../../protocol/hindsight-v1.ts';

/** All that is drawn at a frame follows from this, once for each picture on the screen. */
export type Moment = {
  readonly frame: Frame;
  readonly grid: Grid;
  readonly position: Position;
  /** The first half of a beat, in which a blinking lamp is on. */
  readonly lit: boolean;
};

export const gridOf = ({ rate, grid }: Pick<StateView, 'rate' | 'grid'>): Grid => ({
  rate,
  bpm: grid.bpm,
  beatsPerBar: grid.beatsPerBar,
  origin: grid.originFrame,
});

export const momentAt = (grid: Grid, frame: Frame): Moment => {
  const position = positionAt(grid, frame);
  const start = frameOfBeat(grid, position.beat);
  const end = frameOfBeat(grid, position.beat + 1);
  return { frame, grid, position, lit: (frame - start) * 2 < end - start };
};
