import { UserError } from '../errors.ts';

/** Characters (code points) of a set's name. */
export const longestSetName = 64;

/** Of Unicode's general categories: control, line and paragraph separators, half surrogates. They would break lines and displays; so would changes of direction. */
const unsayable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** Something that is seen. Joiners are not, and are part of some emoji. */
const visible = /[^\p{Cf}\p{Z}]/u;

/** What is wrong with the name of a set, in words; undefined for a good one. Pure. */
const faultOf = (name: string): string | undefined => {
  if (name.length === 0) return 'is empty';
  if (!visible.test(name)) return 'shows nothing';
  if ([...name].length > longestSetName) return `has ${[...name].length} characters`;
  return unsayable.test(name) ? 'has a control character' : undefined;
};

/** A name as sets bear it: composed (Unicode NFC), without blanks around it. Throws `set-name` for one that no set may bear. Pure. */
export const setNameOf = (text: string): string => {
  const name = text.normalize('NFC').trim();
  const fault = faultOf(name);
  if (fault === undefined) return name;
  throw new UserError(
    'set-name',
    `set ${JSON.stringify(name.slice(0, longestSetName))}: the name ${fault}; 1 to ${longestSetName} characters without control characters are allowed; give another name`,
  );
};

/** Whether a value is a name as `setNameOf` gives it. Pure. */
export const isSetName = (value: unknown): value is string =>
  typeof value === 'string' && value === value.normalize('NFC').trim() && faultOf(value) === undefined;

/** Names with the same key are of one set, since a disk or a player may not tell capitals from small letters. Pure. */
export const setKeyOf = (name: string): string => name.normalize('NFC').toLowerCase();
