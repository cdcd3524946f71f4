import { checkFile } from './check.ts';
import { ConfigError } from './mistake.ts';
import { type Config, configSchema } from './schema.ts';

export { ConfigError, type Mistake } from './mistake.ts';

/** The settings in a file, or all defaults without one. Throws a `ConfigError` that tells all mistakes at once. */
export const loadConfig = (path: string | undefined): Config => {
  if (path === undefined) return configSchema.parse({});
  const checked = checkFile(path, configSchema);
  if ('mistakes' in checked) throw new ConfigError(checked.mistakes);
  return checked.value;
};
