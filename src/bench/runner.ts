import type { Outcome } from './measurement.ts';
import type { Found } from './processes.ts';

export type RunParts = {
  readonly names: readonly string[];
  readonly measure: (name: string) => Promise<Found>;
  /** Told of each before it is begun, with how many are done. */
  readonly onBegin: (name: string, done: number) => void;
  /** In seconds. */
  readonly now: () => number;
  readonly isStopped: () => boolean;
};

/** Makes measurements, one after the other: none disturbs another. What was stopped is not in the outcomes. */
export const runAll = async ({ names, measure, onBegin, now, isStopped }: RunParts): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    if (isStopped()) break;
    onBegin(name, outcomes.length);
    const began = now();
    const found = await measure(name);
    if (!isStopped()) outcomes.push({ name, seconds: now() - began, ...found });
  }
  return outcomes;
};
