import { map, type Observable, type OperatorFunction, scan } from 'rxjs';
import type { Profile } from '../core/controller/profile.ts';
import { type Move, newReader, type Reader, read } from '../core/controller/read.ts';
import type { MidiMessage } from '../ports/midi-port.ts';

/** A message and what it moved: nothing where it is bound to nothing. */
export type Moved = { readonly message: MidiMessage; readonly moves: readonly Move[] };

/** What the messages of a controller move. */
export const moves =
  (profile: Profile): OperatorFunction<MidiMessage, Moved> =>
  (messages$: Observable<MidiMessage>) =>
    messages$.pipe(
      scan<MidiMessage, Moved & { readonly reader: Reader }, undefined>((before, message) => {
        const after = read(before?.reader ?? newReader, profile, message.bytes);
        return { ...after, message };
      }, undefined),
      map(({ message, moves: some }) => ({ message, moves: some })),
    );
