import { closeSync } from 'node:fs';
import { UserError } from '../../core/errors.ts';
import { openInput, readAt } from './input-file.ts';
import { type ParsedSmf, parseSmf } from './smf-parser.ts';

/** A MIDI message as it goes over the wire, and its time since the start of the file. */
export type TimedMessage = { readonly seconds: number; readonly bytes: readonly number[] };

/** Hours of dense playing take a few megabytes: anything beyond is another kind of file, given by mistake. */
const maxBytes = 64 * 1024 * 1024;

const bytesOf = (path: string): Uint8Array => {
  const input = openInput(path);
  try {
    if (input.size > maxBytes) {
      throw new UserError(
        'midi-too-large',
        `${path}: is larger than any MIDI file; at most ${maxBytes} bytes are read; check that it is the right file`,
      );
    }
    const bytes = new Uint8Array(input.size);
    return bytes.subarray(0, readAt(input, bytes, input.size, 0));
  } finally {
    closeSync(input.fd);
  }
};

const byTick = (a: { readonly tick: number }, b: { readonly tick: number }): number => a.tick - b.tick;

/**
 * Each time is one division of two whole numbers, so it is the double nearest to the true time, however many tempo
 * changes come before: the whole numbers stay exact up to 2^53, 76 hours at the finest division.
 */
const timed = ({ clock, messages, tempos }: ParsedSmf): TimedMessage[] => {
  const changes = clock.followsTempo ? tempos.toSorted(byTick) : [];
  let next = 0;
  let tick = 0;
  let units = 0;
  let unitsPerTick = clock.unitsPerTick;
  return messages.toSorted(byTick).map((message) => {
    for (let change = changes[next]; change !== undefined && change.tick <= message.tick; change = changes[next]) {
      units += (change.tick - tick) * unitsPerTick;
      tick = change.tick;
      unitsPerTick = change.microsPerBeat;
      next += 1;
    }
    return { seconds: (units + (message.tick - tick) * unitsPerTick) / clock.unitsPerSecond, bytes: message.bytes };
  });
};

/**
 * The channel and system exclusive messages of all tracks of a Standard MIDI File in order of time, at equal times
 * in order of tracks; meta events are left out, tempo changes of any track followed. The bytes are the file's own: a
 * note-on of velocity 0 stays one. Throws the codes of `openInput` and `parseSmf`, and `midi-too-large`.
 */
export const readMidiFile = (path: string): TimedMessage[] => timed(parseSmf(path, bytesOf(path)));
