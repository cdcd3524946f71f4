import type { Warning, WarningCode } from '../health/warning.ts';
import type { Finding } from './finding.ts';

/** The check that cannot be good while the looper warns of something. */
const denied: { readonly [Code in WarningCode]?: string } = {
  ...{ 'not-kept': 'disk', 'disk-read-only': 'disk' },
  ...{ 'under-voltage': 'power', throttled: 'power' },
};

/** What was found, and what the looper that runs says itself is bad, which it knows better than who looks at it from outside. Pure. */
export const withSaid = (found: readonly Finding[], warnings: readonly Warning[]): readonly Finding[] => {
  const bad = warnings.filter(({ level }) => level === 'bad');
  const wrong = new Set(bad.map(({ code }) => denied[code]));
  return [
    ...bad.map(({ code, title, text }) => ({
      ...{ code: `looper-${code}`, level: 'bad' as const, about: 'looper' },
      text: `${title}: ${text}`,
    })),
    ...found.filter(({ code, level }) => level !== 'good' || !wrong.has(code)),
  ];
};
