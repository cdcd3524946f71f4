import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedProfiles, loadProfiles } from '../../src/config/profiles.ts';
import { Folder } from './files.ts';

const named = (name: string, title = name): string =>
  `name: ${name}\ntitle: ${title}\nconfidence: solid\nports: { input: [] }\ncontrols: {}\n`;

const withFolders = (check: (ours: Folder, own: Folder) => void): void => {
  const folders = [new Folder(), new Folder()] as const;
  try {
    check(...folders);
  } finally {
    for (const folder of folders) folder.remove();
  }
};

const titles = ({ profiles }: LoadedProfiles) => profiles.map(({ profile, own }) => [profile.title, own]);

const lines = ({ mistakes }: LoadedProfiles, folder: Folder): string[] =>
  mistakes.map(({ file, line, code }) => `${file.replace(`${folder.path}/`, '')}:${line} ${code}`);

test('files are told apart by name; what is no profile is passed over', () => {
  withFolders((ours) => {
    ours.write('b.yaml', named('b'));
    ours.write('a.yaml', named('a'));
    ours.write('README.md', 'not: [a profile');
    ours.write('.b.yaml.swp', 'not: [a profile');
    ours.write('b.yaml~', 'not: [a profile');
    const loaded = loadProfiles([ours.path]);
    expect(loaded.mistakes).toEqual([]);
    expect(loaded.profiles.map(({ profile, own, file }) => [profile.name, own, file])).toEqual([
      ['a', false, join(ours.path, 'a.yaml')],
      ['b', false, join(ours.path, 'b.yaml')],
    ]);
  });
});

test('profiles with mistakes are told and left out, and the others are there', () => {
  withFolders((ours) => {
    ours.write('a.yaml', named('a'));
    ours.write('c.yaml', named('d'));
    ours.write('e.yml', named('e'));
    mkdirSync(join(ours.path, 'f.yaml'));
    const loaded = loadProfiles([ours.path]);
    expect(titles(loaded)).toEqual([['a', false]]);
    expect(lines(loaded, ours)).toEqual(['c.yaml:1 not-allowed', 'e.yml:0 bad-name', 'f.yaml:0 not-a-file']);
  });
});

test("the player's own takes the place of ours of the same name, also where it comes later in the alphabet", () => {
  withFolders((ours, own) => {
    ours.write('a.yaml', named('a', 'our a'));
    ours.write('c.yaml', named('c', 'our c'));
    own.write('b.yaml', named('b', 'own b'));
    own.write('a.yaml', named('a', 'own a'));
    const loaded = loadProfiles([ours.path, own.path]);
    expect(titles(loaded)).toEqual([
      ['own a', true],
      ['own b', true],
      ['our c', false],
    ]);
    expect(loaded.profiles[0]?.file).toBe(join(own.path, 'a.yaml'));
  });
});

test("where the player's own has mistakes, ours is used", () => {
  withFolders((ours, own) => {
    ours.write('a.yaml', named('a', 'our a'));
    own.write('a.yaml', `${named('a', 'own a')}lamp: {}\n`);
    const loaded = loadProfiles([ours.path, own.path]);
    expect(titles(loaded)).toEqual([['our a', false]]);
    expect(lines(loaded, own)).toEqual(['a.yaml:6 unknown-key']);
  });
});

test('where ours has mistakes, the own one is used', () => {
  withFolders((ours, own) => {
    ours.write('a.yaml', '');
    own.write('a.yaml', named('a', 'own a'));
    expect(titles(loadProfiles([ours.path, own.path]))).toEqual([['own a', true]]);
  });
});

test('the player need not have a folder, the program has one', () => {
  withFolders((ours) => {
    ours.write('a.yaml', named('a'));
    expect(loadProfiles([ours.path, '/nowhere'])).toMatchObject({ mistakes: [], profiles: [{ own: false }] });
    expect(loadProfiles(['/nowhere'])).toEqual({
      profiles: [],
      mistakes: [
        {
          file: '/nowhere',
          line: 0,
          column: 0,
          path: '',
          code: 'no-folder',
          text: 'cannot be read (ENOENT); allowed is a folder of profiles; check the path',
        },
      ],
    });
  });
});

test("a file in the place of the player's folder is told", () => {
  withFolders((ours, own) => {
    const file = own.write('controllers', '');
    expect(loadProfiles([ours.path, file]).mistakes.map(({ code }) => code)).toEqual(['no-folder']);
  });
});
