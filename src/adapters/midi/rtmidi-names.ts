import { existsSync } from 'node:fs';
import { devicesOf } from './devices.ts';
import { Eyes } from './eyes.ts';
import type { KnownProfile } from './fit.ts';
import { type Assignment, assign, type ControllerWish } from './match.ts';
import { withoutNumbers } from './port-names.ts';
import { rtMidiSequencer } from './rtmidi-sequencer.ts';
import type { PortNames, Sequencer } from './sequencer.ts';

const look = (sequencer: Sequencer): PortNames => {
  const eyes = new Eyes(sequencer);
  try {
    return eyes.look();
  } finally {
    eyes.close();
  }
};

const checkSequencer = (): void => {
  if (!existsSync('/dev/snd/seq')) throw new Error('there is no sequencer; load the kernel module snd-seq');
};

/** The names of the sequencer's ports now, as a config may name them. Throws without a sequencer. */
export const midiPortNames = (side: 'input' | 'output'): readonly string[] => {
  checkSequencer();
  const { inputs, outputs } = look(rtMidiSequencer);
  return (side === 'input' ? inputs : outputs).map(withoutNumbers);
};

/** What is plugged in now, the profile that each would get, and why. Throws without a sequencer. */
export const listControllers = (
  profiles: readonly KnownProfile[],
  wishes: readonly ControllerWish[],
  sequencer: Sequencer = rtMidiSequencer,
): readonly Assignment[] => {
  if (sequencer === rtMidiSequencer) checkSequencer();
  const devices = devicesOf(look(sequencer), (card) => sequencer.usbOf(card));
  return assign(devices, profiles, wishes);
};
