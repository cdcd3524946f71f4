import type { Finding } from './finding.ts';
import type { Survey, SurveyedSettings } from './survey.ts';
import { looperUser } from './trust.ts';

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Some minutes of loops. */
const roomBytes = 128 * 2 ** 20;

const disk = (survey: Survey, { reserveBytes }: SurveyedSettings): Finding => {
  const [code, about] = ['disk', 'disk of the sets'];
  if (survey.disk === undefined)
    return { code, level: 'hint', about, text: 'it cannot be looked at', todo: 'ask as root' };
  const { folder, freeBytes, isReadOnly, isWritable } = survey.disk;
  if (isReadOnly)
    return {
      ...{ code, level: 'bad', about, text: `${folder} can only be read, so nothing is kept` },
      todo: 'if that is not meant, the kernel has found the disk damaged: see dmesg, have it checked or replaced',
    };
  const owner = looperUser(survey).name;
  if (!isWritable && owner === survey.asker.name)
    return {
      ...{ code, level: 'bad', about, text: `${folder} may not be written by ${owner}` },
      todo: `sudo chown -R ${owner} ${folder}`,
    };
  const room = freeBytes - reserveBytes;
  const text = `${megabytes(freeBytes)} free in ${folder}, of which ${megabytes(reserveBytes)} are reserved`;
  const todo = 'delete sets that you need no more, or export them';
  if (room <= 0) return { code, level: 'bad', about, text: `${text}: new loops are not kept`, todo };
  return room < roomBytes
    ? { code, level: 'hint', about, text: `${text}: it is nearly full`, todo }
    : { code, level: 'good', about, text };
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

const settingsFindings = ({ file, mistakes }: SurveyedSettings): readonly Finding[] => {
  const [code, about] = ['settings', 'settings'];
  if (mistakes.length === 0) return [{ code, level: 'good', about, text: `${file}: no mistakes` }];
  return mistakes.map((text) => ({ code, level: 'bad', about, text, todo: 'mend it, and start the looper anew' }));
};

/** Whether what is played is kept, and the settings are in order. Pure. */
export const keeping = (survey: Survey, settings: SurveyedSettings): readonly Finding[] => [
  disk(survey, settings),
  lastEnd(survey),
  ...settingsFindings(settings),
];
