import { dirname } from 'node:path';
import { type Disk, realDisk } from './disk.ts';
import { openAside, syncFolder, writeError } from './write-aside.ts';

/** `latency.json.damaged`, or with a number the first that will do: never one over another. */
const damagedName = (path: string, willDo: (name: string) => boolean, number = 1): string => {
  const name = `${path}.damaged${number === 1 ? '' : `-${number}`}`;
  return willDo(name) ? name : damagedName(path, willDo, number + 1);
};

/** Gives a damaged file another name, which is returned. Blocking; throws the codes of `writeError`. */
export const setAside = (path: string, disk: Disk = realDisk): string => {
  try {
    const name = damagedName(path, (each) => !disk.existsSync(each));
    disk.renameSync(path, name);
    syncFolder(dirname(path), disk);
    return name;
  } catch (thrown) {
    throw writeError(path, thrown);
  }
};

const isCopy = (name: string, bytes: Uint8Array, disk: Disk): boolean => {
  try {
    return disk.readFileSync(name).equals(bytes);
  } catch {
    return false;
  }
};

/** Puts what a file that is to be replaced said under another name, where it does not stand already. Throws as `openAside`. */
export const copyAside = (path: string, bytes: Uint8Array, disk: Disk = realDisk): string => {
  const name = damagedName(path, (each) => !disk.existsSync(each) || isCopy(each, bytes, disk));
  if (disk.existsSync(name)) return name;
  const aside = openAside(name, disk);
  aside.append(bytes);
  aside.commit();
  return name;
};
