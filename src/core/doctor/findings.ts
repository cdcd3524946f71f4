import type { Warning } from '../health/warning.ts';
import type { Finding } from './finding.ts';
import { keeping } from './keeping.ts';
import { rights } from './rights.ts';
import { withSaid } from './said.ts';
import { sound } from './sound.ts';
import { speed } from './speed.ts';
import type { Survey, SurveyedSettings } from './survey.ts';
import { usb } from './usb.ts';

/** What the looper that runs has said of itself. */
export type Said = {
  /** It plays on no interface. */
  readonly isSimulated: boolean;
  readonly warnings: readonly Warning[];
};

const looked = (survey: Survey, settings: SurveyedSettings, isSimulated: boolean): readonly Finding[] => [
  ...sound(survey, settings),
  ...usb(survey),
  ...rights(survey, isSimulated),
  ...speed(survey),
  ...keeping(survey, settings),
];

/** All that there is to say of a machine, and of the looper that runs on it. Pure. */
export const findings = (survey: Survey, settings: SurveyedSettings, { isSimulated, warnings }: Said) =>
  withSaid(looked(survey, settings, isSimulated), warnings);
