import type { Person, Service } from '../../../core/doctor/survey.ts';
import { entriesOf, linesOf } from './read.ts';

type Group = { readonly name: string; readonly id: number; readonly members: readonly string[] };

/** See group(5). */
const groupsIn = (root: string): readonly Group[] =>
  linesOf(`${root}/etc/group`).map((line) => {
    const [name = '', , id = '', members = ''] = line.split(':');
    return { name, id: Number(id), members: members.split(',').filter((member) => member !== '') };
  });

/** See passwd(5). */
const usersIn = (root: string) =>
  linesOf(`${root}/etc/passwd`).map((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });

export const hasGroup = (root: string, name: string): boolean => groupsIn(root).some((group) => group.name === name);

/** A process' user by the numbers that it runs with: groups that were joined later are not among them. */
export const personBy = (root: string, uid: number, gids: readonly number[]): Person => ({
  name: usersIn(root).find((user) => user.uid === uid)?.name ?? (uid === 0 ? 'root' : `user ${uid}`),
  groups: groupsIn(root)
    .filter(({ id }) => gids.includes(id))
    .map(({ name }) => name),
  ids: { uid, gids },
});

/** A user as a process of his would start now, in groups beside his own. */
const personNamed = (root: string, name: string, more: readonly string[] = []): Person => {
  const user = usersIn(root).find((one) => one.name === name);
  const isIn = (group: Group): boolean => group.id === user?.gid || group.members.includes(name);
  const all = groupsIn(root);
  const groups = [...all.filter(isIn).map((group) => group.name), ...more];
  const gids = all.flatMap((group) => (groups.includes(group.name) ? [group.id] : []));
  return { name, groups, ids: user && { uid: user.uid, gids: [user.gid, ...gids] } };
};

/** Who is named, where there is such a user. */
export const personIn = (root: string, name: string | undefined): Person | undefined =>
  name !== undefined && usersIn(root).some((user) => user.name === name) ? personNamed(root, name) : undefined;

/** systemd.unit(5): the first one that is there holds, what lies in folders `.d` adds to it. */
const unitFolders = ['etc/systemd/system', 'run/systemd/system', 'usr/lib/systemd/system', 'lib/systemd/system'];
const unit = 'hindsight.service';

const unitLines = (root: string): { readonly file: string; readonly lines: readonly string[] } | undefined => {
  const folder = unitFolders.find((path) => linesOf(`${root}/${path}/${unit}`).length > 0);
  if (folder === undefined) return undefined;
  const added = unitFolders.toReversed().flatMap((path) => {
    const below = `${root}/${path}/${unit}.d`;
    return entriesOf(below).flatMap((name) => linesOf(`${below}/${name}`));
  });
  return { file: `/${folder}/${unit}`, lines: [...linesOf(`${root}/${folder}/${unit}`), ...added] };
};

const units: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, '': 1 };

/** See systemd.exec(5), of `soft:hard` the first. */
const limitIn = (text: string | undefined): number | undefined => {
  const [word = ''] = (text ?? '').split(':');
  if (word === 'infinity') return Number.POSITIVE_INFINITY;
  const [, digits, unitName = ''] = /^(\d+)([KMGT]?)$/.exec(word) ?? [];
  return digits === undefined ? undefined : Number(digits) * (units[unitName] ?? 1);
};

/** The file after `--config` on a command line. */
export const configFileIn = (words: readonly string[]): string | undefined => {
  const at = words.indexOf('--config');
  if (at >= 0) return words[at + 1];
  return words.find((word) => word.startsWith('--config='))?.slice('--config='.length);
};

/** The looper as a service; undefined where none is installed. */
export const serviceIn = (root: string): Service | undefined => {
  const found = unitLines(root);
  if (found === undefined) return undefined;
  const values = (key: string): readonly string[] =>
    found.lines.flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1).trim()] : []));
  const more = values('SupplementaryGroups').flatMap((line) => line.split(/\s+/));
  return {
    file: found.file,
    user: personNamed(root, values('User').at(-1) ?? 'root', more),
    rtprio: limitIn(values('LimitRTPRIO').at(-1)),
    memlockBytes: limitIn(values('LimitMEMLOCK').at(-1)),
    configFile: configFileIn((values('ExecStart').at(-1) ?? '').split(/\s+/)),
  };
};
