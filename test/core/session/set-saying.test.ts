import type { SessionEvent } from '../../../src/core/session/event.ts';
import { latencyText, troubleText } from '../../../src/core/session/saying.ts';
import { type Saying, setSaying, setText } from '../../../src/core/session/set-saying.ts';

const frame = 1000;

describe('sets, their storage and what is taken back are said in a line that tells what to do:', () => {
  test.each<[SessionEvent, Saying['level'], string]>([
    [
      { type: 'undo', frame, deed: 'clear', tracks: [2] },
      'debug',
      'undo: the clear on track 2 is taken back; redo does it again',
    ],
    [
      { type: 'redo', frame, deed: 'reset', tracks: [1, 3] },
      'debug',
      'redo: the reset on tracks 1, 3 is done again; undo takes it back',
    ],
    [
      { type: 'retake', frame, track: 2, startFrame: 96_000, endFrame: 192_000, nudgeFrames: 0 },
      'debug',
      'retake: track 2 is cut anew: frames 96000 to 192000',
    ],
    [
      { type: 'retake', frame, track: 2, startFrame: 0, endFrame: 96_000, nudgeFrames: -480 },
      'debug',
      'retake: track 2 is cut anew: frames 0 to 96000, 480 frames earlier on the tape',
    ],
    [
      { type: 'retake', frame, track: 2, startFrame: 0, endFrame: 96_000, nudgeFrames: 480 },
      'debug',
      'retake: track 2 is cut anew: frames 0 to 96000, 480 frames later on the tape',
    ],
    [
      { type: 'forgotten', frame, steps: 1 },
      'info',
      'undo: no room for the oldest step any more; a larger memory.budgetMb remembers more',
    ],
    [
      { type: 'forgotten', frame, steps: 3 },
      'info',
      'undo: no room for the 3 oldest steps any more; a larger memory.budgetMb remembers more',
    ],
    [{ type: 'kept', frame, tracks: [] }, 'debug', 'sets: all is on disk'],
    [{ type: 'kept', frame, tracks: [2] }, 'debug', 'sets: all is on disk, with the loop of track 2'],
    [{ type: 'kept', frame, tracks: [1, 2] }, 'debug', 'sets: all is on disk, with the loops of tracks 1, 2'],
    [{ type: 'storage', frame, state: 'well' }, 'info', 'sets: what is played is kept on disk again'],
    [
      { type: 'storage', frame, state: 'trouble', code: 'disk-full', reason: 'the disk is full; make room' },
      'warn',
      'sets: what is played is not kept on disk: the disk is full; make room (disk-full); the music goes on',
    ],
    [
      { type: 'set', frame, phase: 'restored', name: null },
      'info',
      'sets: a set without a name is back as it was left; its loops are being read',
    ],
    [
      { type: 'set', frame, phase: 'loading', name: 'tuesday' },
      'debug',
      'sets: "tuesday" is being read; it comes in at a bar line, a reset stops it',
    ],
    [{ type: 'set', frame, phase: 'loaded', name: 'tuesday' }, 'info', 'sets: "tuesday" is here'],
    [{ type: 'set', frame, phase: 'saved', name: 'tuesday' }, 'info', 'sets: saved as "tuesday"'],
    [{ type: 'set', frame, phase: 'new', name: null }, 'info', 'sets: a new one; undo brings the loops back'],
    [
      { type: 'set', frame, phase: 'failed', code: 'set-missing', reason: 'there is no set "monday"; list them' },
      'warn',
      'sets: there is no set "monday"; list them (set-missing)',
    ],
    [{ type: 'imported', frame, track: 3 }, 'info', 'sets: track 3 has a loop from a file; undo takes it back'],
    [
      { type: 'unreadable', frame, track: 2, reason: 'its file is damaged' },
      'warn',
      'sets: the loop of track 2 cannot be had: its file is damaged; the track is without it',
    ],
  ])('%j', (event, level, text) => {
    expect(setSaying(event)).toEqual({ level, text });
    expect([setText(event), troubleText(event), latencyText(event)]).toEqual([text, undefined, undefined]);
  });
});

test.each<SessionEvent | { type: 'lamp' }>([
  { type: 'beat', frame, bar: 0, beat: 0 },
  { type: 'track', frame, track: 1, state: 'EMPTY' },
  { type: 'refused', frame, code: 'nothing-to-undo', reason: 'there is nothing to be undone' },
  { type: 'gap', frame, frames: 1 },
  { type: 'lamp' },
])('all else is said elsewhere: %j', (event) => expect(setText(event)).toBeUndefined());
