import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { SetFolder } from '../../../../src/adapters/files/sets/set-folder.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { StoredSet } from '../../../../src/core/set/kept-set.ts';
import { Crash, type Fault, faultyDisk } from '../../../fakes/faulty-disk.ts';
import { inMemory, type Scratch, scratch } from '../scratch.ts';
import { heldSet, memory, noise, rate, samplesOf } from './loops.ts';

const frames = 600;
const loops = new Map([1, 2, 3].map((loopId) => [loopId, noise(loopId, frames)]));

/** What is on disk: the sets by the hashes of their tracks' samples. */
type State = { readonly current: string; readonly saved: Readonly<Record<string, string>> };
type Act = { readonly does: string; do(sets: SetFolder): void; readonly leaves: State; readonly also?: State };

const hashOf = (tracks: readonly (readonly [number, Float32Array])[]): string =>
  tracks
    .map(([track, samples]) => `${track}:${createHash('sha256').update(samples).digest('hex').slice(0, 8)}`)
    .join(' ');
const hashOfLoops = (...tracks: readonly (readonly [track: number, loopId: number])[]): string =>
  hashOf(tracks.map(([track, loopId]) => [track, samplesOf(loops.get(loopId) ?? memory(0))]));

const keep =
  (tracks: readonly (readonly [track: number, loopId: number])[], undoable: readonly number[]) =>
  (sets: SetFolder): void =>
    sets.keep(
      heldSet(tracks.map(([track, loopId]) => [track, loopId, frames])),
      loops,
      undoable.map((loopId) => ({ loopId })),
    );

const [both, first, other] = [hashOfLoops([1, 1], [2, 2]), hashOfLoops([1, 1]), hashOfLoops([1, 1], [3, 3])];

const scenario: readonly Act[] = [
  {
    does: 'keeps two loops',
    do: keep(
      [
        [1, 1],
        [2, 2],
      ],
      [],
    ),
    leaves: { current: both, saved: {} },
  },
  { does: 'keeps one of them', do: keep([[1, 1]], [2]), leaves: { current: first, saved: {} } },
  { does: 'saves', do: (sets) => sets.save('one'), leaves: { current: first, saved: { one: first } } },
  {
    does: 'keeps another',
    do: keep(
      [
        [1, 1],
        [3, 3],
      ],
      [],
    ),
    leaves: { current: other, saved: { one: first } },
  },
  { does: 'saves over it', do: (sets) => sets.save('one'), leaves: { current: other, saved: { one: other } } },
  {
    does: 'renames',
    do: (sets) => sets.rename('one', 'two'),
    leaves: { current: other, saved: { two: other } },
    also: { current: other, saved: { one: other, two: other } },
  },
  { does: 'removes', do: (sets) => sets.remove('two'), leaves: { current: other, saved: {} } },
];

let folder: Scratch;
beforeEach(() => {
  folder = scratch(inMemory);
});
afterEach(() => folder.remove());

/** On a disk without faults, which does not sync: nobody pulls the mains here. */
const open = (name: string, disk = faultyDisk('short', 0).disk): SetFolder =>
  new SetFolder({ folder: folder.path(name), rate, reserveBytes: 0 }, disk);

const read = async (sets: SetFolder, set: StoredSet): Promise<string> => {
  const tracks: [number, Float32Array][] = [];
  for (const { track, loop } of set.tracks) {
    const into = memory(loop.frames);
    await sets.read(loop.sound, into, async () => undefined);
    tracks.push([track, samplesOf(into)]);
  }
  return hashOf(tracks);
};

/** What a new process finds in the folder as it is now, of which nothing is changed. */
const foundIn = async (name: string): Promise<State> => {
  if (!existsSync(folder.path(name))) return { current: '', saved: {} };
  cpSync(folder.path(name), folder.path('copy'), { recursive: true });
  rmSync(folder.path('copy/lock'), { force: true });
  const sets = open('copy');
  const { set, troubles } = sets.recover();
  expect(troubles).toEqual([]);
  const saved: Record<string, string> = {};
  for (const view of sets.list().sets) saved[view.name] = await read(sets, sets.find(view.name));
  const state = { current: set === undefined ? '' : await read(sets, set), saved };
  const leftovers = readdirSync(folder.path('copy'), { recursive: true, encoding: 'utf8' });
  expect(leftovers.filter((each) => each.endsWith('.tmp'))).toEqual([]);
  sets.close();
  rmSync(folder.path('copy'), { recursive: true });
  return state;
};

/** Does an act; what it threw, which is a crash or an error that a player is told. */
const attempt = (sets: SetFolder, act: Act): UserError | Crash | undefined => {
  try {
    act.do(sets);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof UserError || thrown instanceof Crash) return thrown;
    throw thrown;
  }
};

/** Plays the scenario on a disk with a fault; the number of calls that it made. */
const play = async (fault: Fault, atCall: number): Promise<number> => {
  const name = `${fault}-${atCall}`;
  const faulty = faultyDisk(fault, atCall);
  let sets = open(name, faulty.disk);
  let before: State = { current: '', saved: {} };
  try {
    sets.recover();
  } catch (thrown) {
    if (!(thrown instanceof Crash)) throw thrown;
  }
  let left = scenario.length;
  for (const act of scenario) {
    if (left === 0) break;
    left -= 1;
    const failure = attempt(sets, act);
    if (failure !== undefined || faulty.isCrashed()) {
      const found = await foundIn(name);
      expect([before, act.leaves, act.also]).toContainEqual(found);
      faulty.mend();
      if (faulty.isCrashed()) {
        rmSync(folder.path(`${name}/lock`), { force: true });
        sets = open(name);
        sets.recover();
      }
      const again = attempt(sets, act);
      // What is done by now, though its end failed, cannot be done again.
      if (again !== undefined) expect([found, 'code' in again && again.code]).toEqual([act.leaves, 'set-missing']);
      expect(await foundIn(name)).toEqual(act.leaves);
      // The next act shows that the store goes on; all others are as they would have been.
      left = Math.min(left, 1);
    }
    before = act.leaves;
  }
  expect(await foundIn(name)).toEqual(before);
  rmSync(folder.path(name), { recursive: true });
  return faulty.calls();
};

const faults: readonly Fault[] = ['EIO', 'ENOSPC', 'EROFS', 'short', 'full', 'crash'];

test.each(faults)(
  '%s at any call of the disk: what was said to be kept is there, nothing half is loaded, and it can be done again',
  async (fault) => {
    const before = folder.openFiles();
    const calls = await play(fault, 0);
    expect(calls).toBeGreaterThan(200);
    for (let call = 1; call <= calls; call += 1) {
      await play(fault, call).catch((error) => {
        throw new Error(`${fault} at call ${call}: ${error.message}`, { cause: error });
      });
    }
    // Who is killed closes nothing himself.
    if (fault !== 'crash') expect(folder.openFiles()).toBe(before);
  },
  120_000,
);
