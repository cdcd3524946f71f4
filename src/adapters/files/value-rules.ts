/** What a value of a file may be, in words and as a question. */
export type Rule = { readonly allowed: string; readonly fits: (value: unknown) => boolean };

/** A rule for each key of a kind of entry. */
export type Rules<Entry> = Readonly<Record<keyof Entry, Rule>>;

export const isKeyed = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const wholeBetween = (from: number, to: number): Rule => ({
  allowed: to === Number.POSITIVE_INFINITY ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`,
  fits: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to,
});

export const numberBetween = (from: number, to: number): Rule => ({
  allowed: `a number from ${from} to ${to}`,
  fits: (value) => typeof value === 'number' && value >= from && value <= to,
});

export const wholeFromOne: Rule = wholeBetween(1, Number.POSITIVE_INFINITY);

export const trueOrFalse: Rule = { allowed: 'true or false', fits: (value) => typeof value === 'boolean' };

/** A value of the file on one line and short. */
export const found = (value: unknown): string =>
  value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`.slice(0, 60);

/** The first key of an entry that breaks its rule, in words with its place; undefined where all are kept. Pure. */
export const mistakeIn = <Entry>(
  rules: Rules<Entry>,
  entry: Readonly<Record<string, unknown>>,
  place: string,
): string | undefined => {
  const [name, rule] = Object.entries<Rule>(rules).find(([key, { fits }]) => !fits(entry[key])) ?? [];
  return name && rule && `${place}${name} ${found(entry[name])}; allowed is ${rule.allowed}`;
};

/** Whether an entry keeps all rules, and so is of their kind. Keys beside them are not looked at. Pure. */
export const keeps = <Entry>(rules: Rules<Entry>, entry: unknown): entry is Entry =>
  isKeyed(entry) && mistakeIn(rules, entry, '') === undefined;
