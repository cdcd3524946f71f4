import { type Disk, realDisk } from '../../src/adapters/files/disk.ts';

/**
 * What happens at a call: it fails with an error of the system; it writes or reads less than it was asked; `full` fails whatever takes room,
 * until the disk is mended; `crash` does half of it, and from then on nothing is done any more, as if the process had been killed.
 */
export type Fault = 'EIO' | 'ENOSPC' | 'EROFS' | 'short' | 'full' | 'crash';

export class Crash extends Error {}

export type FaultyDisk = {
  readonly disk: Disk;
  /** How often the disk was asked so far. */
  calls(): number;
  isCrashed(): boolean;
  /** Nothing fails from now on, but for a crash. */
  mend(): void;
};

const systemError = (errno: string, call: string): Error =>
  Object.assign(new Error(`${errno}: as the system says, ${call}`), { code: errno });

/** The real file system, but that a fault happens at one call, counted from 1; never where it is 0. It does not sync, which takes long. */
export const faultyDisk = (fault: Fault, atCall: number): FaultyDisk => {
  let calls = 0;
  let state: 'well' | 'full' | 'crashed' = 'well';

  /** Whether the call's own fault happens now. Throws the faults that go on. */
  const isHit = (call: string, takesRoom: boolean): boolean => {
    if (state === 'crashed') throw new Crash(call);
    calls += 1;
    const hit = calls === atCall;
    if (hit && fault === 'crash') state = 'crashed';
    if (hit && fault === 'full') state = 'full';
    if (state === 'full' && takesRoom) throw systemError('ENOSPC', call);
    return hit && fault !== 'full';
  };
  const fail = (call: string): void => {
    if (fault === 'crash') throw new Crash(call);
    if (fault !== 'short') throw systemError(fault, call);
  };
  /** A call that is done whole, or not at all. */
  const whole =
    <Args extends unknown[], Value>(call: string, act: (...args: Args) => Value, takesRoom = false) =>
    (...args: Args): Value => {
      if (isHit(call, takesRoom)) fail(call);
      return act(...args);
    };

  return {
    calls: () => calls,
    isCrashed: () => state === 'crashed',
    mend: () => {
      if (state === 'full') state = 'well';
    },
    disk: {
      ...realDisk,
      fstatSync: whole('fstat', realDisk.fstatSync) as Disk['fstatSync'],
      fsyncSync: whole('fsync', () => undefined),
      linkSync: whole('link', realDisk.linkSync, true),
      mkdirSync: whole('mkdir', realDisk.mkdirSync, true) as Disk['mkdirSync'],
      readdirSync: whole('readdir', realDisk.readdirSync as () => unknown) as Disk['readdirSync'],
      readFileSync: whole('readFile', realDisk.readFileSync as () => unknown) as Disk['readFileSync'],
      renameSync: whole('rename', realDisk.renameSync),
      rmSync: whole('rm', realDisk.rmSync),
      statfsSync: whole('statfs', realDisk.statfsSync as () => unknown) as Disk['statfsSync'],
      openSync: (path, flags, mode) => {
        if (isHit('open', flags === 'wx')) fail('open');
        return realDisk.openSync(path, flags, mode);
      },
      statSync: whole('stat', realDisk.statSync as () => unknown) as Disk['statSync'],
      // The system gives a file back in any case, and tells of what was lost before.
      closeSync: (fd) => {
        realDisk.closeSync(fd);
        if (isHit('close', false)) fail('close');
      },
      readSync: ((fd: number, into: Uint8Array, offset: number, length: number, position: number) => {
        const hit = isHit('read', false);
        if (hit) fail('read');
        return realDisk.readSync(fd, into, offset, hit ? Math.ceil(length / 2) : length, position);
      }) as Disk['readSync'],
      writeSync: (fd, bytes, offset = 0, length = bytes.byteLength - offset, position = undefined) => {
        const hit = isHit('write', true);
        const done = hit ? Math.ceil(length / 2) : length;
        if (hit && fault !== 'short' && fault !== 'crash') fail('write');
        const written = realDisk.writeSync(fd, bytes, offset, done, position);
        if (hit) fail('write');
        return written;
      },
    },
  };
};
