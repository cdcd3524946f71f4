import type { Report } from '../../src/bench/report.ts';
import type { Limit } from './limits.ts';

const complaintOf = ({ measurements }: Report, limit: Limit): string | undefined => {
  const { measurement, figure, of, least = Number.NEGATIVE_INFINITY, most } = limit;
  const outcome = measurements.find(({ name }) => name === measurement);
  if (outcome === undefined) return `${measurement}: was not measured`;
  if (outcome.state !== 'measured') return `${measurement}: ${outcome.state}: ${outcome.reason}`;
  const found = outcome.figures.find(({ name }) => name === figure);
  if (found === undefined) return `${measurement}: has no figure "${figure}"`;
  const value = found[of];
  if (value >= least && value <= most) return undefined;
  const allowed = Number.isFinite(least) ? `${least} to ${most}` : `at most ${most}`;
  return `${measurement}, ${figure}: ${of} ${value} ${found.unit}; allowed is ${allowed} (test/bench/limits.ts)`;
};

/** What is wrong with a report, in words. What is not there has not been kept. Pure. */
export const judge = (report: Report, limits: readonly Limit[]): readonly string[] =>
  limits.flatMap((limit) => complaintOf(report, limit) ?? []);
