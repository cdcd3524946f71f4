import type { Finding } from './finding.ts';
import { keeping } from './keeping.ts';
import { rights } from './rights.ts';
import { sound } from './sound.ts';
import { speed } from './speed.ts';
import type { Survey, SurveyedSettings } from './survey.ts';
import { usb } from './usb.ts';

/** All that there is to say of a machine. `isSimulated`: the looper that runs plays on no interface. Pure. */
export const findings = (survey: Survey, settings: SurveyedSettings, isSimulated: boolean): readonly Finding[] => [
  ...sound(survey, settings),
  ...usb(survey),
  ...rights(survey, isSimulated),
  ...speed(survey),
  ...keeping(survey, settings),
];
