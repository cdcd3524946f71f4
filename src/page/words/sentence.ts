import { capitalised } from './quantities.ts';

/** What a log line begins with, to be found by. A player sees what it is about. */
const heading = /^(?:sets|sound|undo|redo|retake|calibration|health): /;

/** A word of the looper as a sentence to be read from afar. Pure. */
export const sentence = (text: string): string => capitalised(text.replace(heading, ''));
