import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

/** An audio interface that can be unplugged, beside what the guest's kernel makes of itself. */
const pluggable = '-audiodev none,id=a -device intel-hda -device hda-duplex,audiodev=a';

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
  for (const [name, content] of files) {
    mkdirSync(dirname(join(payload, name)), { recursive: true });
    writeFileSync(join(payload, name), content);
  }
};

const [boot, copyLooper] = ['boot', 'copy-looper'].map((name) => join(root, 'scripts/appliance', name)) as [
  string,
  string,
];

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
    execFileSync(copyLooper, [join(payload, 'hindsight')]);
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

export type Architecture = 'amd64' | 'arm64';

/** A machine with a disk of its own, in which time passes as its work does, too, and of which one boot after the other finds what the one before has left. */
export class DiskMachine {
  readonly #architecture: Architecture;
  readonly #work = mkdtempSync(join(tmpdir(), 'hindsight-disk-machine-'));
  #boots = 0;

  constructor(architecture: Architecture) {
    this.#architecture = architecture;
  }

  /**
   * Boots it, without a looper but for what is on its disk, and waits until `start` has ended. Where `cutAt` is given, that many words on its
   * console cut its power, and it leaves nothing but what is on the disk.
   */
  async boot(request: Payload, cutAt?: string): Promise<Guest> {
    this.#boots += 1;
    const payload = join(this.#work, `payload-${this.#boots}`);
    const out = join(this.#work, `out-${this.#boots}`);
    layOut(payload, request);
    cpSync(join(import.meta.dirname, 'guest/controllers'), join(payload, 'controllers'), { recursive: true });
    const machine = spawn(
      boot,
      [
        ...[payload, out, '--architecture', this.#architecture, '--disk', join(this.#work, 'disk')],
        ...['--steady', '--timeout', String(request.timeoutSeconds)],
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const ended = once(machine, 'close');
    const hasEnded = (): boolean => machine.exitCode !== null || machine.signalCode !== null;
    const console = join(out, 'console.log');
    while (cutAt !== undefined && !hasEnded()) {
      await sleep(100);
      if (existsSync(console) && readFileSync(console, 'utf8').includes(cutAt)) machine.kill('SIGTERM');
    }
    await ended;
    return whatIsLeft(out, machine.exitCode);
  }

  remove(): void {
    if (process.env['HINDSIGHT_KEEP_GUEST'] === undefined) rmSync(this.#work, { recursive: true, force: true });
  }
}
