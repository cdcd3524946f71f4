/**
 * A mistake in what was asked (a file, a key, a name), to be told in one line and mended by the person who asked.
 * Message form: `where: what is wrong; what is allowed; what to do`. `code` is stable, the wording is not.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;

  constructor(code: string, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** What an unknown thrown value says, for a message. */
export const messageOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);

/**
 * The name of the system error (`ENOENT`...) that a call of node:fs threw; undefined for what is none. By its shape, not
 * by `instanceof`: a test runner's realm has another `Error`.
 */
export const errnoOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
