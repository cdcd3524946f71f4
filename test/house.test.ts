import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const src = resolve(import.meta.dirname, '../src');

/** What the files of a folder may import: folders of the house, and packages. Longer names are looked at first. */
const rules: readonly (readonly [folder: string, folders: readonly string[], packages: RegExp])[] = [
  ['core', ['core'], /^$/],
  ['protocol', ['protocol', 'core'], /^zod$/],
  ['ports', ['ports', 'protocol', 'core'], /^$/],
  ['streams', ['streams', 'ports', 'protocol', 'core'], /^rxjs$/],
  ['engine', ['engine', 'core/time', 'core/sound', 'core/errors.ts'], /^node:/],
  ['config', ['config', 'core'], /^(node:|zod$|yaml$|fastest-levenshtein$)/],
  ['adapters/backstage', ['adapters/backstage', 'ports', 'core'], /^node:/],
  ['adapters/engine', ['adapters/engine', 'ports', 'core', 'engine'], /^node:/],
  ['adapters/audio', ['adapters/audio', 'adapters/kernel', 'ports', 'core'], /^node:/],
  [
    'adapters/calibration',
    ['adapters/calibration', 'ports', 'core'],
    /^(node:|fft\.js$|@resvg\/resvg-js$|@expo-google-fonts\/share-tech-mono)/,
  ],
  ['adapters/files', ['adapters/files', 'ports', 'core'], /^(node:|@alexanderolsen\/libsamplerate-js$|yazl$)/],
  ['adapters/keyboard', ['adapters/keyboard', 'ports', 'core'], /^node:/],
  ['adapters/kernel', ['adapters/kernel'], /^node:/],
  ['adapters/log', ['adapters/log', 'ports', 'core'], /^(node:|pino)/],
  ['adapters/gpio', ['adapters/gpio', 'ports', 'core'], /^(node:|koffi$)/],
  ['adapters/lcd', ['adapters/lcd', 'ports', 'core'], /^(node:|koffi$)/],
  ['adapters/machine', ['adapters/machine', 'adapters/kernel', 'ports', 'core'], /^(node:|systeminformation$)/],
  ['adapters/realtime', ['adapters/realtime', 'ports', 'core'], /^(node:|koffi$)/],
  ['adapters/systemd', ['adapters/systemd', 'ports', 'core'], /^(node:|koffi$)/],
  ['adapters/midi', ['adapters/midi', 'adapters/kernel', 'ports', 'core'], /^(node:|@julusian\/midi)/],
  ['adapters/web', ['adapters/web', 'ports', 'protocol', 'core'], /^(node:|ws$)/],
  ['page', ['page', 'protocol', 'core'], /^preact(\/.*)?$/],
  ['compose', ['compose', 'adapters', 'streams', 'ports', 'config', 'core', 'engine'], /^node:/],
  ['bench', ['bench', 'compose', 'adapters', 'streams', 'ports', 'config', 'core', 'engine'], /^(node:|ws$)/],
  ['cli', ['cli', 'bench', 'compose', 'config', 'ports', 'core', 'engine/protocol.ts'], /^(node:|uqr$)/],
  ['main.ts', ['cli', 'compose/version.ts', 'core'], /^node:/],
];

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

/** Statements at the beginning of a line, and imports at run time. */
const imported =
  /^(?:import|export)\b[^'\n;]*(?:\{[^}]*\}[^'\n;]*)?from\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(imported)].map(
    ([, from, whole, late]) => from ?? whole ?? late ?? '',
  );

const within = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

const breaches = (file: string): string[] => {
  const rule = rules.find(([folder]) => within(file, folder));
  if (rule === undefined) return [`${file} is in no room of the house`];
  const [, folders, packages] = rule;
  return importsOf(file)
    .filter((name) => {
      if (!name.startsWith('.')) return !packages.test(name);
      const target = relative(src, resolve(dirname(join(src, file)), name));
      return !folders.some((folder) => within(target, folder));
    })
    .map((name) => `${file} imports ${name}`);
};

test('there are files to look at, and they import each other', () => {
  expect(files.length).toBeGreaterThan(80);
  expect(files.flatMap(importsOf).filter((name) => name.startsWith('.')).length).toBeGreaterThan(200);
});

test('imports run one way: each room knows only those that it may', () => {
  expect(files.flatMap(breaches)).toEqual([]);
});

test('no file is called after what it is not', () => {
  expect(files.filter((file) => /(utils?|helpers?|manager|common|index)\.tsx?$/.test(file))).toEqual([]);
});

test('no file is longer than a reader can hold', () => {
  const lines = (file: string): number => readFileSync(join(src, file), 'utf8').split('\n').length;
  expect(files.filter((file) => lines(file) > 300)).toEqual([]);
});
