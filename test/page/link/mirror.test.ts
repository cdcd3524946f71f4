import { applyMessage, emptyMirror, type Mirror } from '../../../src/page/link/mirror.ts';
import type { ServerMessage } from '../../../src/protocol/hindsight-v1.ts';
import { change, session, snapshot, track, word } from '../states.ts';

const after = (...messages: readonly ServerMessage[]): Mirror => messages.reduce(applyMessage, emptyMirror);
const texts = ({ told }: Mirror): readonly string[] => told.map(({ word: { text } }) => text);

test('the first snapshot is all there is to know', () => {
  const mirror = after(snapshot());
  expect(mirror).toMatchObject({ run: 'a', version: '0.1.0', seq: 5, state: session(), lacks: false, restarts: 0 });
});

test('before the first snapshot a change tells nothing', () => {
  expect(after(change(6, { bars: 8 }))).toBe(emptyMirror);
});

test('a change takes the place of what it names, and of nothing else', () => {
  const mirror = after(snapshot(), change(6, { bars: 8 }));
  expect(mirror.state).toEqual(session({ bars: 8 }));
  expect(mirror.seq).toBe(6);
});

test('tracks that did not change stay the same values', () => {
  const before = after(snapshot());
  const mirror = applyMessage(before, change(6, { tracks: [track('PLAYING', {}, 2)] }));
  expect(mirror.state?.tracks.map(({ state }) => state)).toEqual(['EMPTY', 'PLAYING', 'EMPTY', 'EMPTY']);
  expect(mirror.state?.tracks[0]).toBe(before.state?.tracks[0]);
});

test('what a change does not touch stays the same value', () => {
  const before = after(snapshot());
  expect(applyMessage(before, change(6, { pulse: { bar: 0, beat: 1 } })).state?.tracks).toBe(before.state?.tracks);
});

test('a change whose predecessor is missing is shown, and a snapshot is lacking until it comes', () => {
  const gap = after(snapshot(), change(8, { bars: 8 }));
  expect([gap.lacks, gap.state?.bars, gap.seq]).toEqual([true, 8, 8]);
  const still = applyMessage(gap, change(9, { bars: 2 }));
  expect(still.lacks).toBe(true);
  expect(applyMessage(still, snapshot({ seq: 10 })).lacks).toBe(false);
});

test('what is older than the snapshot is left alone', () => {
  const mirror = after(snapshot({ seq: 9 }));
  expect(applyMessage(mirror, change(9, { bars: 8 }))).toBe(mirror);
});

test('another run is a restart: what was known of the one before is gone, and it is said', () => {
  const before = after(snapshot(), { type: 'monitor', line: 'in' });
  const mirror = applyMessage(before, snapshot({ run: 'b', seq: 0 }));
  expect(mirror).toMatchObject({ run: 'b', seq: 0, restarts: 1, monitor: [] });
  expect(texts(mirror)).toEqual(['the looper was started anew']);
});

test('the same run again is none', () => {
  expect(after(snapshot(), snapshot({ seq: 7 })).restarts).toBe(0);
});

test('words are kept in order, the same one twice as two', () => {
  const mirror = after(snapshot(), change(6, {}, [word('one'), word('one')]), change(7, {}, [word('two')]));
  expect(texts(mirror)).toEqual(['one', 'one', 'two']);
  expect(mirror.told.map(({ serial }) => serial)).toEqual([1, 2, 3]);
});

test('the word of a snapshot is said once, however often it comes', () => {
  const said = snapshot({ state: session({ word: word('one') }) });
  expect(texts(after(said, said))).toEqual(['one']);
});

test('only the last forty words are kept', () => {
  const many = Array.from({ length: 60 }, (_, index) => word(`${index}`));
  const mirror = after(snapshot(), change(6, {}, many));
  expect([mirror.told.length, mirror.told.at(-1)?.serial]).toEqual([40, 60]);
});

test('a refusal is said, but not again where all were told of it', () => {
  const refused: ServerMessage = { type: 'refused', id: 1, code: 'empty', reason: 'track 1 is empty' };
  const mirror = after(snapshot(), refused);
  expect(mirror.told.at(-1)?.word).toMatchObject({ level: 'warn', code: 'empty', text: 'track 1 is empty' });
  expect(texts(after(snapshot(), change(6, {}, [word('track 1 is empty', { code: 'empty' })]), refused))).toHaveLength(
    1,
  );
});

test('a looper that says nothing of a stomp is spoken for', () => {
  const mirror = after(snapshot(), change(6, { tracks: [track('PLAYING', {}, 3)] }));
  expect(texts(mirror)).toEqual(['track 3 plays the last 4 bars']);
});

test('the monitor keeps its last lines', () => {
  const lines = Array.from({ length: 250 }, (_, index): ServerMessage => ({ type: 'monitor', line: `${index}` }));
  const { monitor } = after(snapshot(), ...lines);
  expect([monitor.length, monitor[0]?.line, monitor.at(-1)?.line]).toEqual([200, '50', '249']);
});

test('what is drawn with each picture, or belongs to who asked, changes nothing here', () => {
  const mirror = after(snapshot());
  const others: readonly ServerMessage[] = [
    { type: 'position', frame: 1 },
    { type: 'levels', frame: 1, input: [0, 0], output: [0, 0] },
    { type: 'done', id: 1, seq: 5 },
    { type: 'sets', id: 1, sets: [], lines: [] },
    { type: 'waveform', id: 1, loop: 1, peaks: [] },
  ];
  for (const message of others) expect(applyMessage(mirror, message)).toBe(mirror);
});
