import { isAbsolute } from 'node:path';
import { type LearnCommand, learnCommands } from '../../core/learn/learn.ts';
import type { Backstage, Listener, SetsQuestion, Work } from '../../ports/backstage.ts';

/** What is asked through the socket: one line of JSON each. */
export type Question =
  | { readonly ask: 'monitor' | 'status' }
  | { readonly ask: 'learn' | 'lamps'; readonly controller?: string }
  | { readonly ask: 'calibrate'; readonly mute: boolean }
  | ({ readonly ask: 'sets' } & SetsQuestion)
  | { readonly say: LearnCommand };

/** What work is asked for. */
export type WorkQuestion = Exclude<Question, { say: unknown }>;

/** Begins the work that is asked for. */
export const beginWork = (backstage: Backstage, question: WorkQuestion, listener: Listener): Work => {
  switch (question.ask) {
    case 'status':
      return backstage.status(listener);
    case 'monitor':
      return backstage.monitor(listener);
    case 'sets':
      return backstage.sets(question, listener);
    case 'calibrate':
      return backstage.calibrate(question.mute, listener);
    case 'learn':
      return backstage.learn(question.controller, listener);
    case 'lamps':
      return backstage.testLamps(question.controller, listener);
  }
};

/** What is answered: lines as they come, then one end. */
export type Answer = { readonly line: string } | { readonly end: true; readonly failure?: string };

/** A line longer than this is none of ours. */
export const longestLine = 65_536;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const isText = (value: unknown): value is string => typeof value === 'string';
/** The looper runs in another folder than who asks. */
const isWholePath = (value: unknown): value is string => isText(value) && isAbsolute(value);
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const readSetsQuestion = ({ act, name, to, place, path, track, bars }: Readonly<Record<string, unknown>>) => {
  const ask = 'sets';
  if (act === 'list' || act === 'bin' || act === 'new' || act === 'flush') return { ask, act } as const;
  if (act === 'recover' && isWhole(place)) return { ask, act, place, ...(isText(name) && { name }) } as const;
  if (act === 'save') return isText(name) ? ({ ask, act, name } as const) : ({ ask, act } as const);
  if ((act === 'load' || act === 'delete') && isText(name)) return { ask, act, name } as const;
  if (act === 'rename' && isText(name) && isText(to)) return { ask, act, name, to } as const;
  if (act === 'tape' && isWholePath(path)) return { ask, act, path } as const;
  if (act !== 'import' || !isWholePath(path) || !isWhole(track)) return undefined;
  return { ask, act, path, track, ...(isWhole(bars) && { bars }) } as const;
};

/** A question out of a line; undefined for what is none. */
export const readQuestion = (line: string): Question | undefined => {
  const value = parsed(line);
  if (!isObject(value)) return undefined;
  const { ask, say, controller, mute } = value;
  if (ask === 'monitor' || ask === 'status') return { ask };
  if (ask === 'sets') return readSetsQuestion(value);
  if (ask === 'calibrate') return { ask, mute: mute === true };
  if (ask === 'learn' || ask === 'lamps') return typeof controller === 'string' ? { ask, controller } : { ask };
  const command = learnCommands.find((known) => known === say);
  return command && { say: command };
};

/** Cuts what comes in into lines. Throws for one that has no end. */
export class Lines {
  #rest = '';

  take(text: string): readonly string[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine) throw new Error('a line without an end');
    return lines;
  }
}

/** An answer out of a line; undefined for what is none. */
export const readAnswer = (line: string): Answer | undefined => {
  const value = parsed(line);
  if (!isObject(value)) return undefined;
  const { line: said, end, failure } = value;
  if (isText(said)) return { line: said };
  if (end !== true) return undefined;
  return isText(failure) ? { end, failure } : { end };
};
