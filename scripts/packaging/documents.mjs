// documents.mjs ROOT TO: lays README.md and docs/*.md into a folder, as they lie in the sources. A link to what stays with the sources
// becomes its words, so that none leads nowhere.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [, , root, to] = process.argv;
const inDocs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const names = ['README.md', ...inDocs.map((name) => join('docs', name))];

const isElsewhere = (target) => /^(#|[a-z]+:)/i.test(target);
const isLaid = (name, target) => names.includes(join(dirname(name), target.replace(/#.*/, '')));

const settled = (name) =>
  readFileSync(join(root, name), 'utf8').replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (link, words, target) =>
    isElsewhere(target) || isLaid(name, target) ? link : words,
  );

mkdirSync(join(to, 'docs'), { recursive: true });
for (const name of names) writeFileSync(join(to, name), settled(name));
