import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DiskFigures } from '../../core/health/figures.ts';
import { wearIn } from '../../core/health/wear.ts';
import { realPathOf, thereOf, writabilityOf } from './folders.ts';
import type { KeptFiles } from './kept-files.ts';

/** As the kernel counts it, whatever the disk does. */
const sectorBytes = 512;

/** As makedev(3) of glibc puts them together. */
export const deviceName = (dev: number): string => {
  const bits = BigInt(dev);
  const major = ((bits >> 8n) & 0xfffn) | ((bits >> 32n) & ~0xfffn);
  const minor = (bits & 0xffn) | ((bits >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
};

/** The folder of /sys of the whole disk that a file system is on; undefined where it is on none of its own. */
export const diskFolder = async (root: string, dev: number, files: KeptFiles): Promise<string | undefined> => {
  const folder = await realPathOf(`${root}/sys/dev/block/${deviceName(dev)}`);
  if (folder === undefined) return undefined;
  return (await files.text(`${folder}/partition`)) === undefined ? folder : dirname(folder);
};

/** The seventh figure: Documentation/block/stat.rst of the kernel. */
const writtenIn = (text: string | undefined): number | null => {
  const sectors = Number(text?.split(/\s+/)[6]);
  return Number.isFinite(sectors) ? sectors * sectorBytes : null;
};

/** The disk that a folder is on. */
export class StateDisk {
  readonly #root: string;
  readonly #folder: string;
  readonly #files: KeptFiles;
  #disk: Promise<string | undefined> | undefined;
  #writtenBefore: number | null = null;

  constructor(root: string, folder: string, files: KeptFiles) {
    this.#root = root;
    this.#folder = folder;
    this.#files = files;
  }

  /** Null where the folder cannot be looked at. */
  async look(): Promise<DiskFigures | null> {
    try {
      const folder = await thereOf(this.#folder);
      const { bavail, blocks, bsize } = await statfs(folder);
      const { isReadOnly } = await writabilityOf(folder);
      this.#disk ??= this.#find(folder);
      const disk = await this.#disk;
      return {
        ...{ freeBytes: bavail * bsize, totalBytes: blocks * bsize, isReadOnly },
        ...(disk === undefined ? { writtenBytes: null, wear: null } : await this.#hardware(disk)),
      };
    } catch {
      return null;
    }
  }

  /** Where it is does not change; what could not be found is looked for again. */
  async #find(folder: string): Promise<string | undefined> {
    try {
      const { dev } = await stat(folder);
      return await diskFolder(this.#root, dev, this.#files);
    } catch (error) {
      this.#disk = undefined;
      throw error;
    }
  }

  async #hardware(disk: string): Promise<Pick<DiskFigures, 'writtenBytes' | 'wear'>> {
    const written = writtenIn(await this.#files.text(`${disk}/stat`));
    this.#writtenBefore ??= written;
    const [life, reserve] = [
      await this.#files.text(`${disk}/device/life_time`),
      await this.#files.text(`${disk}/device/pre_eol_info`),
    ];
    return {
      writtenBytes: written === null ? null : written - (this.#writtenBefore ?? written),
      wear: wearIn(life, reserve),
    };
  }
}
