import * as fs from 'node:fs';

/** What the files' adapters ask of the file system, so that tests can have a disk that fails. As node:fs, blocking. */
export type Disk = Pick<
  typeof fs,
  | 'accessSync'
  | 'closeSync'
  | 'existsSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'linkSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'readSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'statfsSync'
> & {
  writeSync(fd: number, bytes: NodeJS.ArrayBufferView, offset?: number, length?: number, position?: number): number;
};

/** The disk of this machine. */
export const realDisk: Disk = fs;
