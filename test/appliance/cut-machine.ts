import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

const diskBytes = 96 * 2 ** 20;

/** A machine that runs: its lines as they come, a word to it, and its end by a cut of the power. */
type Machine = {
  /** Resolves with the first line that is said from now on and that `wanted` takes. Rejects where the machine ends before. */
  until(wanted: (line: string) => boolean): Promise<string>;
  say(word: string): void;
  cut(): Promise<void>;
};

/** What `init` runs on: what the kill driver needs, and no more, since all of it is unpacked into memory. */
const layOut = (tree: string): void => {
  const payload = join(tree, 'payload');
  const looper = join(payload, 'hindsight');
  mkdirSync(looper, { recursive: true });
  cpSync(join(import.meta.dirname, 'guest/power-cut'), payload, { recursive: true });
  const converter = 'node_modules/@alexanderolsen/libsamplerate-js';
  const driver = 'test/adapters/files/sets/kill-driver.mjs';
  for (const part of ['dist', 'package.json', driver, converter]) {
    cpSync(join(root, part), join(looper, part), { recursive: true });
  }
  execFileSync('chmod', ['755', join(payload, 'init')]);
};

/** One question to qemu's monitor (QMP), whose greeting comes first. */
const ask = (socket: string, execute: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const monitor = connect(socket);
    const questions = [JSON.stringify({ execute: 'qmp_capabilities' }), JSON.stringify({ execute, arguments: args })];
    monitor.on('error', reject);
    createInterface({ input: monitor }).on('line', (line) => {
      const answer = JSON.parse(line);
      if ('event' in answer) return;
      const next = questions.shift();
      if (next !== undefined) {
        monitor.write(`${next}\n`);
        return;
      }
      monitor.end();
      if ('error' in answer) reject(new Error(line));
      else resolve(answer.return);
    });
  });

/**
 * A machine with a disk of its own, booted once and frozen before it has looked at the disk; thawed as often as one likes, it finds there what the
 * machine before it had written when its power was cut. Its memory is that of the frozen one, its disk is not.
 */
export class CutMachine {
  readonly #work: string;
  readonly #say: (text: string) => void;
  #running: ChildProcessWithoutNullStreams | undefined;

  constructor(work: string, say: (text: string) => void) {
    this.#work = work;
    this.#say = say;
  }

  /** Boots the machine and freezes it. */
  async freeze(): Promise<void> {
    const base = execFileSync(join(root, 'scripts/appliance/base'), { encoding: 'utf8' }).trim();
    const tree = join(this.#work, 'tree');
    layOut(tree);
    const pack = 'cd "$1" && find . -mindepth 1 -print0 | cpio --quiet --null -o -H newc -R 0:0 | cat "$2/base.cpio" -';
    const archive = execFileSync('bash', ['-c', `${pack} > "$3"`, 'pack', tree, base, join(this.#work, 'initramfs')]);
    this.#say(String(archive));
    execFileSync('cp', [join(base, 'vmlinuz'), this.#work]);
    writeFileSync(join(this.#work, 'disk'), '');
    truncateSync(join(this.#work, 'disk'), diskBytes);
    const machine = this.#start([]);
    await machine.until((line) => line === 'waiting');
    await ask(this.#monitor, 'migrate-set-parameters', { 'max-bandwidth': 2 ** 40 });
    await ask(this.#monitor, 'migrate', { uri: `exec:cat > ${join(this.#work, 'frozen')}` });
    for (let status = 'active'; status !== 'completed'; await sleep(200)) {
      ({ status } = (await ask(this.#monitor, 'query-migrate')) as { status: string });
      if (status === 'failed') throw new Error('the machine could not be frozen');
    }
    await machine.cut();
  }

  /** Thaws the machine, which goes on as if it had just been booted. */
  thaw(): Machine {
    return this.#start(['-incoming', `exec:cat ${join(this.#work, 'frozen')}`]);
  }

  /** Ends what still runs. */
  close(): void {
    this.#running?.kill('SIGKILL');
  }

  get #monitor(): string {
    return join(this.#work, 'monitor');
  }

  #start(more: readonly string[]): Machine {
    const child = spawn('qemu-system-x86_64', [
      ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-machine', 'pc'],
      ...['-accel', 'tcg', '-cpu', 'max', '-smp', '1', '-m', '1536'],
      ...['-kernel', join(this.#work, 'vmlinuz'), '-initrd', join(this.#work, 'initramfs')],
      ...['-append', 'console=ttyS0 quiet panic=-1 init_on_free=1 rdinit=/payload/init'],
      ...['-serial', 'stdio', '-qmp', `unix:${this.#monitor},server=on,wait=off`],
      ...['-drive', `if=none,id=d,file=${join(this.#work, 'disk')},format=raw,cache=writeback`],
      ...['-device', 'virtio-blk-pci,drive=d'],
      ...more,
    ]);
    this.#running = child;
    child.stderr.on('data', (text) => this.#say(String(text)));
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'close');
    return {
      until: (wanted) =>
        new Promise((resolve, reject) => {
          const hear = (line: string): void => {
            if (!wanted(line)) return;
            lines.off('line', hear);
            resolve(line);
          };
          lines.on('line', hear);
          void ended.then(() => reject(new Error('the machine has ended')));
        }),
      say: (word) => void child.stdin.write(`${word}\n`),
      cut: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
}
