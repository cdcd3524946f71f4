import type { Told } from '../../../src/page/link/mirror.ts';
import { lastWords } from '../../../src/page/words/last-words.ts';
import { word } from '../states.ts';

const told = (...texts: readonly string[]): readonly Told[] =>
  texts.map((text, index) => ({ serial: index + 1, word: word(text) }));

const shown = (...texts: readonly string[]) => {
  const { deed, aside } = lastWords(told(...texts));
  return [deed?.word.text, aside?.word.text];
};

test('what a stomp did stays, whatever happens beside', () => {
  expect(
    shown('track 1 plays', 'sets: all is on disk, with the loop of track 1', 'sound: too loud, and limited'),
  ).toEqual(['track 1 plays', 'sound: too loud, and limited']);
});

test('what happened beside is gone with the next deed', () => {
  expect(shown('sound: too loud, and limited', 'track 1 stops at the bar line')).toEqual([
    'track 1 stops at the bar line',
    undefined,
  ]);
});

test('a save is a deed', () => {
  expect(shown('track 1 plays', 'sets: saved as "Encore"')).toEqual(['sets: saved as "Encore"', undefined]);
});

test('before anything was said there is nothing', () => {
  expect(shown()).toEqual([undefined, undefined]);
});
