import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createLines } from '../../../src/adapters/files/atomic-text.ts';
import { type Scratch, scratch } from './scratch.ts';

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

const written = (lines: readonly string[]): string => {
  const file = createLines(folder.path('facts.jsonl'));
  for (const line of lines) file.write(line);
  file.commit();
  return readFileSync(folder.path('facts.jsonl'), 'utf8');
};

test.each([
  { lines: [], text: '' },
  { lines: [''], text: '\n' },
  { lines: ['{"beat":1}', '{"name":"Grüße 🎸"}'], text: '{"beat":1}\n{"name":"Grüße 🎸"}\n' },
])('$lines', ({ lines, text }) => {
  expect(written(lines)).toBe(text);
});

test('any values, a line of JSON each, come back the same', () => {
  fc.assert(
    fc.property(fc.array(fc.json()), (lines) => {
      expect(written(lines).split('\n').slice(0, -1)).toEqual(lines);
    }),
    { numRuns: 30 },
  );
});

test('lines longer and shorter than any buffer stay in order', () => {
  const lines = [10, 300_000, 5, 262_143, 1, 262_144, 700_000, 2].map((length, index) => `${index}`.repeat(length));
  expect(written(lines)).toBe(`${lines.join('\n')}\n`);
});
