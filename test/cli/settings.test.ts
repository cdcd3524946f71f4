import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultConfigFile } from '../../src/cli/settings.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hindsight-settings-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the settings that hold have the name of the file that they lie in', () => {
  const [file, link] = [join(folder, 'etc.yaml'), join(folder, 'link.yaml')];
  writeFileSync(file, '');
  symlinkSync(file, link);
  expect(defaultConfigFile(link)).toBe(file);
});

test('settings that were removed leave the defaults', () => {
  const link = join(folder, 'link.yaml');
  symlinkSync(join(folder, 'etc.yaml'), link);
  expect([defaultConfigFile(link), defaultConfigFile(join(folder, 'none.yaml'))]).toEqual([undefined, undefined]);
});

test('settings that cannot be seen are not taken for removed: who reads them says why', () => {
  const link = join(folder, 'link.yaml');
  symlinkSync(link, link);
  expect(defaultConfigFile(link)).toBe(link);
});
