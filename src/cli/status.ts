import { userInfo } from 'node:os';
import { askStatus } from '../compose/status.ts';
import type { Status } from '../ports/status.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit.ts';
import { optionsOf } from './options.ts';
import { promised } from './promised.ts';
import { statusText } from './status-text.ts';

export const statusHelp = `hindsight status [--json] [--watch]

Tells how the looper that runs fares: what is not well, with what to do, and then its set,
interface, latency, controllers and tracks, the sound, the machine. It reaches the looper of this
user, and as root also the service's; to ask it disturbs nothing. docs/health.md tells what each
warning means.

  --json     as JSON: the state and the health of docs/protocol.md, the controllers, version and pid
  --watch    again every two seconds until Ctrl-C; with --json one line for each

Exit codes: 0 all is well; 1 something is not, as told, or it does not answer; 3 no looper runs
that this user may ask.
`;

const everyMs = 2000;

const absent =
  'no looper runs that this user may ask; hindsight run starts one, as a service: sudo systemctl start hindsight. To ask the service: sudo hindsight status. Why it does not run: hindsight doctor\n';

/** What a terminal shows in place of what it showed: from its top left, with the rest wiped. */
const anew = '\u001b[H\u001b[J';

const codeOf = ({ health }: Status): ExitCode => (health.warnings.length === 0 ? exitCodes.done : exitCodes.failed);

const told = async (isJson: boolean, isWatched: boolean): Promise<ExitCode> => {
  const status = await askStatus(userInfo().uid);
  if (status === undefined) {
    process.stderr.write(absent);
    return exitCodes.notRunning;
  }
  const json = (): string => `${isWatched ? JSON.stringify(status) : JSON.stringify(status, null, 2)}\n`;
  const head = isWatched && !isJson && process.stdout.isTTY ? anew : '';
  process.stdout.write(`${head}${isJson ? json() : statusText(status)}`);
  return codeOf(status);
};

/** Tells how the running looper fares. */
export const status = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('status', args, {
    json: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
  });
  if (!options.watch) return told(options.json, false);
  const { promise: stopped, resolve: stop } = promised<'stopped'>();
  for (const signal of stopSignals) process.once(signal, () => stop('stopped'));
  // A reader that has gone wants no more.
  process.stdout.once('error', () => stop('stopped'));
  for (;;) {
    const code = await told(options.json, true);
    if (code === exitCodes.notRunning) return code;
    let timer: NodeJS.Timeout | undefined;
    const due = new Promise<'due'>((resolve) => {
      timer = setTimeout(() => resolve('due'), everyMs);
    });
    const next = await Promise.race([stopped, due]);
    clearTimeout(timer);
    if (next === 'stopped') return code;
  }
};
