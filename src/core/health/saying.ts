import { rules } from './rules.ts';
import type { Warning, WarningCode } from './warning.ts';

/** A warning that has come, or is over. */
export type WarningNews =
  | { readonly state: 'came'; readonly warning: Warning }
  | { readonly state: 'ended'; readonly warning: Warning };

/** Who sees to the interface, to the sets and to the page tells of these, and in more words. */
const toldElsewhere: readonly WarningCode[] = ['interface-away', 'not-kept', 'page-away'];

/** What is said of it; undefined for what was said already. Pure. */
export const warningText = ({ state, warning }: WarningNews): string | undefined => {
  if (toldElsewhere.includes(warning.code)) return undefined;
  if (state === 'came') return `health: ${warning.text}`;
  return `health: ${rules.find(({ code }) => code === warning.code)?.over ?? warning.code}`;
};

/** What came and what ended between two lists of warnings. */
export const warningNews = (before: readonly Warning[], after: readonly Warning[]): readonly WarningNews[] => {
  const isIn = (list: readonly Warning[], { code, sinceSeconds }: Warning): boolean =>
    list.some((other) => other.code === code && other.sinceSeconds === sinceSeconds);
  return [
    ...before.filter((warning) => !isIn(after, warning)).map((warning) => ({ state: 'ended', warning }) as const),
    ...after.filter((warning) => !isIn(before, warning)).map((warning) => ({ state: 'came', warning }) as const),
  ];
};
