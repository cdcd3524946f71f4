import { readFileSync } from 'node:fs';
import { catalogue } from '../../src/bench/catalogue.ts';
import { inRepository } from '../config/files.ts';

const page = readFileSync(inRepository('docs/benchmarks.md'), 'utf8');
const readme = readFileSync(inRepository('README.md'), 'utf8');

test.each([...catalogue.keys()])('the page has figures of %s, with the command that made them', (name) => {
  const [, rest = ''] = page.split(`\n    hindsight bench --only ${name}\n`);
  const [, how, figures = ''] = /^\nHow: (.+)\.\n\n((?:\|.*\|\n)+)/.exec(rest) ?? [];
  expect(how).toBeDefined();
  expect(figures.split('\n').length).toBeGreaterThan(3);
});

test('the page tells machine, date, versions and command, is of the whole form, and has a place for others', () => {
  for (const what of ['machine', 'date', 'versions', 'command'])
    expect(page).toMatch(new RegExp(`^\\| ${what} \\| .+ \\|$`, 'm'));
  expect(page).not.toContain('--quick`,');
  expect(page).toContain('\n## Beside other loopers\n');
});

test('each figure of the README has its command beside it, and is one of the page', () => {
  const [, table = ''] = /<!-- figures: [^\n]* -->\n(.*)<!-- end of figures -->/s.exec(readme) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| '));
  expect(rows.length).toBeGreaterThan(5);
  for (const line of rows.slice(2)) {
    const [, figure = '', name = ''] = /^\| .+ \| (.+) \| `hindsight bench --only ([a-z-]+)` \|$/.exec(line) ?? [];
    const [, value = 'nothing'] = /^([\d.]+)/.exec(figure) ?? [];
    const [, rest = ''] = page.split(`\n    hindsight bench --only ${name}\n`);
    expect(rest.split('\n## ')[0]).toContain(`| ${value} |`);
  }
});
