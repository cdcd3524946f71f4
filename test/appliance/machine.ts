import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** An audio interface that can be unplugged, beside what the guest's kernel makes of itself. */
const pluggable = '-audiodev none,id=a -device intel-hda -device hda-duplex,audiodev=a';

/** What a program in the guest needs: the compiled looper with the packages that it runs on. */
const copyLooper = (payload: string): void => {
  const looper = join(payload, 'hindsight');
  mkdirSync(looper);
  for (const part of ['dist', 'config', 'package.json'])
    cpSync(join(root, part), join(looper, part), { recursive: true });
  const packages = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: root, encoding: 'utf8' });
  for (const folder of packages.trim().split('\n').slice(1)) {
    cpSync(folder, join(looper, relative(root, folder)), { recursive: true, dereference: true });
  }
};

/** What a guest has left. */
export type Guest = {
  readonly code: number | null;
  readonly console: string;
  text(name: string): string;
  bytes(name: string): Buffer;
};

/** What a machine is booted for. */
export type Payload = {
  /** The folder of `test/appliance/guest` with its `start`, the program to run. */
  readonly show: string;
  /** What it finds beside that. */
  readonly files: ReadonlyMap<string, string | Buffer>;
  readonly timeoutSeconds: number;
};

const layOut = (payload: string, { show, files }: Payload): void => {
  cpSync(join(import.meta.dirname, 'guest', show), payload, { recursive: true });
  chmodSync(join(payload, 'start'), 0o755);
  copyLooper(payload);
  for (const [name, content] of files) {
    mkdirSync(dirname(join(payload, name)), { recursive: true });
    writeFileSync(join(payload, name), content);
  }
};

/**
 * Boots the emulated machine with the looper and a payload, and waits until its `start` has ended. Time in it passes as its
 * work does, so a busy host makes it longer, not late.
 */
export const bootGuest = (request: Payload): Guest => {
  const work = mkdtempSync(join(tmpdir(), 'hindsight-appliance-'));
  try {
    const payload = join(work, 'payload');
    const out = join(work, 'out');
    layOut(payload, request);
    const boot = join(root, 'scripts/appliance/boot');
    const { status } = spawnSync(
      boot,
      [payload, out, '--steady', '--timeout', String(request.timeoutSeconds), '--qemu', pluggable],
      {
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    return whatIsLeft(out, status);
  } finally {
    // For a look at what went wrong: HINDSIGHT_KEEP_GUEST=1 leaves the folder, whose name the machine has told.
    if (process.env['HINDSIGHT_KEEP_GUEST'] === undefined) rmSync(work, { recursive: true, force: true });
  }
};

const whatIsLeft = (out: string, code: number | null): Guest => {
  const names = execFileSync('find', [out, '-type', 'f', '-printf', '%P\\n'], { encoding: 'utf8' }).trim().split('\n');
  const kept = new Map(names.map((name) => [name, readFileSync(join(out, name))]));
  const bytes = (name: string): Buffer => {
    const found = kept.get(name);
    if (found === undefined) throw new Error(`the guest left no ${name}, only ${[...kept.keys()].join(', ')}`);
    return found;
  };
  return { code, console: bytes('console.log').toString(), text: (name) => bytes(name).toString(), bytes };
};
