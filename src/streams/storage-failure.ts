import { errnoOf, messageOf } from '../core/errors.ts';
import type { StorageFailure } from '../ports/set-store.ts';

/** What a call of the storage was rejected with, as the session is told of it. */
export const storageFailure = (error: unknown): StorageFailure => ({
  code: String(errnoOf(error) ?? 'storage-failed'),
  reason: messageOf(error),
});
