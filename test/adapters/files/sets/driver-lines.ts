/** What the kill driver says, and what may be on disk after its death. Its head says what its lines mean. */

/** What is on disk: the current set, and the saved ones by name, each by the hash of its samples. */
export type Sets = { readonly current: string; readonly saved: ReadonlyMap<string, string> };

const without = (saved: ReadonlyMap<string, string>, name: string): Map<string, string> =>
  new Map([...saved].filter(([other]) => other !== name));

/** What is on disk once a line is true. */
const after = ({ current, saved }: Sets, [what = '', name = '', more = '']: readonly string[]): Sets => {
  switch (what) {
    case 'kept':
      return { current: name, saved };
    case 'saved':
      return { current, saved: new Map(saved).set(name, more) };
    case 'renamed':
      return { current, saved: without(saved, name).set(more, saved.get(name) ?? '') };
    case 'removed':
      return { current, saved: without(saved, name) };
    default:
      return { current, saved };
  }
};

/** The states in which a death may leave the disk: before the last act, after it, and within a rename both names are there. */
export const possible = (sets: Sets, will: readonly string[]): readonly Sets[] => {
  const [what, from = '', to = ''] = will;
  const both = { ...sets, saved: new Map(sets.saved).set(to, sets.saved.get(from) ?? '') };
  return [sets, after(sets, will), ...(what === 'renamed' ? [both] : [])];
};

export const textOf = ({ current, saved }: Sets): string => JSON.stringify([current, [...saved].sort()]);

export const noSets: Sets = { current: 'none', saved: new Map() };

/** What is known of a driver by what it has said. */
export type Life = {
  /** What it found, as it said; undefined before it knew. */
  readonly found: Sets | undefined;
  /** Files that a dead writer had left, before and after the recovery. */
  readonly leftovers: readonly number[];
  readonly troubles: readonly string[];
  readonly sets: Sets;
  /** What is under way. */
  readonly will: readonly string[];
};

/** A driver that has said nothing yet, on sets that were said before. */
export const born = (sets: Sets): Life => ({ found: undefined, leftovers: [], troubles: [], sets, will: [] });

/** Hears the lines of a driver, one after the other. */
export const listener = (sets: Sets): { readonly hear: (line: string) => void; readonly life: () => Life } => {
  const heard = { current: '', saved: new Map<string, string>() };
  let life = born(sets);
  const next = (words: readonly string[]): Life => {
    const [what, name = '', more = ''] = words;
    switch (what) {
      case 'leftovers':
        return { ...life, leftovers: [Number(name), Number(more)] };
      case 'trouble':
        return { ...life, troubles: [...life.troubles, words.join(' ')] };
      case 'current':
        heard.current = name;
        return life;
      case 'ready':
        return { ...life, found: heard, sets: heard };
      case 'will':
        return { ...life, will: words.slice(1) };
      case 'kept':
      case 'saved':
      case 'renamed':
      case 'removed':
      case 'binned':
        if (life.found !== undefined) return { ...life, sets: after(life.sets, words), will: [] };
        heard.saved.set(name, more);
        return life;
      default:
        // A kernel may have something to say on the same line.
        return life;
    }
  };
  return {
    hear: (line) => {
      life = next(line.split(' '));
    },
    life: () => life,
  };
};

/** The same numbers for the same seed, from 0 to 1. */
export const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** What a row of deaths has shown. */
export type Tally = {
  kills: number;
  /** Sets that were compared. */
  checked: number;
  recovered: number;
  /** Deaths that left files behind, and deaths while something was done. */
  withinWrite: number;
  withinAct: number;
  troubles: string[];
  lost: string[];
};

export const noDeaths = (): Tally => ({
  kills: 0,
  checked: 0,
  recovered: 0,
  withinWrite: 0,
  withinAct: 0,
  troubles: [],
  lost: [],
});

/** Adds a death to the tally, and gives what the next life may find. */
export const judged = (tally: Tally, where: string, expected: readonly Sets[], life: Life): readonly Sets[] => {
  tally.kills += 1;
  tally.troubles.push(...life.troubles);
  if ((life.leftovers[0] ?? 0) > 0) tally.withinWrite += 1;
  if (life.will.length > 0) tally.withinAct += 1;
  if ((life.leftovers[1] ?? 0) > 0) tally.lost.push(`${where}: leftovers stay`);
  // Killed before it said what it found: the next one has to find the same.
  if (life.found === undefined) return expected;
  const found = textOf(life.found);
  if (!expected.some((sets) => textOf(sets) === found)) {
    tally.lost.push(`${where}: found ${found}, of ${expected.map(textOf).join(' or ')}`);
  }
  tally.recovered += 1;
  tally.checked += 1 + life.found.saved.size;
  return possible(life.sets, life.will);
};
