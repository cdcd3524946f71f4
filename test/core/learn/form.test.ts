import { learntForm } from '../../../src/core/learn/form.ts';
import { fader, type Move, pitch, play, program, steps, stream, tap, tapCc } from './player.ts';

const ignore = [{ kind: 'cc', number: 1, pressAt: 1 }] as const;
const formOf = (moves: readonly Move[], port = 'PACER:PACER MIDI1 20:0') =>
  learntForm(play(moves).learning, port, ignore);
const skips = (count: number): Move[] => Array(count).fill([500, 'skip']);

describe('what is learnt, as a profile', () => {
  test.each([
    ['PACER:PACER MIDI1 20:0', 'learnt-pacer-pacer-midi1', 'Learnt: PACER:PACER MIDI1', '^PACER:PACER MIDI1$'],
    ['A (b) [c]:d+e 1', 'learnt-a-b-c-d-e-1', 'Learnt: A (b) [c]:d+e 1', '^A \\(b\\) \\[c\\]:d\\+e 1$'],
    ['Pédale Grün', 'learnt-pedale-grun', 'Learnt: Pédale Grün', '^Pédale Grün$'],
    ['踏板 128:1', 'learnt-controller', 'Learnt: 踏板', '^踏板$'],
  ])('of port %s is named after it, and matches it alone', (port, name, title, input) => {
    expect(formOf(tap(36), port)).toMatchObject({ name, title, input });
    const plain = port.replace(/ \d+:\d+$/, '');
    expect(new RegExp(input, 'i').test(plain)).toBe(true);
    expect(new RegExp(input, 'i').test(`${plain} 2`)).toBe(false);
  });

  test('has switches with lamps of their own number', () => {
    const channel10: Move[] = [
      [500, [0x99, 36, 90]],
      [90, [0x89, 36, 0]],
    ];
    expect(formOf([...channel10, ...tapCc(20), [500, program(7)]]).controls).toEqual([
      {
        id: 'track-1',
        on: { kind: 'note', number: 36, channel: 10, pressAt: 1 },
        release: true,
        press: { command: 'stomp', track: 1 },
        lamp: '99 24 {colour}',
      },
      {
        id: 'reset',
        on: { kind: 'cc', number: 20, channel: 1, pressAt: 1 },
        release: true,
        press: { command: 'reset' },
        lamp: 'B0 14 {colour}',
      },
      { id: 'tap', on: { kind: 'program', number: 7, channel: 1 }, release: false, press: { command: 'tap' } },
    ]);
  });

  test('has faders with scales, and encoders with steps', () => {
    const bends = steps(0, 6000, 500).map((value): Move => [20, pitch(value)]);
    const moves = [
      ...tap(36),
      ...skips(3),
      ...fader(7),
      ...stream(16, [1, 1, 65, 65]),
      [500, 'undo'] as const,
      ...bends,
    ];
    expect(formOf(moves).controls.slice(1)).toEqual([
      {
        id: 'bars',
        on: { kind: 'cc', number: 7, channel: 1, pressAt: 1 },
        release: true,
        turn: { command: 'setBars', scale: { kind: 'zones', values: [1, 2, 4, 8, 12, 16, 24, 32] }, pickUp: true },
      },
      {
        id: 'tempo',
        on: { kind: 'pitch', channel: 1 },
        release: true,
        turn: {
          command: 'setBpm',
          scale: { kind: 'linear', from: 40, to: 200, round: true, curve: 1 },
          pickUp: true,
        },
      },
    ]);
    expect(formOf([...tap(36), ...skips(5), ...stream(16, [1, 1, 65, 65])]).controls.at(-1)).toEqual({
      id: 'click-volume',
      on: { kind: 'cc', number: 16, channel: 1, pressAt: 1 },
      release: true,
      relative: 'signBit',
      turn: { command: 'changeClickVolume', by: 0.05 },
    });
  });

  test('has one colour, and ignores nothing', () => {
    expect(formOf(tap(36))).toMatchObject({ palette: { off: '00', on: '7F' }, ignore });
  });
});
