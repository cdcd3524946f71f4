import type { Disk } from '../disk.ts';

/** What was asked of a disk since the start: flash wears out by it. */
export type Wear = { filesWritten: number; bytesWritten: number };

/** A disk that counts the files that are begun on it and the bytes that go to it, those of failed writes too. */
export const countedDisk = (disk: Disk, wear: Wear): Disk => ({
  ...disk,
  openSync: (path, flags, mode) => {
    const fd = disk.openSync(path, flags, mode);
    if (flags === 'wx') wear.filesWritten += 1;
    return fd;
  },
  writeSync: (fd, bytes, offset, length, position) => {
    const written = disk.writeSync(fd, bytes, offset, length, position);
    wear.bytesWritten += written;
    return written;
  },
});
