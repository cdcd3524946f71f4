import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../src/core/errors.ts';

export type Scratch = {
  readonly folder: string;
  path(name: string): string;
  /** Writes a file and gives its path. */
  put(name: string, bytes: Uint8Array | string): string;
  /** All names in the folder, temporary ones too. */
  names(): string[];
  mode(name: string, mode: number): void;
  /** The files that this process holds open. */
  openFiles(): number;
  remove(): void;
};

/** A folder in memory, for what does not ask whether it outlives the machine; where there is none, on disk. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new temporary folder, open to all users, to be removed by the test that asked for it. */
export const scratch = (parent = tmpdir()): Scratch => {
  const folder = mkdtempSync(join(parent, 'hindsight-files-'));
  chmodSync(folder, 0o777);
  const path = (name: string) => join(folder, name);
  return {
    folder,
    path,
    put: (name, bytes) => {
      writeFileSync(path(name), bytes);
      return path(name);
    },
    names: () => readdirSync(folder).sort(),
    mode: (name, mode) => chmodSync(path(name), mode),
    openFiles: () => readdirSync('/proc/self/fd').length,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The `UserError` that `act` throws; fails the test if it throws nothing or something else. */
export const userErrorOf = (act: () => unknown): UserError => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

/** Runs `act` without root's exemption from permissions; as it is for any other user. */
export const asOrdinaryUser = <T>(act: () => T): T => {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
};

/** Whether `asOrdinaryUser` is possible: a Node that may use io_uring, as Debian's, does not let root be somebody else. */
const canBeOrdinary = (): boolean => {
  try {
    return asOrdinaryUser(() => true);
  } catch {
    return false;
  }
};

/** A test with `asOrdinaryUser`, passed over where that is not possible. */
export const testAsOrdinaryUser = canBeOrdinary() ? test : test.skip;
