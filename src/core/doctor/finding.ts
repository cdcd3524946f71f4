/** A step that mends something, for root to take: a value for a file, or a program with its arguments. */
export type Step =
  | { readonly write: string; readonly value: string }
  | { readonly run: readonly [program: string, ...args: string[]] };

/** What one check has found. */
export type Finding = {
  /** Stable; all else is for people. */
  readonly code: string;
  /** `bad` will be heard, or keeps the looper from its work; a `hint` is room for more. */
  readonly level: 'good' | 'hint' | 'bad';
  /** What was looked at. */
  readonly about: string;
  readonly text: string;
  /** What to do, in a sentence. */
  readonly todo?: string;
  /** What `--fix` does: safe, and not for ever unless it says so. */
  readonly steps?: readonly Step[];
};

const ranks = { bad: 0, hint: 1, good: 2 } as const;

/** The worst first, else in their order. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => ranks[a.level] - ranks[b.level]);

const quoted = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** A step as a line for a shell. */
export const stepText = (step: Step): string =>
  'run' in step
    ? ['sudo', ...step.run].map(quoted).join(' ')
    : `echo ${quoted(step.value)} | sudo tee ${quoted(step.write)}`;
