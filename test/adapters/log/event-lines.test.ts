import { eventLines } from '../../../src/adapters/log/event-lines.ts';
import type { ShowEvent } from '../../../src/ports/event-log.ts';

test.each<[ShowEvent, string]>([
  [{ type: 'beat', frame: 0, bar: 0, beat: 3 }, '{"frame":0,"type":"beat","bar":0,"beat":3}'],
  [{ track: 2, state: 'EMPTY', type: 'track', frame: 7 }, '{"frame":7,"type":"track","track":2,"state":"EMPTY"}'],
  [
    { type: 'track', frame: 7, track: 1, state: 'PLAYING', startFrame: -5, endFrame: 5 },
    '{"frame":7,"type":"track","track":1,"state":"PLAYING","startFrame":-5,"endFrame":5}',
  ],
  [
    { type: 'lamp', frame: 1, controller: 'generic', bytes: [144, 36, 7] },
    '{"frame":1,"type":"lamp","controller":"generic","bytes":[144,36,7]}',
  ],
  [
    { type: 'refused', frame: 1, code: 'empty', reason: 'line\nbreak' },
    '{"frame":1,"type":"refused","code":"empty","reason":"line\\nbreak"}',
  ],
  [{ type: 'clip', frame: 2 ** 40 }, '{"frame":1099511627776,"type":"clip"}'],
])('an event is one line of JSON, frame and type first: %j', (event, line) => {
  const lines: string[] = [];
  eventLines((text) => void lines.push(text)).write(event);
  expect(lines).toEqual([line]);
});
