import { catalogue } from '../../src/bench/catalogue.ts';
import { benchHelp, namesOf } from '../../src/cli/bench.ts';

test('without --only all are made', () => {
  expect(namesOf(undefined)).toEqual([...catalogue.keys()]);
});

test('some are made in the order of all, each once', () => {
  expect(namesOf('seam, commit,seam')).toEqual(['commit', 'seam']);
});

test.each(['loops', '', 'seam,,commit', 'Seam'])('%j is refused, with the names that there are', (only) => {
  expect(() => namesOf(only)).toThrow(/--only: there is no measurement ".*"; there are blocks, capacity, /);
});

test('the help names them all', () => {
  for (const name of catalogue.keys()) expect(benchHelp).toContain(name);
});

test.each([...catalogue])('%s says what it is and how it is measured', async (_, { load }) => {
  const { title, how } = await load();
  expect([title, how]).not.toContain('');
  expect(how).not.toMatch(/[.\n]$/);
});
