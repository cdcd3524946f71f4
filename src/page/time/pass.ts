import { beatAt, frameOfBeat } from '../../core/time/grid.ts';
import type { Beat, Frame } from '../../core/time/units.ts';
import type { TrackPicture } from '../../protocol/hindsight-v1.ts';
import type { Moment } from './moment.ts';

/** From one frame to another; a pass is followed by the next one, which is as long. */
export type Span = { readonly from: Frame; readonly to: Frame; readonly repeats: boolean };

/**
 * How far a track is: what its ring fills up in, and the number on its pad. `pass`: bars that its pass still runs; `wait`: beats until it does what
 * it is about to do; `length`: the bars that it has.
 */
export type Going = {
  readonly kind: 'pass' | 'wait' | 'length';
  readonly left: number;
  readonly unit: 'bar' | 'beat';
  readonly ring: Span | null;
  /** The pass that is heard; null while none is. */
  readonly heard: Span | null;
};

type Pass = { readonly from: Beat; readonly to: Beat };

/** The pass in which a beat lies, of a loop of which one begins on `passBeat`. */
export const passAt = (passBeat: Beat, beats: Beat, beat: Beat): Pass => {
  const from = passBeat + Math.floor((beat - passBeat) / beats) * beats;
  return { from, to: from + beats };
};

/** The bar in which the moment lies. */
export const barSpan = ({ grid, position }: Moment): Span => ({
  from: frameOfBeat(grid, position.barBeat),
  to: frameOfBeat(grid, position.barBeat + grid.beatsPerBar),
  repeats: true,
});

const waiting = ({ grid, position }: Moment, to: Beat, heard: Span | null): Going => ({
  kind: 'wait',
  left: Math.max(0, to - position.beat),
  unit: 'beat',
  ring: { from: frameOfBeat(grid, to - grid.beatsPerBar), to: frameOfBeat(grid, to), repeats: false },
  heard,
});

/** Up to the end of what is captured: the ring fills as the loop does. */
const capturing = ({ grid, position }: Moment, from: Frame, to: Frame): Going => ({
  kind: 'wait',
  left: Math.max(0, beatAt(grid, to) - position.beat),
  unit: 'beat',
  ring: { from, to, repeats: false },
  heard: null,
});

/** How far a track is at a moment; undefined where there is nothing to count. Pure. */
export const goingOf = (track: TrackPicture, moment: Moment): Going | undefined => {
  const { loop, state } = track;
  if (loop === null || state === 'EMPTY') return undefined;
  const { grid, position } = moment;
  const { beatsPerBar } = grid;
  const left = Math.ceil(loop.beats / beatsPerBar);
  const length: Going = { kind: 'length', left, unit: 'bar', ring: null, heard: null };
  const pass = loop.passBeat === null ? undefined : passAt(loop.passBeat, loop.beats, position.beat);
  const heard: Span | null =
    pass === undefined ? null : { from: frameOfBeat(grid, pass.from), to: frameOfBeat(grid, pass.to), repeats: true };
  switch (state) {
    case 'STOPPED':
      return length;
    case 'RECORDING':
      return capturing(moment, loop.startFrame, loop.endFrame);
    case 'TRIGGERED':
      if (track.waitsFor === 'read') return undefined;
      if (track.waitsFor === 'capture') return capturing(moment, loop.startFrame, loop.endFrame);
      return loop.passBeat === null ? length : waiting(moment, loop.passBeat, null);
    case 'PLAYING':
      if (pass === undefined) return length;
      return {
        kind: 'pass',
        left: Math.ceil((pass.to - position.beat) / beatsPerBar),
        unit: 'bar',
        ring: heard,
        heard,
      };
    case 'STOPPING':
      return waiting(moment, position.barBeat + beatsPerBar, heard);
  }
};
