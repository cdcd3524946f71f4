import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promised } from '../../../src/cli/promised.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { ExportWish } from '../../../src/ports/front-of-house.ts';
import { FakeFrontOfHouse } from '../../fakes/fake-front-of-house.ts';
import { type Scratch, scratch } from '../files/scratch.ts';
import { closeAll, opened, until } from './rig.ts';

let files: Scratch;
beforeEach(() => {
  files = scratch();
});
afterEach(async () => {
  await closeAll();
  files.remove();
});

const wav = { 'content-type': 'audio/wav' };

describe('an export', () => {
  const exporting = (exportSet: NonNullable<ConstructorParameters<typeof FakeFrontOfHouse>[0]>['exportSet']) =>
    opened({}, {}, new FakeFrontOfHouse(exportSet && { exportSet }));

  test('is sent whole, as a file, and removed from the disk', async () => {
    const wishes: ExportWish[] = [];
    const path = files.path('set.zip');
    const zip = Buffer.alloc(300_000, 7);
    const { url } = await exporting(async (wish) => {
      wishes.push(wish);
      writeFileSync(path, zip);
      return { path, remove: async () => files.remove() };
    });
    const got = await fetch(`${url}api/export.zip?name=-%20a%20song&passes=4&tape=1`);
    expect(Buffer.from(await got.arrayBuffer()).equals(zip)).toBe(true);
    expect(got.headers.get('content-disposition')).toContain('attachment');
    expect(wishes).toEqual([{ name: '- a song', passes: 4, tape: true }]);
    await until(() => !existsSync(path));
  });

  test('is of the current set, in two passes and without the tape, unless told', async () => {
    const wishes: ExportWish[] = [];
    const { url } = await exporting((wish) => {
      wishes.push(wish);
      return Promise.reject(new UserError('set-empty', 'there are no loops to be exported'));
    });
    const got = await fetch(`${url}api/export.zip`);
    expect([got.status, await got.json()]).toEqual([
      409,
      { code: 'set-empty', reason: 'there are no loops to be exported' },
    ]);
    expect(wishes).toEqual([{ passes: 2, tape: false }]);
  });

  test.each(['passes=0', 'passes=65', 'passes=two', 'tape=yes'])('of %s is not understood', async (query) => {
    const { url } = await exporting(() => Promise.reject(new Error('was asked all the same')));
    expect((await fetch(`${url}api/export.zip?${query}`)).status).toBe(400);
  });

  test('that nobody waits for any more is ended', async () => {
    const { promise: ended, resolve: end } = promised<void>();
    const { promise: begun, resolve: begin } = promised<void>();
    const { url } = await exporting((_, signal) => {
      begin();
      return new Promise((__, reject) => {
        signal.addEventListener('abort', () => {
          end();
          reject(new Error('ended'));
        });
      });
    });
    const leaving = new AbortController();
    const asked = fetch(`${url}api/export.zip`, { signal: leaving.signal }).catch(() => undefined);
    await begun;
    leaving.abort();
    await ended;
    await asked;
  });
});

describe('an import', () => {
  const importing = (reserveBytes = 0, limits = {}) => {
    const seen: { readonly bytes: Buffer; readonly question: object }[] = [];
    const front = new FakeFrontOfHouse({
      sets: async (question) => {
        if (question.act !== 'import') throw new Error(`unexpected: ${question.act}`);
        const { path, ...rest } = question;
        seen.push({ bytes: readFileSync(path), question: rest });
        return { lines: [`track ${question.track} has it, stopped`], sets: [] };
      },
    });
    const folder = files.path('work');
    return opened({ work: { folder, reserveBytes } }, limits, front).then((rig) => ({ ...rig, seen, folder }));
  };

  const post = (url: string, query: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = wav) =>
    fetch(`${url}api/import?${query}`, { method: 'POST', headers, body });

  test('is asked of the sets with the file, which is gone afterwards', async () => {
    const { url, seen, folder } = await importing();
    const bytes = Buffer.alloc(200_000, 9);
    const got = await post(url, 'track=3&bars=4', bytes);
    expect([got.status, await got.json()]).toEqual([200, { lines: ['track 3 has it, stopped'] }]);
    expect(seen.map(({ question }) => question)).toEqual([{ act: 'import', track: 3, bars: 4 }]);
    expect(seen[0]?.bytes.equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['', 'track=0', 'track=65', 'track=1&bars=0', 'track=one'])(
    'with "%s" is not understood',
    async (query) => {
      const { url, seen } = await importing();
      expect((await post(url, query, Buffer.alloc(4))).status).toBe(400);
      expect(seen).toEqual([]);
    },
  );

  test('takes nothing that a form of another page could send', async () => {
    const { url, seen } = await importing();
    expect((await post(url, 'track=1', Buffer.alloc(4), { 'content-type': 'text/plain' })).status).toBe(415);
    expect(seen).toEqual([]);
  });

  test('takes no file that is too long', async () => {
    const { url, seen } = await importing(0, { fileBytes: 1000 });
    expect((await post(url, 'track=1', Buffer.alloc(1001))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test('leaves free what is reserved', async () => {
    const { url, seen } = await importing(Number.MAX_SAFE_INTEGER);
    const got = await post(url, 'track=1', Buffer.alloc(1000));
    expect([got.status, await got.json()]).toMatchObject([507, { code: 'disk-full' }]);
    expect(seen).toEqual([]);
  });

  test('that fails says why, and leaves nothing', async () => {
    const folder = files.path('work');
    const front = new FakeFrontOfHouse({
      sets: (question) =>
        Promise.reject(new UserError('bad-wav', `${'path' in question ? question.path : ''}: holds 8-bit PCM`)),
    });
    const { url } = await opened({ work: { folder, reserveBytes: 0 } }, {}, front);
    const got = await post(url, 'track=1', Buffer.alloc(1000));
    expect([got.status, await got.json()]).toEqual([409, { code: 'bad-wav', reason: 'the file: holds 8-bit PCM' }]);
    expect(readdirSync(join(folder))).toEqual([]);
  });
});
