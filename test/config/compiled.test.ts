import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProfiles } from '../../src/config/compile.ts';
import { compiledBytes, compiledIn } from '../../src/config/compiled.ts';
import { loadProfiles } from '../../src/config/profiles.ts';
import { Folder, inRepository } from './files.ts';

const shipped = inRepository('config/controllers');
const bytes = compiledBytes(compileProfiles(shipped));

const folder = new Folder();
const compiledFile = folder.write('profiles.bin', bytes);
afterAll(() => folder.remove());

const own = new Folder();
afterAll(() => own.remove());

test('what was compiled is what would be read, in every detail', () => {
  expect(loadProfiles([shipped], undefined, compiledFile)).toStrictEqual(loadProfiles([shipped]));
  expect(compiledIn(compiledFile).size).toBe(loadProfiles([shipped]).profiles.length);
});

test('a profile that was edited is read', () => {
  const text = readFileSync(join(shipped, 'generic.yaml'), 'utf8');
  own.write('generic.yaml', text.replace(/^title: .*$/m, 'title: edited'));
  expect(loadProfiles([own.path], undefined, compiledFile).profiles).toMatchObject([{ profile: { title: 'edited' } }]);
  const file = own.write('generic.yaml', `${text}\nunknown: 1\n`);
  expect(loadProfiles([own.path], undefined, compiledFile)).toMatchObject({
    profiles: [],
    mistakes: [{ file, code: 'unknown-key' }],
  });
});

test('the text of a profile under another name is a mistake, compiled or not', () => {
  const file = own.write('generic.yaml', readFileSync(join(shipped, 'keyboard.yaml')));
  expect(loadProfiles([own.path], undefined, compiledFile)).toMatchObject({ profiles: [], mistakes: [{ file }] });
});

test('without what was compiled, or with what cannot be understood, profiles are read', () => {
  copyFileSync(join(shipped, 'generic.yaml'), join(own.path, 'generic.yaml'));
  for (const damaged of [bytes.subarray(0, 1000), Uint8Array.of(0xff, 0x7f), new Uint8Array(0)]) {
    const file = folder.write('damaged.bin', damaged);
    expect(loadProfiles([own.path], undefined, file)).toStrictEqual(loadProfiles([own.path]));
  }
  expect(compiledIn('/nowhere')).toEqual(new Map());
});
