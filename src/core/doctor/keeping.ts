import { lacks, mayAll, mayEnter, mayRead, mayWrite, obstacle, type Standing } from './access.ts';
import type { Finding } from './finding.ts';
import type { Person, Survey, SurveyedSettings } from './survey.ts';
import { looperUser } from './trust.ts';

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Some minutes of loops. */
const roomBytes = 128 * 2 ** 20;

type Disk = NonNullable<Survey['disk']>;
type Ill = { readonly text: string; readonly todo: string };

/** What keeps the looper's own user from the sets, by the modes of files: who asks may be root, who may all. */
const barred = ({ folder, way, sets }: Disk, { name, ids }: Person): Ill | undefined => {
  const parts = sets?.folders ?? [];
  const wrong = [...way, ...parts].find(({ kind }) => kind !== 'folder');
  if (wrong !== undefined)
    return { text: `${wrong.path} is no folder`, todo: `sudo mv ${wrong.path} ${wrong.path}.old` };
  if (sets?.lock !== undefined && sets.lock.kind !== 'file')
    return { text: `${sets.lock.path} is no file`, todo: `sudo mv ${sets.lock.path} ${sets.lock.path}.old` };
  if (ids === undefined) return undefined;
  const onWay = obstacle(way, ids, mayWrite | mayEnter);
  if (onWay !== undefined && !onWay.isEnd)
    return { text: `${onWay.at.path} may not be entered by ${name}`, todo: `sudo chmod a+x ${onWay.at.path}` };
  const closed = onWay?.at ?? parts.find((part) => lacks(ids, part, mayAll));
  return closed && { text: `${closed.path} may not be written by ${name}`, todo: `sudo chown -R ${name} ${folder}` };
};

const disk = (survey: Survey, { reserveBytes }: SurveyedSettings): Finding => {
  const [code, about] = ['disk', 'disk of the sets'];
  if (survey.disk === undefined)
    return { code, level: 'hint', about, text: 'it cannot be looked at, or is not known', todo: 'ask as root' };
  const { folder, freeBytes, isReadOnly, isWritable } = survey.disk;
  if (isReadOnly)
    return {
      ...{ code, level: 'bad', about, text: `${folder} can only be read, so nothing is kept` },
      todo: 'if that is not meant, the kernel has found the disk damaged: see dmesg, have it checked or replaced',
    };
  const user = looperUser(survey);
  const ill = barred(survey.disk, user);
  if (ill !== undefined) return { code, level: 'bad', about, ...ill };
  const owner = user.name;
  if (!isWritable && owner === survey.asker.name)
    return {
      ...{ code, level: 'bad', about, text: `${folder} may not be written by ${owner}` },
      todo: `sudo chown -R ${owner} ${folder}`,
    };
  const room = freeBytes - reserveBytes;
  const text = `${megabytes(freeBytes)} free in ${folder}, of which ${megabytes(reserveBytes)} are reserved`;
  const todo = 'delete sets that you need no more, or export them';
  if (room <= 0) return { code, level: 'bad', about, text: `${text}: new loops are not kept`, todo };
  if (room < roomBytes) return { code, level: 'hint', about, text: `${text}: it is nearly full`, todo };
  // A looper that has said how it is has said nothing of its sets that is bad.
  if (survey.disk.sets === undefined && survey.looper?.isKnown !== true)
    return {
      ...{ code, level: 'hint', about, text: `${text}; whether the sets in it may be written cannot be seen` },
      todo: 'ask as root',
    };
  return { code, level: 'good', about, text };
};

const timeText = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

const lastEnd = ({ uncleanEnd, looper }: Survey): Finding => {
  const [code, about] = ['last-end', 'end of last time'];
  if (looper?.isKnown === true) return { code, level: 'good', about, text: 'it runs' };
  // Another one is none of this folder: that would have its lock.
  if (uncleanEnd === undefined)
    return { code, level: 'good', about, text: looper === undefined ? 'in order' : 'it runs' };
  const { lastKeptAt } = uncleanEnd;
  const when = lastKeptAt === undefined ? '' : `; it kept something last at ${timeText(lastKeptAt)}`;
  return {
    ...{ code, level: 'hint', about, text: `it ended in the midst of its work: a power cut, or a fault${when}` },
    todo: 'nothing is lost that was kept; for what it was see journalctl -u hindsight -b -1',
  };
};

/** Who asks may read what the looper's user may not. */
const unread = (way: readonly Standing[], { name, ids }: Person): Ill | undefined => {
  const found = ids && obstacle(way, ids, mayRead);
  if (found === undefined) return undefined;
  const { path } = found.at;
  const start = 'and start the looper anew';
  return found.isEnd
    ? { text: `${path} may not be read by ${name}`, todo: `sudo chmod a+r ${path}, ${start}` }
    : { text: `${path} may not be entered by ${name}`, todo: `sudo chmod a+x ${path}, ${start}` };
};

const settingsFindings = (survey: Survey, { file, mistakes, way = [] }: SurveyedSettings): readonly Finding[] => {
  const [code, about] = ['settings', 'settings'];
  const ill = unread(way, looperUser(survey));
  const todo = 'mend it, and start the looper anew';
  const found: readonly Finding[] = [
    ...(ill === undefined ? [] : [{ code, level: 'bad' as const, about, ...ill }]),
    ...mistakes.map((text) => ({ code, level: 'bad' as const, about, text, todo })),
  ];
  return found.length > 0 ? found : [{ code, level: 'good', about, text: `${file}: no mistakes` }];
};

/** Whether what is played is kept, and the settings are in order. Pure. */
export const keeping = (survey: Survey, settings: SurveyedSettings): readonly Finding[] => [
  disk(survey, settings),
  lastEnd(survey),
  ...settingsFindings(survey, settings),
];
