import { nearest } from '../../src/config/wording.ts';

const known = ['bpm', 'beatsPerBar', 'tracks', 'log'];

test.each([
  ['bpm', 'bpm'],
  ['bmp', 'bpm'],
  ['bpms', 'bpm'],
  ['Beats per bar', 'beatsPerBar'],
  ['beatPrBars', 'beatsPerBar'],
  ['trakcs', 'tracks'],
  ['golf', undefined],
  ['foo', undefined],
  ['volume', undefined],
  ['', undefined],
])('%s is near %s', (name, expected) => expect(nearest(name, known)).toBe(expected));

test('nothing is near where nothing is known', () => expect(nearest('bpm', [])).toBeUndefined());
