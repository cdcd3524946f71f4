/** Whom the kernel takes a process for. */
export type Ids = { readonly uid: number; readonly gids: readonly number[] };

/** What stands at a path, links followed: `nothing` where a link leads nowhere. */
export type Standing = {
  readonly path: string;
  readonly kind: 'folder' | 'file' | 'nothing';
  readonly uid: number;
  readonly gid: number;
  /** As chmod(1) has it: nine bits. */
  readonly mode: number;
};

/** Of a digit of the mode. */
export const mayRead = 4;
export const mayWrite = 2;
export const mayEnter = 1;
export const mayAll = 7;

/** One of owner, group and others holds, the first that fits, even if it allows less: path_resolution(7). Root may all. */
const rightsOf = ({ uid, gids }: Ids, standing: Standing): number => {
  if (uid === 0) return mayAll;
  if (standing.uid === uid) return (standing.mode >> 6) & mayAll;
  return (gids.includes(standing.gid) ? standing.mode >> 3 : standing.mode) & mayAll;
};

export const lacks = (ids: Ids, standing: Standing, wanted: number): boolean =>
  (rightsOf(ids, standing) & wanted) !== wanted;

/**
 * The first on a way from / that keeps somebody from its end, and whether that is the end itself: all before it has to be entered. Lists of access
 * beside the mode (acl(5)) are not known. Pure.
 */
export const obstacle = (
  way: readonly Standing[],
  ids: Ids,
  wanted: number,
): { readonly at: Standing; readonly isEnd: boolean } | undefined => {
  const end = way.length - 1;
  const index = way.findIndex((standing, at) => lacks(ids, standing, at === end ? wanted : mayEnter));
  const at = way[index];
  return at && { at, isEnd: index === end };
};
