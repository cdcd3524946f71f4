import type { SessionEvent } from './event.ts';
import type { Reduced, StoreWord } from './outcome.ts';
import { done } from './outcome.ts';
import { bringIn, bringLoop, onLoopRead, onLoopUnreadable, restore } from './sets.ts';
import type { SessionState } from './state.ts';

const telling = (session: SessionState, ...told: readonly SessionEvent[]): Reduced => ({ ...done(session), told });

/** The tracks that hold some loops. */
const tracksOf = ({ tracks }: SessionState, loopIds: readonly number[]): readonly number[] =>
  tracks.flatMap((track) => (track.state !== 'EMPTY' && loopIds.includes(track.loop.id) ? [track.id] : []));

/** What word of the storage does. */
export const onStore = (session: SessionState, word: StoreWord): Reduced => {
  const { frame } = word;
  switch (word.type) {
    case 'setRestored':
      return restore(session, frame, word.set, word.plays);
    case 'setFound':
      return bringIn(session, frame, word.set);
    case 'loopFound':
      return bringLoop(session, frame, word.track, word.loop);
    case 'loopRead':
      return onLoopRead(session, word.loopId);
    case 'loopUnreadable':
      return onLoopUnreadable(session, frame, word.loopId, word.reason);
    case 'setSaved':
      return telling({ ...session, setName: word.name }, { type: 'set', frame, phase: 'saved', name: word.name });
    case 'setKept':
      return telling(session, { type: 'kept', frame, tracks: tracksOf(session, word.loopIds) });
    case 'storage':
      return telling({ ...session, storage: word.storage }, { type: 'storage', frame, ...word.storage });
    case 'setFailed':
      return telling(session, { type: 'set', frame, phase: 'failed', code: word.code, reason: word.reason });
  }
};
