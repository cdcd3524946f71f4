import { z } from 'zod';
import type { Path } from './mistake.ts';

/** A rule between several keys that is broken: at which of them, counted from the value that is checked, and in which words. */
export type Broken = { readonly path: Path; readonly code: string; readonly text: string };

/** To tell of a checked value what no single key shows. */
export const tell = (context: z.core.$RefinementCtx, broken: readonly Broken[]): void => {
  for (const { path, code, text } of broken) {
    context.addIssue({ code: 'custom', path: [...path], message: text, params: { code } });
  }
};

/** A value whose form shows only when one sees it, such as a text or keys with values. */
export const dependingOn = <Value>(choose: (input: unknown) => z.ZodType<Value>) =>
  z.unknown().transform((input, context): Value => {
    const result = choose(input).safeParse(input, { reportInput: true });
    if (result.success) return result.data;
    // Issues that have their words keep them on the way up; only their types differ.
    context.issues.push(...(result.error.issues as typeof context.issues));
    return z.NEVER;
  });

export const isKeyed = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);
