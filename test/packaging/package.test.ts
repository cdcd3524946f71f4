import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { inRepository } from '../config/files.ts';

/** Without input: where that is a socket, bash takes itself for one of a login from afar, and reads what the machine has for those. */
const bash = (script: string) =>
  spawnSync('bash', ['-euc', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    cwd: inRepository(''),
    env: { ...process.env, LC_ALL: 'C' },
  });

test.each([
  [['mips'], 'mips: not an option'],
  [['--output'], '--output: its value is missing'],
  [['amd64', '--version', 'next one'], 'not a version'],
])('what it does not know is refused before anything is done: %j', (args, words) => {
  const { status, stderr } = spawnSync(inRepository('scripts/package'), args, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(words);
  expect(stderr).toContain('[amd64|arm64]... [--output DIR] [--version V]');
});

/** What the parts of scripts/package find set. */
const parts = `
  here=scripts; . scripts/lib/common.sh; . scripts/packaging/npm.sh; version=1.2.3; maintainer='A B <a@b.org>'
  export SOURCE_DATE_EPOCH=1700000000; . scripts/packaging/tree.sh; . scripts/packaging/deb.sh
`;

test('the list of changes in the package is that of the newest version for players, in Debian’s form', () => {
  const { stdout, stderr } = bash(`${parts} debian_changelog hindsight`);
  expect(stderr).toBe('');
  const [head, , ...rest] = stdout.trimEnd().split('\n');
  expect(head).toBe('hindsight (1.2.3) unstable; urgency=medium');
  expect(rest.at(-1)).toBe(' -- A B <a@b.org>  Tue, 14 Nov 2023 22:13:20 +0000');
  const points = rest.slice(0, -2);
  expect(points.length).toBeGreaterThan(20);
  for (const line of points) expect(line).toMatch(/^( {2}\* | {4})\S.{0,75}$/);
});

test('Debian’s own Node is taken where it is new enough, else the package that brings one', () => {
  const { stdout } = bash(`${parts} hindsight_control arm64 1000 2.34; node_control arm64 1000`);
  expect(stdout).toMatch(/^Depends: nodejs \(>= 20\.19\) \| hindsight-node, .*libportaudio2.*libc6 \(>= 2\.34\)/m);
  expect(stdout.match(/^Architecture: arm64$/gm)).toHaveLength(2);
});

test('what is not needed to play is left out, and what is stays', () => {
  const { stdout, stderr } = bash(`${parts}
    folder=$(mktemp -d); cd "$folder"
    for file in a/index.js a/README.md a/LICENSE a/index.d.ts a/index.js.map a/test/a.js a/.npmignore nan/nan.h .bin/a \\
      naudiodon/src/a.cc naudiodon/build/Release/libportaudio.so.2 naudiodon/package.json naudiodon/LICENSE \\
      @julusian/midi/prebuilds/midi-linux-arm64/a.node @julusian/midi/prebuilds/midi-linux-x64/a.node; do
      mkdir -p "$(dirname "$file")"; touch "$file"
    done
    prune_packages "$folder" arm64; find . -type f | LC_ALL=C sort; rm -rf "$folder"`);
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual([
    './@julusian/midi/prebuilds/midi-linux-arm64/a.node',
    './a/LICENSE',
    './a/index.js',
    './naudiodon/LICENSE',
    './naudiodon/package.json',
  ]);
});

test('each package that the program names can be loaded after what is not needed was left out', () => {
  // naudiodon's compiled part is put beside later; a font is no program.
  const { stdout, stderr } = bash(`${parts}
    folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
    npm ls --omit=dev --all --parseable 2>/dev/null | tail -n +2 | while read -r package; do
      mkdir -p "$folder/$(dirname "\${package#"$root"/}")"; cp -r "$package" "$folder/\${package#"$root"/}"
    done
    prune_packages "$folder/node_modules" "$(dpkg --print-architecture)"
    cd "$folder"
    node --input-type=module -e "
      const { dependencies } = JSON.parse((await import('node:fs')).readFileSync('$root/package.json', 'utf8'));
      for (const name of Object.keys(dependencies)) {
        if (/^naudiodon$|font/.test(name)) continue;
        await import(name);
        console.log(name);
      }
      process.exit();
    "`);
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toEqual(
    expect.arrayContaining(['koffi', '@julusian/midi', 'systeminformation', 'zod']),
  );
});

test('a package’s size on the disk is that of its files in whole KiB and of its folders, whatever file system it is made on', () => {
  const { stdout, stderr } = bash(`${parts}
    tree=$(mktemp -d); mkdir -p "$tree/usr/lib" "$tree/DEBIAN"; head -c 4000 /dev/zero >"$tree/DEBIAN/control"
    head -c 1 /dev/zero >"$tree/usr/one"; head -c 1024 /dev/zero >"$tree/usr/lib/whole"; head -c 1025 /dev/zero >"$tree/usr/lib/more"
    : >"$tree/usr/empty"; ln -s one "$tree/usr/link"
    installed_kilobytes "$tree"; rm -rf "$tree"`);
  // usr, usr/lib, the link; one, whole, more (2).
  expect([stdout, stderr]).toEqual(['7\n', '']);
});

test('what two starts would both put into a cache is made by one, for which the other waits', () => {
  const { status, stdout, stderr } = bash(`${parts}
    at=$(mktemp -d); mkfifo "$at"/{begun,go,told}
    make() { [[ ! -e $at/made ]] || return 0; echo begun >"$at/begun"; read -r _ <"$at/go"; echo once; mv "$at/made.part" "$at/made"; }
    : >"$at/made.part"
    alone_in "$at/cache" make & first=$!
    read -r _ <"$at/begun"
    alone_in "$at/cache" make 2>"$at/told" & second=$!
    read -r told <"$at/told"; echo "$told"
    echo >"$at/go"; wait "$first"; wait "$second"; rm -r "$at"`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/: another one is at work in \S+\/cache; waiting for it\nonce\n$/);
});

describe('the documents in the package', () => {
  let files: Scratch;
  beforeAll(() => {
    files = scratch();
    const { status, stderr } = bash(
      `${parts} mkdir ${files.path('none')}; put_documents ${files.path('tree')} ${files.path('none')}`,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
  afterAll(() => files.remove());

  const inTree = (path: string): string => files.path(`tree${path}`);
  const folder = '/usr/share/doc/hindsight';

  /** As GitHub makes the name of a heading. */
  const anchors = (text: string): readonly string[] =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  const brokenIn = (path: string): readonly string[] => {
    const links = [...readFileSync(path, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    return links.filter((target) => {
      if (/^[a-z]+:/i.test(target)) return false;
      const [name = '', anchor] = target.split('#');
      const to = name === '' ? path : join(dirname(path), name);
      return !existsSync(to) || (anchor !== undefined && !anchors(readFileSync(to, 'utf8')).includes(anchor));
    });
  };

  test('have no link that leads nowhere, and are all there', () => {
    const laid = readdirSync(inTree(folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    const docs = readdirSync(inRepository('docs')).filter((name) => name.endsWith('.md'));
    expect(laid.toSorted()).toEqual(['README.md', ...docs.map((name) => `docs/${name}`)].toSorted());
    const broken = laid
      .map((name) => [name, brokenIn(inTree(`${folder}/${name}`))])
      .filter(([, links]) => links?.length);
    expect(broken).toEqual([]);
  });

  test('keep their links to each other, and the words of those that stay with the sources', () => {
    const readme = readFileSync(inTree(`${folder}/README.md`), 'utf8');
    expect(readme).toContain('[docs/install.md](docs/install.md)');
    expect(readme).toMatch(/^ARCHITECTURE\.md: how it is built/m);
    expect(readFileSync(inTree(`${folder}/docs/stage.md`), 'utf8')).toContain('[list](../README.md#controllers)');
  });

  test('are where the unit says', () => {
    const unit = readFileSync(inRepository('systemd/hindsight.service'), 'utf8');
    const [, path = ''] = /^Documentation=.*file:(\S+)/m.exec(unit) ?? [];
    expect(path).not.toBe('');
    expect(existsSync(inTree(path))).toBe(true);
  });
});
