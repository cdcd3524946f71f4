import type { LooperProcess, Person, Survey } from './survey.ts';

/**
 * The looper that runs, where it is one for sure: it has said so itself, or runs as the user of the service. Any other may be
 * anybody's process with the right words on its command line, whose user and files are nothing to act on as root.
 */
const sureLooper = ({ looper, service }: Survey): LooperProcess | undefined =>
  looper?.isKnown === true || looper?.user.name === service?.user.name ? looper : undefined;

/** Whom the looper runs as, or will. */
export const looperUser = (survey: Survey): Person =>
  sureLooper(survey)?.user ?? survey.service?.user ?? survey.looper?.user ?? survey.asker;

/** Whether rights may be given to a user: root wrote his name into the unit, or he asks himself, with sudo or without. */
export const mayBeGiven = ({ service, invoker, asker }: Survey, { name }: Person): boolean =>
  [service, { user: invoker }, { user: asker }].some((one) => one?.user?.name === name);

/** The settings of the looper or of its service; a file below a folder that is not known here is none. */
export const configFileOf = (survey: Survey): string | undefined =>
  [sureLooper(survey)?.configFile, survey.service?.configFile].find((file) => file?.startsWith('/'));

export type StateFolders = {
  /** As the looper that runs has said. */
  readonly said: string | undefined;
  /** Of who asks. */
  readonly own: string;
  readonly service: string;
};

/**
 * Where the looper keeps its sets, that of who asks where it is his; undefined where that is not known, since another folder tells nothing of this
 * looper.
 */
export const stateFolderOf = (
  { looper, service, asker }: Pick<Survey, 'looper' | 'service' | 'asker'>,
  folders: StateFolders,
): string | undefined => {
  if (folders.said !== undefined) return folders.said;
  const isService = service !== undefined && looper?.user.name === service.user.name;
  if (looper?.isKnown === true && !isService && looper.user.name !== asker.name) return undefined;
  const isAskers = looper?.user.name === asker.name;
  return service !== undefined && (isService || !isAskers) ? folders.service : folders.own;
};
