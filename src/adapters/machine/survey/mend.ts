import { writeFileSync } from 'node:fs';
import type { Step } from '../../../core/doctor/finding.ts';
import { messageOf } from '../../../core/errors.ts';
import type { Runs } from './survey.ts';

/** Takes a step; says what went wrong, undefined where nothing did. */
export const mend = async (step: Step, root: string, runs: Runs): Promise<string | undefined> => {
  if ('run' in step) {
    const [program, ...args] = step.run;
    return (await runs(program, ...args)) === undefined ? `${program} is not there, or has failed` : undefined;
  }
  try {
    writeFileSync(`${root}${step.write}`, `${step.value}\n`);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};
