import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { errnoOf, UserError } from '../../../core/errors.ts';
import { isSameOwner, type LockOwner, lockText, ownerIn, startIn } from '../../../core/set/lock-owner.ts';
import type { Disk } from '../disk.ts';
import { writeError } from '../write-aside.ts';

const textAt = (path: string, disk: Disk): string => {
  try {
    return disk.readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const ownerOf = (pid: number, disk: Disk): LockOwner => ({
  pid,
  start: startIn(textAt(`/proc/${pid}/stat`, disk)),
  boot: textAt('/proc/sys/kernel/random/boot_id', disk).trim(),
});

/** Whether the process that a lock names still lives. */
const isHeld = (text: string, disk: Disk): boolean => {
  const owner = ownerIn(text);
  return owner !== undefined && isSameOwner(owner, ownerOf(owner.pid, disk));
};

const inUse = (path: string, text: string): UserError =>
  new UserError(
    'sets-in-use',
    `${path}: process ${Number.parseInt(text, 10)} has the sets; one looper at a time may; end it, or give another folder`,
  );

/** A file that one process at a time has, and that one which died leaves to the next. Not synced: after a power cut nobody has it. */
export class FolderLock {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #mine: string;
  #held = false;

  constructor(folder: string, disk: Disk) {
    this.#path = join(folder, 'lock');
    this.#disk = disk;
    // A process may have two by mistake.
    this.#mine = lockText(ownerOf(process.pid, disk), randomUUID());
  }

  get held(): boolean {
    return this.#held;
  }

  /** Takes the lock where it is not held, or no longer there. Throws `sets-in-use`, and what node:fs throws. */
  hold(): void {
    const text = this.#text();
    this.#held = text === this.#mine;
    if (this.#held) return;
    if (text !== undefined) this.#takeFrom(text);
    this.#create();
    this.#held = true;
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    if (textAt(this.#path, this.#disk) === this.#mine) this.#disk.rmSync(this.#path, { force: true });
  }

  #text(): string | undefined {
    try {
      return this.#disk.readFileSync(this.#path, 'utf8');
    } catch (thrown) {
      if (errnoOf(thrown) === 'ENOENT') return undefined;
      throw writeError(this.#path, thrown);
    }
  }

  /** By a rename, which only one of two takers does; a lock that is not the dead one's was taken meanwhile and is given back. */
  #takeFrom(text: string): void {
    if (isHeld(text, this.#disk)) throw inUse(this.#path, text);
    const taken = `${this.#path}.${process.pid}`;
    this.#disk.renameSync(this.#path, taken);
    const found = this.#disk.readFileSync(taken, 'utf8');
    if (found !== text && isHeld(found, this.#disk)) {
      this.#disk.renameSync(taken, this.#path);
      throw inUse(this.#path, found);
    }
    this.#disk.rmSync(taken, { force: true });
  }

  /** Written aside and linked, so that nobody ever sees it without its owner. It fails where another one was faster. */
  #create(): void {
    const aside = `${this.#path}.${process.pid}`;
    this.#disk.rmSync(aside, { force: true });
    this.#write(aside);
    try {
      this.#disk.linkSync(aside, this.#path);
    } catch (thrown) {
      const errno = String(errnoOf(thrown));
      if (errno === 'EEXIST') throw inUse(this.#path, textAt(this.#path, this.#disk));
      // A disk without links, such as FAT.
      if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(errno)) throw thrown;
      this.#write(this.#path);
    } finally {
      this.#disk.rmSync(aside, { force: true });
    }
  }

  #write(path: string): void {
    const fd = this.#disk.openSync(path, 'wx');
    try {
      this.#disk.writeSync(fd, Buffer.from(this.#mine));
    } finally {
      this.#disk.closeSync(fd);
    }
  }
}
