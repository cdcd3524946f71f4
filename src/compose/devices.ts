import { describe } from '../adapters/audio/choose.ts';
import { hasSoundCard, listInterfaces } from '../adapters/audio/interfaces.ts';
import { midiPortNames } from '../adapters/midi/rtmidi-names.ts';
import { messageOf } from '../core/errors.ts';

/** What is there now, a line each, or a line that says why nothing is. */
export type Devices = {
  readonly audio: readonly string[];
  readonly midiInputs: readonly string[];
  readonly midiOutputs: readonly string[];
};

const linesOr = (list: () => readonly string[], none: string): readonly string[] => {
  try {
    const lines = list();
    return lines.length > 0 ? lines : [none];
  } catch (error) {
    return [`cannot be listed: ${messageOf(error)}`];
  }
};

export const listDevices = (): Devices => ({
  audio: linesOr(() => (hasSoundCard() ? listInterfaces().map(describe) : []), 'none: no sound card is there'),
  midiInputs: linesOr(() => midiPortNames('input'), 'none'),
  midiOutputs: linesOr(() => midiPortNames('output'), 'none'),
});
