import type { JSX } from 'preact';
import type { TrackPicture } from '../../protocol/hindsight-v1.ts';

type State = TrackPicture['state'];

/** One shape for each state, so that it is told apart without its colour too: in a box of 100, about its middle. */
const paths: Readonly<Record<State, string>> = {
  EMPTY: '',
  TRIGGERED: 'M50 27L73 50L50 73L27 50Z',
  RECORDING: 'M50 28A22 22 0 1 1 50 72A22 22 0 1 1 50 28Z',
  PLAYING: 'M38 27L74 50L38 73Z',
  STOPPING: 'M28 29L58 50L28 71ZM62 29H72V71H62Z',
  STOPPED: 'M31 31H69V69H31Z',
};

export const Shape = ({ state }: { readonly state: State }): JSX.Element =>
  state === 'EMPTY' ? <circle class="shape-empty" cx="50" cy="50" r="16" /> : <path class="shape" d={paths[state]} />;
