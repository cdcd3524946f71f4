import { join } from 'node:path';
import { messageOf } from '../../../core/errors.ts';
import type { Disk } from '../disk.ts';
import { namesIn, type SetFolders } from './folder-names.ts';
import { readManifest } from './manifest-file.ts';

/** A file that says which sounds are needed cannot be read. */
class Unknown extends Error {}

const soundsNamedIn = (folder: string, disk: Disk): readonly string[] =>
  namesIn(folder, disk).flatMap((name) => {
    const path = join(folder, name);
    // What is set aside names sounds that nobody can know until it is mended or deleted.
    if (/\.json\.damaged(-\d+)?$/.test(name)) throw new Unknown(path);
    if (!name.endsWith('.json') || name.startsWith('.')) return [];
    const file = readManifest(path, disk);
    if (file.kind === 'missing') return [];
    if (file.kind !== 'sound' || file.mistakes.length > 0) throw new Unknown(path);
    return file.set.tracks.map(({ loop }) => loop.sound);
  });

/**
 * Removes the sounds that no set names and that are not `needed` otherwise; none while a manifest cannot be read, which is then told. Blocking;
 * throws nothing: what could not be removed now is found the next time.
 */
export const sweepSounds = (folders: SetFolders, needed: ReadonlySet<string>, disk: Disk): string | undefined => {
  try {
    const named = [folders.current, folders.saved, folders.bin].flatMap((folder) => soundsNamedIn(folder, disk));
    const all = new Set([...needed, ...named]);
    for (const file of namesIn(folders.sounds, disk)) {
      const [, sound] = /^([0-9a-f]{32})\.wav(?:\.damaged(?:-\d+)?)?$/.exec(file) ?? [];
      if (sound !== undefined && !all.has(sound)) disk.rmSync(join(folders.sounds, file), { force: true });
    }
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Unknown))
      return `${folders.sounds}: cannot be tidied (${messageOf(thrown)}); check the disk`;
    return `${thrown.message}: cannot be read, so that no sound is thrown away, even if no set needs it; mend it, or delete it`;
  }
};

/** Removes what writers that died have left behind. Only for who holds the lock. Blocking; throws what node:fs throws. */
export const sweepLeftovers = ({ root, sounds, current, saved, bin }: SetFolders, disk: Disk): void => {
  for (const folder of [root, sounds, current, saved, bin]) {
    for (const name of namesIn(folder, disk)) {
      const isLeftover = /^\..*\.tmp$/.test(name) || (folder === root && /^lock\.\d+$/.test(name));
      if (isLeftover) disk.rmSync(join(folder, name), { force: true });
    }
  }
};
