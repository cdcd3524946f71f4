import { writeZip, type ZipEntry } from '../../../src/adapters/files/zip-writer.ts';
import { type Scratch, scratch } from './scratch.ts';
import { unzipped } from './zip.ts';

let place: Scratch;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());

const entry = (name: string, ...pieces: readonly string[]): ZipEntry => {
  const bytes = pieces.map((piece) => Buffer.from(piece));
  return { name, bytes: Buffer.concat(bytes).length, content: () => bytes };
};

test('what was put in comes out again, by names of any letters', async () => {
  const told: number[] = [];
  await writeZip(place.path('a.zip'), [entry('Lied für zwei.wav', 'one', 'two'), entry('empty')], (bytes) => {
    told.push(bytes);
  });
  const files = await unzipped(place.path('a.zip'));
  expect([...files].map(([name, bytes]) => [name, String(bytes)])).toEqual([
    ['Lied für zwei.wav', 'onetwo'],
    ['empty', ''],
  ]);
  expect(told.at(-1)).toBeGreaterThan(6);
  expect(place.names()).toEqual(['a.zip']);
});

test('a file that was there is replaced only by a whole one', async () => {
  place.put('a.zip', 'before');
  const broken: ZipEntry = {
    name: 'broken',
    bytes: 2,
    content: function* () {
      yield Buffer.from('1');
      throw new Error('the disk is gone');
    },
  };
  await expect(writeZip(place.path('a.zip'), [broken])).rejects.toThrow('the disk is gone');
  expect(place.names()).toEqual(['a.zip']);
  await expect(unzipped(place.path('a.zip'))).rejects.toThrow();
});

test('an entry that has not as many bytes as it said is an error', async () => {
  await expect(writeZip(place.path('a.zip'), [{ ...entry('short', '123'), bytes: 5 }])).rejects.toThrow();
  expect(place.names()).toEqual([]);
});

test('a folder that is not there is told', async () => {
  await expect(writeZip(place.path('no/a.zip'), [entry('a', 'b')])).rejects.toMatchObject({ code: 'folder-missing' });
});

test('a device is left alone, and a folder is none', async () => {
  for (const [name, code] of [
    ['/dev/null', 'file-not-regular'],
    [place.folder, 'file-is-folder'],
  ] as const) {
    await expect(writeZip(name, [entry('a', 'b')])).rejects.toMatchObject({ code });
  }
});
