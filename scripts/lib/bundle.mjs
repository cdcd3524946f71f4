// Joins the program and the packages that it loads at a start into a few files: node bundle.mjs DIST
// main.js and the workers become their new entries in DIST/chunks; all other modules stay as they are, for tests and tools.
import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = resolve(process.argv[2]);

// Packages of many modules and nothing else. What has a binding, or reads files of its own, is left where it is.
const joined = ['rxjs', 'zod', 'yaml', 'pino', 'ws', 'fastest-levenshtein'];
// For Node rxjs names its CommonJS, of which all would be taken.
const alias = { rxjs: fileURLToPath(new URL('../../node_modules/rxjs/dist/esm/index.js', import.meta.url)) };

/** The benchmarks measure what is joined, too, since that is what plays. */
const isEntry = (file) => ['main.js', 'bench/measurer.js'].includes(file) || file.endsWith('/worker.js');
const entries = readdirSync(dist, { recursive: true }).filter(isEntry);

const isOurs = (id) => id.startsWith(`${dist}/`);
/** The package of a bare name or of a path; undefined for what is none. */
const packageOf = (id) => /^(?:.*\/node_modules\/)?((?:@[^/]+\/)?[^./\0@][^/]*)/.exec(id)?.[1];
/** Also what they need themselves. */
const isExternal = (id, importer) =>
  !/^[./\0]/.test(id) && !joined.includes(packageOf(id)) && (importer === undefined || isOurs(importer));

/** A module finds its files from where it was, whichever chunk it is in now. */
const inItsPlace = {
  name: 'in-its-place',
  transform: (code, id) => {
    if (!isOurs(id) || !code.includes('import.meta.url')) return undefined;
    return code.replaceAll('import.meta.url', `new URL("place:${relative(dist, id)}", import.meta.url).href`);
  },
  renderChunk: (code, { fileName }) =>
    code.replaceAll(/(?<=new URL\(["'`])place:([^"'`]+)/g, (_, place) => relative(dirname(fileName), place)),
};

/** Each for itself: a worker is one file then, and no thread loads what another one needs. */
for (const file of entries) {
  const bundle = await rolldown({
    input: { [file.replace(/\.js$/, '')]: resolve(dist, file) },
    cwd: dist,
    platform: 'node',
    external: isExternal,
    resolve: { alias },
    plugins: [inItsPlace],
  });
  await bundle.write({
    dir: dist,
    entryFileNames: '[name].js',
    chunkFileNames: join(dirname(file), 'chunks/[name].js'),
    // Errors name the package.
    codeSplitting: {
      groups: [{ debugName: 'package', test: (id) => joined.includes(packageOf(id)), name: packageOf }],
    },
  });
}
