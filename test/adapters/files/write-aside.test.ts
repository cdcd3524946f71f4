import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createLines } from '../../../src/adapters/files/atomic-text.ts';
import { createWav } from '../../../src/adapters/files/wav-writer.ts';
import { openAside, writeError } from '../../../src/adapters/files/write-aside.ts';
import { asOrdinaryUser, type Scratch, scratch, testAsOrdinaryUser, userErrorOf } from './scratch.ts';

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

/** The three ways to write a file have one discipline. */
const writers = [
  {
    kind: 'bytes',
    create: (path: string) => {
      const aside = openAside(path);
      return {
        write: (count: number) => aside.append(new Uint8Array(count)),
        commit: () => aside.commit(),
        abort: aside.abort,
      };
    },
    sizeOf: (count: number) => count,
  },
  {
    kind: 'WAV',
    create: (path: string) => {
      const wav = createWav(path, 48_000);
      return { ...wav, write: (count: number) => wav.write(new Float32Array(count / 4), count / 8) };
    },
    sizeOf: (count: number) => count + 58,
  },
  {
    kind: 'lines',
    create: (path: string) => {
      const lines = createLines(path);
      return { ...lines, write: (count: number) => lines.write('x'.repeat(count - 1)) };
    },
    sizeOf: (count: number) => count,
  },
];

const temporary = /^\.take\..*\.tmp$/;
/**
 * The disk under the one temporary file in the folder is full from now on: its descriptor is given to /dev/full, so
 * that the next write fails in the system itself.
 */
const fillDisk = (): void => {
  const [name = ''] = folder.names().filter((each) => temporary.test(each));
  const descriptors = readdirSync('/proc/self/fd');
  const descriptor = Number(descriptors.find((each) => linkOf(each) === realpathSync(folder.path(name))));
  closeSync(descriptor);
  if (openSync('/dev/full', 'w') !== descriptor) throw new Error('another thread took the descriptor');
};

/** Where a descriptor leads; the listing's own is closed by now. */
const linkOf = (descriptor: string): string | undefined =>
  existsSync(`/proc/self/fd/${descriptor}`) ? readlinkSync(`/proc/self/fd/${descriptor}`) : undefined;

