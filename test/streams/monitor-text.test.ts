import type { ShowEvent } from '../../src/ports/event-log.ts';
import { eventText } from '../../src/streams/monitor-text.ts';

test.each<[ShowEvent, string | undefined]>([
  [{ type: 'kept', frame: 1, tracks: [2] }, 'sets: all is on disk, with the loop of track 2'],
  [
    { type: 'undo', frame: 1, deed: 'clear', tracks: [2] },
    'undo: the clear on track 2 is taken back; redo does it again',
  ],
  [{ type: 'set', frame: 1, phase: 'saved', name: 'tuesday' }, 'sets: saved as "tuesday"'],
  [{ type: 'beat', frame: 1, bar: 0, beat: 0 }, undefined],
])('the monitor shows what comes of undo and of sets: %j', (event, text) => expect(eventText(event)).toBe(text));
