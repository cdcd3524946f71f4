import type { Millis } from '../time/units.ts';
import type { HealthLook } from './figures.ts';
import { type Rule, rules } from './rules.ts';
import type { Warning, WarningCode } from './warning.ts';

/** Where a rule stands: not yet long enough, or told. */
type Standing =
  | { readonly phase: 'coming'; readonly at: Millis }
  | { readonly phase: 'there'; readonly lastAt: Millis; readonly warning: Warning };

/** What is known of health: a plain value, moved on by `watched`. */
export type HealthState = {
  readonly look: HealthLook | undefined;
  readonly standings: ReadonlyMap<WarningCode, Standing>;
};

export const unwatched: HealthState = { look: undefined, standings: new Map() };

/** The warnings that are there, the worst first. */
export const warningsOf = ({ standings }: HealthState): readonly Warning[] =>
  rules.flatMap(({ code }) => {
    const standing = standings.get(code);
    return standing?.phase === 'there' ? [standing.warning] : [];
  });

const warningBy = ({ code, level, title, text }: Rule, look: HealthLook): Warning => ({
  ...{ code, level, title },
  text: text(look),
  sinceSeconds: Math.floor(look.process.uptimeSeconds),
});

const begun = (rule: Rule, look: HealthLook, at: Millis, now: Millis): Standing =>
  now - at < rule.afterMs ? { phase: 'coming', at } : { phase: 'there', lastAt: now, warning: warningBy(rule, look) };

const moved = (
  rule: Rule,
  standing: Standing | undefined,
  look: HealthLook,
  before: HealthLook,
  now: Millis,
): Standing | undefined => {
  const { comes, stays = comes, restMs, follows = false } = rule;
  if (standing === undefined || standing.phase === 'coming')
    return comes(look, before) ? begun(rule, look, standing?.at ?? now, now) : undefined;
  if (!stays(look, before)) return now - standing.lastAt < restMs ? standing : undefined;
  const warning = follows ? { ...standing.warning, text: rule.text(look) } : standing.warning;
  return { ...standing, lastAt: now, warning };
};

/** Health after a look at a monotonic time. What was counted before the first look is no news. Pure. */
export const watched = (before: HealthState, look: HealthLook, now: Millis): HealthState => ({
  look,
  standings: new Map(
    rules.flatMap((rule) => {
      const standing = moved(rule, before.standings.get(rule.code), look, before.look ?? look, now);
      return standing === undefined ? [] : [[rule.code, standing] as const];
    }),
  ),
});
