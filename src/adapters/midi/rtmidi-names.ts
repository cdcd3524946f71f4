import { existsSync } from 'node:fs';
import { Input, Output } from '@julusian/midi/lazy';
import { withoutNumbers } from './port-names.ts';
import { namesOf } from './sequencer.ts';

/** The names of the sequencer's ports now, as a config may name them. Throws without a sequencer. */
export const midiPortNames = (side: 'input' | 'output'): readonly string[] => {
  if (!existsSync('/dev/snd/seq')) throw new Error('there is no sequencer; load the kernel module snd-seq');
  const port = side === 'input' ? new Input() : new Output();
  try {
    return namesOf(port).map(withoutNumbers);
  } finally {
    port.destroy();
  }
};
