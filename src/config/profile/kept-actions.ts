import { z } from 'zod';
import { oneOf, section, text, whole } from '../fields.ts';
import { tell } from '../rule.ts';
import { inWords } from '../wording.ts';
import { step } from './step.ts';

const trackNumber = () => whole(1, 64);
const when = () => oneOf(['now', 'bar']);
const setName = () => text('a name of 1 to 64 characters', /^.{65,}$/su);

type Form = Readonly<Record<string, unknown>>;

const given = (form: Form, keys: readonly string[]): readonly string[] => keys.filter((key) => form[key] !== undefined);

const bounds = ['moreBars', 'laterBars', 'laterBeats', 'laterMs'];

const retake = section({
  command: z.literal('retake'),
  track: trackNumber().exactOptional(),
  moreBars: step(32, true).exactOptional(),
  laterBars: step(32, true).exactOptional(),
  laterBeats: step(64, true).exactOptional(),
  laterMs: step(1000, false).exactOptional(),
  at: when().exactOptional(),
}).transform((form, context) => {
  if (given(form, bounds).length > 0) return form;
  const words = `found no change; allowed is one or more of ${bounds.join(', ')}`;
  tell(context, [{ path: [], code: 'bad-action', text: words }]);
  return z.NEVER;
});

const whichSet = ['name', 'place', 'by'];

const loadSet = section({
  command: z.literal('loadSet'),
  name: setName().exactOptional(),
  place: whole(1, 128).exactOptional(),
  by: step(128, true).exactOptional(),
}).transform((form, context) => {
  const names = given(form, whichSet);
  if (names.length === 1) return form;
  const what = names.length === 0 ? 'no set' : names.join(' and ');
  tell(context, [{ path: [], code: 'bad-action', text: `found ${what}; allowed is one of ${inWords(whichSet)}` }]);
  return z.NEVER;
});

/** What is done to loops that are there, and to sets that are kept. */
export const keptActions = [
  section({ command: z.literal('clear'), track: trackNumber(), at: when().exactOptional() }),
  section({ command: z.enum(['undo', 'redo']), at: when().exactOptional() }),
  retake,
  loadSet,
  section({ command: z.literal('saveSet'), name: setName().exactOptional() }),
] as const;

export const keptCommands = ['clear', 'undo', 'redo', 'retake', 'loadSet', 'saveSet'] as const;
