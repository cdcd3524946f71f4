import { behaviours, colours } from '../../core/controller/colour.ts';
import type { LampStyle } from '../../core/controller/profile.ts';
import type { TrackState } from '../../core/track/state.ts';
import { oneOf, optionalSection, section, truth } from '../fields.ts';

/** What shows which state where a profile says nothing else: each by a colour and by a behaviour of its own. */
export const defaultStyle: Readonly<Record<TrackState, LampStyle>> = {
  EMPTY: { colour: 'white', dim: true, as: 'steady' },
  TRIGGERED: { colour: 'yellow', dim: false, as: 'blink' },
  RECORDING: { colour: 'red', dim: false, as: 'pulse' },
  PLAYING: { colour: 'green', dim: false, as: 'steady' },
  STOPPING: { colour: 'yellow', dim: false, as: 'wink' },
  STOPPED: { colour: 'blue', dim: false, as: 'spark' },
};

const shown = section({ colour: oneOf(colours), dim: truth().default(false), as: oneOf(behaviours).default('steady') });

export const style = optionalSection({
  EMPTY: shown.default(defaultStyle.EMPTY),
  TRIGGERED: shown.default(defaultStyle.TRIGGERED),
  RECORDING: shown.default(defaultStyle.RECORDING),
  PLAYING: shown.default(defaultStyle.PLAYING),
  STOPPING: shown.default(defaultStyle.STOPPING),
  STOPPED: shown.default(defaultStyle.STOPPED),
});
