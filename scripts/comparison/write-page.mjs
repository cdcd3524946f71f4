// write-page.mjs WHERE REPORT.json COMMAND SECONDS ROOT: puts a report where it belongs in docs/benchmarks.md, and its short form in README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageWith, partOf, readmeWith } from './page.mjs';

const [, , where, reportFile, command, seconds, root] = process.argv;
const report = JSON.parse(readFileSync(reportFile, 'utf8'));

const changed = (name, change) => {
  const file = join(root, name);
  return [file, change(readFileSync(file, 'utf8'))];
};

const files = [changed('docs/benchmarks.md', (page) => pageWith(page, partOf(where, report, { command, seconds })))];
if (where === 'here') files.push(changed('README.md', (readme) => readmeWith(readme, report, command)));
// All or nothing.
for (const [file, text] of files) writeFileSync(file, text);
