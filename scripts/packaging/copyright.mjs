// copyright.mjs NODE_MODULES: prints the package's copyright file: our licence, then each bundled package's own, with what its author
// wrote; for those licences that Debian has whole in /usr/share/common-licenses, where they are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , modules] = process.argv;
const common = { 'Apache-2.0': 'Apache-2.0', 'MPL-2.0': 'MPL-2.0' };

const folders = readdirSync(modules)
  .flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => join(name, inner)) : [name],
  )
  .sort();

const licenceFiles = (folder) =>
  readdirSync(folder)
    .filter((name) => /^(licen[sc]e|copying|ofl)/i.test(name))
    .sort();

const authorOf = ({ author, contributors = [] }) =>
  [author, ...contributors]
    .filter(Boolean)
    .map((who) => (typeof who === 'string' ? who : [who.name, who.email && `<${who.email}>`].filter(Boolean).join(' ')))
    .join(', ');

const words = (folder, { license }) => {
  const place = common[license];
  if (place !== undefined) return `The whole text is in /usr/share/common-licenses/${place}.`;
  const texts = licenceFiles(folder).map((name) =>
    readFileSync(join(folder, name), 'utf8').replaceAll('\r', '').trim(),
  );
  return texts.join('\n\n') || `Licensed under ${license}; its author ships no further text.`;
};

const nested = (folder) => {
  const inner = join(folder, 'node_modules');
  return existsSync(inner)
    ? readdirSync(inner).flatMap((name) =>
        name.startsWith('@')
          ? readdirSync(join(inner, name)).map((one) => join(inner, name, one))
          : [join(inner, name)],
      )
    : [];
};

console.log(`Hindsight\n\n${readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8').trim()}`);
for (const folder of folders.map((name) => join(modules, name)).flatMap((one) => [one, ...nested(one)])) {
  if (!existsSync(join(folder, 'package.json'))) continue;
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const author = authorOf(about);
  const { url = about.repository } = about.repository ?? {};
  console.log(`\n${'-'.repeat(78)}\n${about.name} ${about.version} (${about.license})`);
  if (author) console.log(`Author: ${author}`);
  if (typeof url === 'string') console.log(`Source: ${url}`);
  console.log(`\n${words(folder, about)}`);
}
