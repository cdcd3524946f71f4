import type { StateView, TrackPicture } from '../../protocol/hindsight-v1.ts';
import type { Going } from '../time/pass.ts';
import { counted } from './quantities.ts';

/** The state in the player's words. */
export const stateWord = (track: TrackPicture): string => {
  switch (track.state) {
    case 'EMPTY':
      return 'empty';
    case 'TRIGGERED':
      if (track.waitsFor === 'capture') return 'captures';
      return track.waitsFor === 'read' ? 'waits for the disk' : 'waits for the bar';
    case 'RECORDING':
      return 'captures';
    case 'PLAYING':
      return 'playing';
    case 'STOPPING':
      return 'stops at the bar';
    case 'STOPPED':
      return 'stopped';
  }
};

export const barsOf = (track: TrackPicture, beatsPerBar: number): number =>
  track.loop === null ? 0 : Math.ceil(track.loop.beats / beatsPerBar);

/** The same above the number on a pad, which it makes a sentence with: "starts in 2 beats". As short as the smallest pad needs it. */
export const padWord = (track: TrackPicture): string => {
  if (track.state === 'TRIGGERED') {
    if (track.waitsFor === 'read') return 'reading';
    return track.waitsFor === 'start' ? 'starts in' : stateWord(track);
  }
  return track.state === 'STOPPING' ? 'stops in' : stateWord(track);
};

/** What stands beside the number on a pad: "bars left". */
export const unitWord = ({ kind, left, unit }: Going): string => {
  const noun = left === 1 ? unit : `${unit}s`;
  return kind === 'pass' ? `${noun} left` : noun;
};

/** What a screen reader says of a pad: "Track 3, playing, 2 bars left of 4". */
export const padLabel = (track: TrackPicture, going: Going | undefined, state: Pick<StateView, 'bars' | 'grid'>) => {
  const head = `Track ${track.id}, ${stateWord(track)}`;
  if (track.state === 'EMPTY') return `${head}, a stomp captures the last ${counted(state.bars, 'bar')}`;
  if (going === undefined) return head;
  const bars = barsOf(track, state.grid.beatsPerBar);
  if (going.kind === 'length') return `${head}, ${counted(bars, 'bar')}`;
  const left = `${counted(going.left, going.unit)} left`;
  return going.kind === 'pass' ? `${head}, ${left} of ${bars}` : `${head}, ${left}`;
};

/** What a player should know of a loop beside its state; undefined where there is nothing. */
export const loopRemark = (track: TrackPicture): string | undefined => {
  const { loop } = track;
  if (loop === null) return undefined;
  if (loop.sound === 'disk') return 'from disk';
  if (loop.sound === 'file') return 'from file';
  return loop.lostFrames > 0 ? 'has a gap' : undefined;
};
