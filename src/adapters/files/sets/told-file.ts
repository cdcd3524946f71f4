import { messageOf } from '../../../core/errors.ts';
import type { Disk } from '../disk.ts';
import { copyAside, setAside } from '../set-aside.ts';
import type { ManifestFile } from './manifest-file.ts';

/** So that a file that is wrong all over does not flood the log. */
const mostMistakes = 5;

const mistakesOf = (path: string, mistakes: readonly string[]): readonly string[] => {
  const more = mistakes.length - mostMistakes;
  return [...mistakes.slice(0, mostMistakes), ...(more > 0 ? [`${more} more are wrong`] : [])].map(
    (mistake) =>
      `${path}: ${mistake}; the track is left out, while the others hold; mend it in the copy while the looper is off`,
  );
};

/**
 * Keeps a manifest as it was, beside it, that is about to be written again without tracks that have mistakes. Gives the name of the copy;
 * undefined where all of it was read.
 */
export const keepMistaken = (path: string, file: ManifestFile, disk: Disk): string | undefined =>
  file.kind === 'sound' && file.mistakes.length > 0 ? copyAside(path, Buffer.from(file.text, 'utf8'), disk) : undefined;

const copyText = (path: string, file: ManifestFile, disk: Disk): readonly string[] => {
  try {
    const copy = keepMistaken(path, file, disk);
    return copy === undefined ? [] : [`${path}: ${copy} has it as it was`];
  } catch (thrown) {
    return [`${path}: cannot be kept as it was (${messageOf(thrown)}); make a copy of it`];
  }
};

const damagedText = (path: string, what: string, disk: Disk): string => {
  try {
    return `${path}: ${what}; it is now ${setAside(path, disk)} and passed over; mend it, or delete it`;
  } catch (thrown) {
    return `${path}: ${what} and cannot be set aside (${messageOf(thrown)}); it is passed over; mend it, or delete it`;
  }
};

/** What there is to tell of a manifest, in words; a damaged one is set aside. */
export const troublesOf = (path: string, file: ManifestFile, disk: Disk): readonly string[] => {
  switch (file.kind) {
    case 'sound':
      return [...mistakesOf(path, file.mistakes), ...copyText(path, file, disk)];
    case 'missing':
      return [];
    case 'newer':
      return [
        `${path}: is of version ${file.version}, which a newer Hindsight wrote; it is left as it is; update, or move it away`,
      ];
    case 'unreadable':
      return [`${file.what}; the set in it is passed over`];
    case 'damaged':
      return [damagedText(path, file.what, disk)];
  }
};
