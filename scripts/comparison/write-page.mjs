// write-page.mjs WHERE REPORT.json COMMAND SECONDS ROOT: puts a report where it belongs in docs/benchmarks.md, and its short form in README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageWith, partOf, readmeWith } from './page.mjs';

const [, , where, reportFile, command, seconds, root] = process.argv;
const report = JSON.parse(readFileSync(reportFile, 'utf8'));

const rewrite = (name, change) => {
  const file = join(root, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

rewrite('docs/benchmarks.md', (page) => pageWith(page, partOf(where, report, { command, seconds })));
if (where === 'here') rewrite('README.md', (readme) => readmeWith(readme, report));
