/** What comes in from one port goes out to another, both by name. */
export type ThruRoute = { readonly from: string; readonly to: string };

/** Ports are found by pieces of their names without regard to case. */
const isSame = (one: string, other: string | undefined): boolean => one.toLowerCase() === other?.toLowerCase();

/** The ports from `path`'s last one back to its first, or undefined where no route leads back. */
const wayBack = (routes: readonly ThruRoute[], path: readonly string[]): readonly string[] | undefined => {
  for (const { from, to } of routes) {
    if (!isSame(from, path.at(-1))) continue;
    if (isSame(to, path[0])) return [...path, to];
    const way = path.some((name) => isSame(to, name)) ? undefined : wayBack(routes, [...path, to]);
    if (way !== undefined) return way;
  }
  return undefined;
};

/** The ports of the first loop among the routes, through however many: a message would go round in it for ever. Undefined if there is none. */
export const thruLoop = (routes: readonly ThruRoute[]): readonly string[] | undefined => {
  for (const { from } of routes) {
    const loop = wayBack(routes, [from]);
    if (loop !== undefined) return loop;
  }
  return undefined;
};
