import { errnoOf, messageOf } from '../core/errors.ts';

/** What a call of the storage was rejected with, as the session is told of it. */
export const storageFailure = (error: unknown): { readonly code: string; readonly reason: string } => ({
  code: String(errnoOf(error) ?? 'storage-failed'),
  reason: messageOf(error),
});
