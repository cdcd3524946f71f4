import { type Disk, realDisk } from '../../src/adapters/files/disk.ts';
import { SetFolder } from '../../src/adapters/files/sets/set-folder.ts';
import type { StoredSet } from '../../src/core/set/kept-set.ts';
import type { Rate } from '../../src/core/time/units.ts';
import type { SetStore } from '../../src/ports/set-store.ts';

/** What the files have as their rate: that of the sessions here is none that a WAV file may have. */
export const fileRate = 48_000;

/** A disk that can be had to fail when it is written to. It does not wait for the platter. */
export const failingDisk = (): { readonly disk: Disk; fails: boolean } => {
  const on = {
    fails: false,
    disk: {
      ...realDisk,
      fsyncSync: () => undefined,
      writeSync: (...args: Parameters<Disk['writeSync']>): number => {
        if (on.fails) throw Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
        return realDisk.writeSync(...args);
      },
    } satisfies Disk,
  };
  return on;
};

/** The real store of a folder in this very thread, whose sounds have the frames of a session at a low rate. */
export const folderStore = (folder: string, disk: Disk, rate: Rate): SetStore => {
  const sets = new SetFolder({ folder, rate: fileRate, reserveBytes: 0 }, disk);
  const here = (set: StoredSet): StoredSet => ({ ...set, rate });
  const atOnce = (): Promise<void> => Promise.resolve();
  return {
    recover: async () => {
      const recovered = sets.recover();
      return { ...recovered, set: recovered.set && here(recovered.set) };
    },
    ready: async () => sets.ready(),
    keep: async (...args) => sets.keep(...args),
    read: (sound, into) => sets.read(sound, into, atOnce),
    framesAt: (frames) => frames,
    list: async () => sets.list(),
    save: async (name) => sets.save(name),
    find: async (name) => here(sets.find(name)),
    rename: async (name, to) => sets.rename(name, to),
    remove: async (name) => sets.remove(name),
    listBin: async () => sets.listBin(),
    recoverFromBin: async (place, name) => sets.recoverFromBin(place, name),
    binCurrent: async () => sets.binCurrent(),
    inspect: async (path) => sets.inspect(path),
    importInto: (path, into) => sets.importInto(path, into, atOnce),
    write: async (path, next) => {
      const out = sets.openOut(path);
      for (let piece = next(); piece !== undefined; piece = next()) out.write(piece, piece.length / 2);
      out.commit();
    },
    figures: async () => sets.figures(),
    close: async () => sets.close(),
  };
};
