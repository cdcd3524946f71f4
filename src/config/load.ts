import { checkFile } from './check.ts';
import { ConfigError } from './mistake.ts';
import { type Config, configSchemaFor } from './schema.ts';

export { ConfigError, type Mistake } from './mistake.ts';

/**
 * The settings in a file, or all defaults without one. With the profiles that there are, a controller of another
 * one is a mistake. Throws a `ConfigError` that tells all mistakes at once.
 */
export const loadConfig = (path: string | undefined, profiles?: readonly string[]): Config => {
  const schema = configSchemaFor(profiles);
  if (path === undefined) return schema.parse({});
  const checked = checkFile(path, schema);
  if ('mistakes' in checked) throw new ConfigError(checked.mistakes);
  return checked.value;
};
