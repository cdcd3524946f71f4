import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Architecture } from './machine.ts';

const root = join(import.meta.dirname, '../..');

/** What goes into the package, and what makes it. */
const ingredients = [
  'src',
  'config',
  'systemd',
  'bin',
  'scripts',
  'docs',
  'package.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** Says of what the package would be made: the same words, the same package. */
const recipe = (): string => {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...ingredients];
  const names = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0');
  const hash = createHash('sha256');
  for (const name of names.filter((each) => each !== '' && existsSync(join(root, each))).toSorted()) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex').slice(0, 16);
};

const packageIn = (folder: string, architecture: Architecture): string | undefined => {
  const name = readdirSync(folder).find((each) => /^hindsight_/.test(each) && each.endsWith(`_${architecture}.deb`));
  return name === undefined ? undefined : join(folder, name);
};

/** The package of what lies here, made unless it was. HINDSIGHT_PACKAGE names another one. */
export const debianPackage = (architecture: Architecture): string => {
  const given = process.env['HINDSIGHT_PACKAGE'];
  if (given !== undefined) return resolve(given);
  const folder = join(root, 'node_modules/.hindsight/debian', `${architecture}-${recipe()}`);
  if (!existsSync(folder)) {
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    execFileSync(join(root, 'scripts/package'), [architecture, '--without-node', '--output', part], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    renameSync(part, folder);
  }
  const file = packageIn(folder, architecture);
  if (file === undefined) throw new Error(`scripts/package left no hindsight_*_${architecture}.deb in ${folder}`);
  return file;
};

/** What the settings of the package before say, and these do not. */
export const settingsBefore = '# As the version before had it.\n';

/** What the package before has, and this one has not. */
export const fileBefore = '/usr/lib/hindsight/dist/chunks/of-the-version-before.js';

const change = (path: string, changed: (text: string) => string): void =>
  writeFileSync(path, changed(existsSync(path) ? readFileSync(path, 'utf8') : ''));

/** The checksum of a package's file as it is now, in place of what stands there of it. */
const checksummed = (tree: string, file: string): void => {
  const checksum = createHash('md5')
    .update(readFileSync(join(tree, file)))
    .digest('hex');
  const name = file.slice(1);
  change(join(tree, 'DEBIAN/md5sums'), (text) => {
    const others = text.split('\n').filter((line) => line !== '' && !line.endsWith(`  ${name}`));
    return `${[...others, `${checksum}  ${name}`].join('\n')}\n`;
  });
};

/**
 * The package as the version before would have been, as a player would have it before an upgrade: with a file that is gone since, and other
 * words in the settings, about which dpkg has something to decide where the player has changed them, too.
 */
export const previousPackage = (file: string): string => {
  const work = mkdtempSync(join(tmpdir(), 'hindsight-previous-'));
  try {
    const tree = join(work, 'tree');
    execFileSync('dpkg-deb', ['--raw-extract', file, tree]);
    // A tilde sorts before everything, also before nothing.
    change(join(tree, 'DEBIAN/control'), (text) => text.replace(/^Version: .*$/m, '$&~before'));
    const settings = '/etc/hindsight/hindsight.yaml';
    change(join(tree, settings), (text) => `${settingsBefore}${text}`);
    mkdirSync(dirname(join(tree, fileBefore)), { recursive: true });
    change(join(tree, fileBefore), () => '');
    for (const file of [settings, fileBefore]) checksummed(tree, file);
    const previous = join(work, 'previous.deb');
    // Nobody waits for it to be small.
    execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, previous]);
    const kept = `${work}.deb`;
    renameSync(previous, kept);
    return kept;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};
