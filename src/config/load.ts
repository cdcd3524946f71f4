import { type Check, readChecked } from './check.ts';
import { ConfigError } from './mistake.ts';
import { type Config, configSchemaFor } from './schema.ts';

export { ConfigError, type Mistake } from './mistake.ts';

/**
 * The settings in a file that has been read, or all defaults without one. With the profiles that there are, a controller of another
 * one is a mistake. Throws a `ConfigError` that tells all mistakes at once.
 */
export const configBy = (check: Check | undefined, profiles?: readonly string[]): Config => {
  const schema = configSchemaFor(profiles);
  if (check === undefined) return schema.parse({});
  const checked = check(schema);
  if ('mistakes' in checked) throw new ConfigError(checked.mistakes);
  return checked.value;
};

/** The settings in a file, or all defaults without one. Throws a `ConfigError`. */
export const loadConfig = (path: string | undefined, profiles?: readonly string[]): Config =>
  configBy(path === undefined ? undefined : readChecked(path), profiles);
