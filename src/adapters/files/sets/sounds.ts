import { UserError } from '../../../core/errors.ts';
import type { HeldLoop } from '../../../core/set/kept-set.ts';
import type { Frame, Rate } from '../../../core/time/units.ts';
import type { LoopSound } from '../../../ports/audio-engine.ts';
import type { Disk } from '../disk.ts';
import { KnownLoops } from './known-loops.ts';
import { framesAt, type Pause, pour } from './pour.ts';
import { giveUpSound, isSoundThere, notWhole, openSound, putSound, soundName, soundPath } from './sound-file.ts';

const idOf = ({ loopId }: HeldLoop): number => loopId;

/** The sounds of loops on disk, and which of them are wanted though no set has them. Blocking; throws the port's codes and what the disk throws. */
export class Sounds {
  readonly #folder: string;
  readonly #rate: Rate;
  readonly #disk: Disk;
  readonly #loops = new KnownLoops();
  /** Sounds of the set that was recovered which were not read yet: it may take long, and other sets are kept meanwhile. */
  readonly #awaited = new Set<string>();
  /** Sounds that are being read. */
  readonly #reading = new Set<string>();
  /** Sounds of loops that came from disk and that an undo may want. */
  #undoable: readonly string[] = [];

  constructor(folder: string, rate: Rate, disk: Disk) {
    this.#folder = folder;
    this.#rate = rate;
    this.#disk = disk;
  }

  /** Those that stay, though no set has them. */
  wanted(): ReadonlySet<string> {
    return new Set([...this.#loops.sounds(), ...this.#undoable, ...this.#awaited, ...this.#reading]);
  }

  /** These are about to be read. */
  await(sounds: readonly string[]): void {
    for (const sound of sounds) this.#awaited.add(sound);
  }

  pathOf(name: string): string {
    return soundPath(this.#folder, name);
  }

  isThere(name: string, frames: Frame): boolean {
    return isSoundThere(this.#folder, name, frames, this.#disk);
  }

  /** A set with these loops was kept, and undo may want those: whether others are wanted no more. */
  settle(kept: readonly HeldLoop[], undoable: readonly HeldLoop[]): boolean {
    this.#undoable = undoable.flatMap(({ stored }) => stored ?? []);
    return this.#loops.settle(new Set([...undoable, ...kept].map(idOf)));
  }

  /** The sound of a loop, which is on disk from now on; `makeRoom` is called with the bytes that it takes, where it is not yet. */
  soundFor(
    { loopId, stored }: HeldLoop,
    frames: Frame,
    memory: LoopSound | undefined,
    makeRoom: (bytes: number) => void,
  ): string {
    const known = this.#loops.soundOf(loopId) ?? stored;
    if (known !== undefined && this.isThere(known, frames)) return known;
    if (memory === undefined) {
      throw new UserError(
        'sound-missing',
        `loop ${loopId}: is not on disk; a loop that is given can be written; keep the set again, with it`,
      );
    }
    if (memory.frames !== frames) throw new RangeError(`loop ${loopId}: ${memory.frames} frames given, of ${frames}`);
    const sound = soundName(this.#rate, memory);
    putSound(this.#folder, sound, this.#rate, memory, this.#disk, makeRoom);
    this.#loops.wrote(loopId, sound);
    return sound;
  }

  /** Reads a sound; see `SetStore.read`. */
  async read(name: string, into: LoopSound, pause: Pause): Promise<void> {
    this.#reading.add(name);
    try {
      await this.#pour(name, into, pause);
    } catch (thrown) {
      if (thrown instanceof UserError && thrown.code === 'sound-damaged') giveUpSound(this.#folder, name, this.#disk);
      throw thrown;
    } finally {
      this.#reading.delete(name);
      this.#awaited.delete(name);
    }
  }

  async #pour(name: string, into: LoopSound, pause: Pause): Promise<void> {
    const sound = openSound(this.#folder, name, this.#disk);
    try {
      this.#refuseMisfit(name, framesAt(sound.frames, sound.rate, this.#rate), into.frames);
      await pour(sound, into, this.#rate, pause);
      if (!sound.isWhole()) throw notWhole(this.pathOf(name));
    } finally {
      sound.close();
    }
  }

  #refuseMisfit(name: string, frames: Frame, given: Frame): void {
    if (frames === given) return;
    throw new UserError(
      'sound-misfit',
      `${this.pathOf(name)}: has ${frames} frames; a loop of ${given} is asked for; mend the manifest`,
    );
  }
}