describe.each(writers)('$kind written aside', ({ create, sizeOf }) => {
  test('stands under its name only once committed, and alone', () => {
    const file = create(folder.path('take'));
    file.write(1_000_000);
    expect(folder.names()).toEqual([expect.stringMatching(temporary)]);
    file.commit();
    expect(folder.names()).toEqual(['take']);
    expect(statSync(folder.path('take')).size).toBe(sizeOf(1_000_000));
  });

  test('replaces the file that was there only once committed', () => {
    folder.put('take', 'before');
    const file = create(folder.path('take'));
    file.write(800);
    expect(readFileSync(folder.path('take'), 'utf8')).toBe('before');
    file.commit();
    expect(statSync(folder.path('take')).size).toBe(sizeOf(800));
    expect(folder.names()).toEqual(['take']);
  });

  test('aborted, leaves nothing, and the file that was there', () => {
    const before = folder.openFiles();
    folder.put('take', 'before');
    const file = create(folder.path('take'));
    file.write(1_000_000);
    file.abort();
    file.abort();
    expect(folder.names()).toEqual(['take']);
    expect(readFileSync(folder.path('take'), 'utf8')).toBe('before');
    expect(folder.openFiles()).toBe(before);
  });

  test('aborted after its commit, stays', () => {
    const before = folder.openFiles();
    const file = create(folder.path('take'));
    file.write(80);
    file.commit();
    file.abort();
    expect(folder.names()).toEqual(['take']);
    expect(folder.openFiles()).toBe(before);
  });

  test('takes nothing after its commit or abort', () => {
    const committed = create(folder.path('take'));
    committed.commit();
    const aborted = create(folder.path('other'));
    aborted.abort();
    for (const ended of [committed, aborted]) {
      expect(() => ended.write(8)).toThrow('after its commit or abort');
      expect(() => ended.commit()).toThrow('after its commit or abort');
    }
    expect(folder.names()).toEqual(['take']);
  });

  test('two at a time do not meet', () => {
    const [first, second] = [create(folder.path('take')), create(folder.path('take'))];
    first.write(80);
    second.write(800);
    expect(folder.names()).toHaveLength(2);
    second.commit();
    first.commit();
    expect(statSync(folder.path('take')).size).toBe(sizeOf(80));
    expect(folder.names()).toEqual(['take']);
  });

  test('through a link, replaces what it points to', () => {
    mkdirSync(folder.path('disk'));
    folder.put('disk/take', 'before');
    symlinkSync('disk/take', folder.path('link'));
    const file = create(folder.path('link'));
    file.write(800);
    file.commit();
    expect(statSync(folder.path('disk/take')).size).toBe(sizeOf(800));
    expect(folder.names()).toEqual(['disk', 'link']);
  });

  test('a name as long as names may be', () => {
    const name = 'x'.repeat(255);
    const file = create(folder.path(name));
    file.commit();
    expect(folder.names()).toEqual([name]);
  });

  test.each<[string, string, () => string]>([
    ['folder-missing', 'is not a folder', () => folder.path('none/take')],
    ['folder-missing', 'is not a folder', () => `${folder.put('file', 'x')}/take`],
    ['file-is-folder', 'is a folder', () => folder.folder],
    ['file-is-folder', 'is a folder', () => folder.path('none/')],
    ['file-not-regular', 'a pipe or a device', () => '/dev/null'],
    ['file-write-failed', 'ENAMETOOLONG', () => folder.path('x'.repeat(256))],
    ['file-write-failed', 'null bytes', () => folder.path('a\0b')],
  ])('%s: refused at once', (code, says, path) => {
    const name = path();
    const before = folder.names();
    const error = userErrorOf(() => create(name));
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(says)]);
    expect(error.message.startsWith(`${name}: `)).toBe(true);
    expect(folder.names()).toEqual(before);
  });

  testAsOrdinaryUser.each<[string, () => void]>([
    ['into a folder without permission', () => folder.mode('', 0o555)],
    ['over a file without permission', () => folder.mode(folder.put('take', 'x').slice(folder.folder.length), 0o444)],
  ])('file-not-writable: %s', (_, forbid) => {
    forbid();
    const before = folder.names();
    const error = asOrdinaryUser(() => userErrorOf(() => create(folder.path('take'))));
    expect(error.code).toBe('file-not-writable');
    expect(error.message).toContain(folder.path('take'));
    expect(folder.names()).toEqual(before);
  });

  test('disk-full: while writing, leaves nothing', () => {
    const before = folder.openFiles();
    const file = create(folder.path('take'));
    file.write(80_000);
    fillDisk();
    const error = userErrorOf(() => {
      for (let count = 0; count < 20; count += 1) file.write(80_000);
    });
    expect(error.code).toBe('disk-full');
    expect(error.message.startsWith(`${folder.path('take')}: the disk is full; `)).toBe(true);
    expect(folder.names()).toEqual([]);
    file.abort();
    expect(() => file.write(8)).toThrow('after its commit or abort');
    expect(folder.openFiles()).toBe(before);
  });

  test('disk-full: at the commit, leaves the file that was there', () => {
    folder.put('take', 'before');
    const file = create(folder.path('take'));
    file.write(80_000);
    fillDisk();
    expect(userErrorOf(() => file.commit()).code).toBe('disk-full');
    expect(folder.names()).toEqual(['take']);
    expect(readFileSync(folder.path('take'), 'utf8')).toBe('before');
  });
});

test.each([
  [[262_143, 2]],
  [[262_144, 1]],
  [[1, 262_144, 1]],
  [[1, 262_145, 1]],
  [[262_145, 262_143, 1, 1]],
  [[0, 600_000, 0, 5]],
])('bytes in pieces of %j stay whole and in order', (sizes) => {
  const pieces = sizes.map((size, index) => new Uint8Array(size).fill(index + 1));
  const file = openAside(folder.path('take'));
  for (const piece of pieces) file.append(piece);
  file.commit(Uint8Array.of(9));
  const expected = Buffer.concat(pieces);
  expected[0] = 9;
  expect(readFileSync(folder.path('take')).equals(expected)).toBe(true);
});

test('a folder that took the name meanwhile is not replaced, and nothing else is left', () => {
  const file = openAside(folder.path('take'));
  mkdirSync(folder.path('take'));
  expect(userErrorOf(() => file.commit()).code).toBe('file-write-failed');
  expect(folder.names()).toEqual(['take']);
  expect(statSync(folder.path('take')).isDirectory()).toBe(true);
});

test('the leftover of a process that died, under the very same name, is no hindrance', () => {
  const first = openAside(folder.path('take'));
  const [name = ''] = folder.names();
  first.abort();
  const next = name.replace(/\d+\.tmp$/, (end) => `${Number.parseInt(end, 10) + 1}.tmp`);
  folder.put(next, 'leftover');
  const second = openAside(folder.path('take'));
  expect(folder.names()).toEqual([next]);
  second.commit();
  expect(folder.names()).toEqual(['take']);
  expect(statSync(folder.path('take')).size).toBe(0);
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'file-too-large'],
  ['EROFS', 'disk-read-only'],
  ['EPERM', 'file-not-writable'],
  ['EIO', 'file-write-failed'],
])('%s is told as %s', (errno, code) => {
  const error = writeError('sets/one.wav', Object.assign(new Error(`${errno}: as the system says`), { code: errno }));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^sets\/one\.wav: [^;]+; [^;]+; [^;]+$/);
});
