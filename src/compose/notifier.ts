import { messageOf } from '../core/errors.ts';
import type { Notifier } from '../ports/notifier.ts';

/** Who has started the looper, as the environment says; undefined where nobody looks after it, or cannot be told. */
export const openNotifier = async (
  environment: NodeJS.ProcessEnv,
  complain: (reason: string) => void,
): Promise<Notifier | undefined> => {
  if (environment['NOTIFY_SOCKET'] === undefined) return undefined;
  try {
    const { systemdNotifier } = await import('../adapters/systemd/notifier.ts');
    return systemdNotifier(environment);
  } catch (error) {
    complain(`systemd: cannot be told how the looper fares: ${messageOf(error)}`);
    return undefined;
  }
};
