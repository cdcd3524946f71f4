import { homedir } from 'node:os';
import { renderUnicodeCompact } from 'uqr';
import { pairingAccess } from '../compose/pairing.ts';
import { asksToken } from '../config/asks-token.ts';
import type { Config } from '../config/schema.ts';
import { stateFolder } from '../config/state-folder.ts';
import { UserError } from '../core/errors.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { optionsOf, usageOf } from './options.ts';
import { pairingWays, urlOf, type Way } from './pairing-urls.ts';
import { defaultConfigFile, settingsFrom } from './settings.ts';

export const pairHelp = `hindsight pair [--new] [--qr] [--url] [--config FILE]

Shows how a phone reaches the page of the looper: where to go, and on a terminal a QR code to point
its camera at. What is shown holds a token; who has it has the looper in hand. A looper that listens
to this machine only (web.host, 127.0.0.1) needs none, and is told how to be opened to others.
It speaks of the looper that runs as this user, or will.

  --new            makes a new token: all phones must pair again. A looper that runs takes it at its
                   next start
  --qr             draws the QR code also where the output is no terminal
  --url            prints the best URL and nothing else, for scripts
  --config FILE    settings; without it /etc/hindsight/hindsight.yaml of the
                   package, or config/hindsight.yaml of the sources
`;

type Web = Config['web'];

/** Around the code there have to be four modules of nothing (ISO/IEC 18004). */
const border = 4;
/** White on black whatever the terminal's own colours are: what is drawn are the light modules. */
const [onBlack, asBefore] = ['\u001b[97;40m', '\u001b[0m'];

/** The lines of a QR code; `isColoured` for a terminal, else as for one that is dark. */
const qrLines = (text: string, isColoured: boolean): readonly string[] => {
  const lines = renderUnicodeCompact(text, { border }).split('\n');
  return isColoured ? lines.map((line) => `${onBlack}${line}${asBefore}`) : lines;
};

const checkPage = ({ enabled, port }: Web): void => {
  if (!enabled) throw new UserError('web-off', 'web.enabled: is false, so there is no page; write true');
  if (port === 0)
    throw new UserError('web-port', 'web.port: is 0, any that is free, which only the log tells; write a number');
};

const renewed =
  'a new token: all phones must pair again; a looper that runs takes it at its next start, so start it anew';

const ownMachineLines = (web: Web, file: string): readonly string[] => [
  `The page is for this machine only: ${urlOf(web, web.host)}`,
  '',
  `For phones and others to reach it, write into ${file}`,
  '',
  '  web:',
  '    host: 0.0.0.0',
  '',
  'and start the looper anew. They need a token then, which hindsight pair shows.',
];

const wayLines = (ways: readonly Way[]): readonly string[] => {
  const width = Math.max(...ways.map(({ url }) => url.length));
  return ways.map(({ url, by }) => `  ${url.padEnd(width)}  ${by}`);
};

const openLines = (ways: readonly Way[], qr: readonly string[]): readonly string[] => [
  'On the phone, in the same network, open one of these:',
  '',
  ...wayLines(ways),
  ...(qr.length === 0 ? [] : ['', 'or point its camera at the first one:', '', ...qr]),
  '',
  'Who has it has the looper in hand. hindsight pair --new makes it worthless.',
];

const printed = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Shows how a phone gets to the page. */
export const pair = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('pair', args, {
    new: { type: 'boolean', default: false },
    qr: { type: 'boolean', default: false },
    url: { type: 'boolean', default: false },
    config: { type: 'string' },
  });
  if (options.qr && options.url) throw usageOf('pair', '--qr and --url exclude each other');
  const { web } = settingsFrom(options.config).config;
  checkPage(web);
  const isOwn = !asksToken(web);
  const folder = stateFolder(process.env, homedir());
  const token = options.new || !isOwn ? pairingAccess.token(folder, options.new) : '';
  if (options.new) process.stderr.write(`${renewed}\n`);
  const ways = isOwn ? [] : pairingWays(web, token, pairingAccess.whereabouts());
  const best = ways[0]?.url ?? urlOf(web, web.host);
  const isTerminal = process.stdout.isTTY === true;
  if (options.url) printed([best]);
  else if (isOwn) printed(ownMachineLines(web, options.config ?? defaultConfigFile() ?? 'a file, for --config'));
  else printed(openLines(ways, isTerminal || options.qr ? qrLines(best, isTerminal) : []));
  return exitCodes.done;
};
