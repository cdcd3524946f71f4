import type { z } from 'zod';

/** Longer texts are cut: a message may repeat what was sent, which may be long. */
const longest = 300;

/** What is wrong with a message that is not of the schema, for the person who wrote its sender. Pure. */
export const mistakesOf = (error: z.ZodError): string => {
  const sentences = error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return sentences.join('; ').slice(0, longest);
};

/** What JSON text says; undefined for what is none, which no JSON text says. Pure. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
