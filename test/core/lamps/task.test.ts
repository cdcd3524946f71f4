import { notYetPlayed } from '../../../src/core/controller/play.ts';
import type { Display, Profile } from '../../../src/core/controller/profile.ts';
import { picture } from '../../../src/core/lamps/picture.ts';
import { darkness, tasksOf } from '../../../src/core/lamps/task.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { aLamp, aPad, aProfile, hex, looksOn, pads } from '../controller/a-profile.ts';
import { sessionIn, trackIn } from '../session/situations.ts';

const tasks = (session: SessionState, profile: Profile) =>
  tasksOf(picture(session, profile, notYetPlayed), profile, session);
const messages = (session: SessionState, profile: Profile): string[] =>
  tasks(session, profile).flatMap((task) => task.messages.map(hex));

const playing = sessionIn('EMPTY', { tracks: [trackIn('PLAYING', 1), trackIn('EMPTY', 2)] });

describe('a lamp is set by', () => {
  test('the message of its shade', () => {
    expect(messages(playing, pads(2))).toEqual(['90 24 05', '90 25 01']);
  });

  test('all messages of its shade, together', () => {
    const two = [
      [0xb0, 1, 2],
      [0xb0, 3, 4],
    ];
    const profile = aProfile({ controls: [aPad(1)], lamps: [aLamp('track-1', { off: [[0xb0, 1, 0]], green: two })] });
    expect(tasks(playing, profile)).toEqual([{ id: 'track-1', messages: two }]);
  });

  test('nothing where it has no message at all', () => {
    const profile = aProfile({ controls: [aPad(1)], lamps: [aLamp('track-1', {})] });
    expect(messages(playing, profile)).toEqual([]);
  });
});

describe('a device that sets all lamps in one message', () => {
  const lamps = [1, 2].map((track) => aLamp(`track-${track}`, { off: [[0]], green: [[1, 2]], 'dim-white': [[9, 9]] }));
  const frame = [0xf0, 0x47, { lamp: 'track-1' }, { lamp: 'track-2' }, 0xf7];
  const framed = aProfile({ controls: [aPad(1), aPad(2)], lamps, frame });

  test('gets it whole, each lamp in its place, whatever is urgent', () => {
    expect(messages(playing, framed)).toEqual(['F0 47 01 02 09 09 F7']);
    expect(messages({ ...playing, touched: 2 }, framed)).toEqual(['F0 47 01 02 09 09 F7']);
  });

  test('gets one of all dark', () => {
    expect(darkness(framed).map(hex)).toEqual(['F0 47 00 00 F7']);
  });

  test('gets nothing for a lamp that is not there', () => {
    expect(messages(playing, { ...framed, frame: [0xf0, { lamp: 'stranger' }, 0xf7] })).toEqual(['F0 F7']);
  });
});

describe('a display', () => {
  const digits = (shows: Display['shows'], characters: number): Display => ({
    shows,
    characters,
    messages: Array.from({ length: characters }, (_, character) => [0xb0, 50 + character, { character }]),
  });
  const with120 = sessionIn('EMPTY', { bars: 8, pulse: { bar: 1, beat: 2, lit: true } });
  const shown = (display: Display, session: SessionState = with120): string =>
    tasks(session, aProfile({ display }))
      .flatMap((task) => task.messages.map((bytes) => String.fromCharCode(bytes.at(-1) ?? 0)))
      .join('');

  test.each([
    ['tempo', 4, ' 120'],
    ['tempo', 3, '120'],
    ['bars', 2, ' 8'],
    ['beat', 1, '3'],
  ] as const)('tells the %s in %d characters: "%s"', (shows, characters, text) => {
    expect(shown(digits(shows, characters))).toBe(text);
  });

  test('tells a tempo rounded, as a player says it', () => {
    expect(shown(digits('tempo', 3), { ...with120, grid: { ...with120.grid, bpm: 99.6 } })).toBe('100');
  });

  test('may get the number as a byte, as far as it fits one', () => {
    const display: Display = { shows: 'tempo', characters: 0, messages: [[0xb0, 1, 'number']] };
    const at = (bpm: number) => messages({ ...with120, grid: { ...with120.grid, bpm } }, aProfile({ display }));
    expect([at(120), at(400)]).toEqual([['B0 01 78'], ['B0 01 7F']]);
  });

  test('comes after all lamps, and is told apart from a lamp of any name', () => {
    const lamps = [aLamp('display', looksOn(1)), aLamp('frame', looksOn(2))];
    const list = tasks(with120, aProfile({ lamps, display: digits('bars', 2) }));
    expect(list.map((task) => task.messages.length)).toEqual([1, 1, 2]);
    expect(new Set(list.map(({ id }) => id)).size).toBe(3);
  });

  test('is blank in the end, and the lamps are dark', () => {
    const dark = darkness(pads(1, { display: digits('tempo', 2) }));
    expect(dark.map(hex)).toEqual(['90 24 00', 'B0 32 20', 'B0 33 20']);
  });
});

test('in the dark nothing blinks by itself either', () => {
  const lamp = aLamp('track-1', looksOn(36), { pulse: looksOn(36, { red: 3 }, 0x92) });
  expect(darkness(aProfile({ controls: [aPad(1)], lamps: [lamp] })).map(hex)).toEqual(['90 24 00']);
});
