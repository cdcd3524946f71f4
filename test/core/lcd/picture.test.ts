import { screenOf } from '../../../src/core/lcd/picture.ts';
import type { Notice } from '../../../src/core/lcd/saying.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { type Track, trackStates } from '../../../src/core/track/state.ts';
import { readable } from '../../fakes/fake-text-display.ts';
import { loop, type Situation, sessionIn, trackIn } from '../session/situations.ts';

const read = (changed: Partial<SessionState>, notice?: Notice, frame = 0) =>
  readable(screenOf(sessionIn('EMPTY', changed), notice, frame));

const empties = (count: number): readonly Track[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, state: 'EMPTY' as const }));

const grid = (bpm: number) => ({ rate: 48_000, bpm, beatsPerBar: 4, origin: 0 });

describe('the first line has a glyph for each track', () => {
  test('one for each state', () => {
    const situations: readonly Situation[] = [
      'EMPTY',
      'TRIGGERED/start',
      'RECORDING',
      'PLAYING',
      'STOPPING',
      'STOPPED',
    ];
    const tracks = situations.map((situation, at) => trackIn(situation, at + 1, loop));
    expect(tracks.map(({ state }) => state)).toEqual(trackStates);
    expect(read({ tracks, bars: 4 })[0]).toBe('012345    4 bars');
  });

  test.each([
    [1, 1, '0          1 bar'],
    [8, 4, '00000000  4 bars'],
    [8, 32, '00000000 32 bars'],
    // No room for both: tracks go first.
    [9, 32, '000000000       '],
    [10, 1, '0000000000 1 bar'],
    [16, 4, '0000000000000000'],
  ])('%d tracks, %d bars a stomp', (tracks, bars, line) => {
    expect(read({ tracks: empties(tracks), bars })[0]).toBe(line);
  });

  test.each([
    [17, 1, '1-8   00000000  '],
    [17, 8, '1-8   00000000  '],
    [17, 9, '9-16  00000000  '],
    [17, 17, '17-17 0         '],
    [64, 64, '57-64 00000000  '],
  ])('of %d tracks those around the touched one: %d', (tracks, touched, line) => {
    expect(read({ tracks: empties(tracks), touched })[0]).toBe(line);
  });

  test('the tracks of the window are those with its numbers', () => {
    const tracks = empties(32).map((track) => (track.id === 11 ? trackIn('PLAYING', 11) : track));
    expect(read({ tracks, touched: 12 })[0]).toBe('9-16  00300000  ');
  });
});

describe('the second line has bar, beat and tempo', () => {
  test.each([
    [{ bar: 0, beat: 0 }, 120, '1.1      120 BPM'],
    [{ bar: 2, beat: 1 }, 92.5, '3.2     92.5 BPM'],
    [{ bar: 11, beat: 15 }, 119.96, '12.16    120 BPM'],
    [{ bar: 3599, beat: 3 }, 399.9, '3600.4 399.9 BPM'],
    [{ bar: 123_455, beat: 15 }, 399.9, '123456.16  399.9'],
    [{ bar: 99_999_999_999_999, beat: 15 }, 120, '100000000000 120'],
  ])('%j at %d', (pulse, bpm, line) => {
    expect(read({ pulse: { ...pulse, lit: true }, grid: grid(bpm) })[1]).toBe(line);
  });

  test.each([
    [{ interface: 'away' }, '3.2     NO INPUT'],
    [{ storage: { state: 'trouble', code: 'disk-full', reason: 'full' } }, '3.2    NOT SAVED'],
    [{ calibration: { phase: 'sounding', id: 1 } }, 'Measure: quiet! '],
    [{ calibration: { phase: 'weighing', id: 1, from: 0 } }, 'Measure: looking'],
    [{ calibration: { phase: 'idle', last: 'failed' } }, '3.2      120 BPM'],
  ] as const)('or what is the matter: %j', (changed, line) => expect(read(changed)[1]).toBe(line));

  test('or the set that comes in', () => {
    const incoming = (name: string | null) => ({
      ...{ phase: 'reading' as const, name, bpm: 90, beatsPerBar: 3, bars: 2, click: { volume: 0.5, muted: false } },
      contents: [],
    });
    expect(read({ incoming: incoming('Ballade für Zoë') })[1]).toBe('Next: Ballade f\u00f5');
    expect(read({ incoming: incoming(null) })[1]).toBe('Next: a set     ');
  });

  test('or for three seconds what was said', () => {
    const notice = { frame: 1000, text: 'Track is empty', isTrouble: false };
    expect(read({}, notice, 1000)[1]).toBe('Track is empty  ');
    expect(read({ interface: 'away' }, notice, 144_999)[1]).toBe('Track is empty  ');
    expect(read({}, notice, 145_000)[1]).toBe('3.2      120 BPM');
  });
});
