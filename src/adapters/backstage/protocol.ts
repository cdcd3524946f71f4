import type { Backstage, LearnWord } from '../../ports/backstage.ts';

/** What is asked through the socket: one line of JSON each. */
export type Question =
  | { readonly ask: 'controllers' }
  | { readonly ask: 'monitor' }
  | { readonly ask: 'learn' | 'lamps'; readonly controller?: string }
  | { readonly say: LearnWord };

/** What is answered: lines as they come, then one end; or the list of controllers. */
export type Answer =
  | { readonly line: string }
  | { readonly end: true; readonly failure?: string }
  | { readonly controllers: ReturnType<Backstage['controllers']> };

/** A line longer than this is none of ours. */
export const longestLine = 65_536;

const words: readonly string[] = ['skip', 'undo', 'finish', 'cancel'] satisfies LearnWord[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** A question out of a line; undefined for what is none. */
export const readQuestion = (line: string): Question | undefined => {
  const value = parsed(line);
  if (!isObject(value)) return undefined;
  const { ask, say, controller } = value;
  if (ask === 'controllers' || ask === 'monitor') return { ask };
  if (ask === 'learn' || ask === 'lamps') return typeof controller === 'string' ? { ask, controller } : { ask };
  return typeof say === 'string' && words.includes(say) ? { say: say as LearnWord } : undefined;
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
