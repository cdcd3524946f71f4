import type { Told } from './mirror.ts';
import { usePage } from './use-page.ts';

/** The word that was said last. */
export const useTold = (): Told | undefined => usePage(({ mirror }) => mirror.told.at(-1));
