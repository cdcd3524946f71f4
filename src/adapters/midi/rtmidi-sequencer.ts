import { accessSync, constants, statSync } from 'node:fs';
import { Input, Output } from '@julusian/midi/lazy';
import { usbFactsOf } from '../kernel/usb-facts.ts';
import type { Sequencer } from './sequencer.ts';

const device = '/dev/snd/seq';

/**
 * ALSA's sequencer through RtMidi. The device is looked for before RtMidi is asked, since ALSA's library complains aloud
 * each time.
 */
export const rtMidiSequencer: Sequencer = {
  ready: () => accessSync(device, constants.R_OK | constants.W_OK),
  input: () => new Input(),
  output: () => new Output(),
  // The kernel makes the card's device file anew at each plug. The time of change is no sign of it: udev changes the
  // file's owner, and each login at the console its rights.
  plugOf: (card) => {
    try {
      const { ino, birthtimeMs } = statSync(`/dev/snd/controlC${card}`);
      return `${ino} ${birthtimeMs}`;
    } catch {
      return '';
    }
  },
  usbOf: (card) => usbFactsOf(card),
};
