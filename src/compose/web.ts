import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWeb, type Web } from '../adapters/web/server.ts';
import { tokenIn } from '../adapters/web/token-file.ts';
import { asksToken } from '../config/asks-token.ts';
import type { Config } from '../config/schema.ts';
import { tlsFiles } from '../config/tls-files.ts';
import { messageOf } from '../core/errors.ts';
import type { SessionState } from '../core/session/state.ts';
import type { Logger } from '../ports/logger.ts';
import { type FrontParts, ShowFront } from '../streams/front/front-of-house.ts';
import { exporterIn } from './exporter.ts';
import { type HealthDesk, nobody } from './health.ts';
import { lastPictureIn } from './latency.ts';
import { version } from './version.ts';

/** Another program may have the port for as long as it runs, and an address may be given to the box long after it has begun. */
const againMs = 5000;

export type WebParts = Omit<
  FrontParts,
  'health' | 'audience' | 'version' | 'run' | 'blocks' | 'exportSet' | 'lastPicture'
> & {
  readonly config: Config;
  readonly desk: Pick<HealthDesk, 'watch' | 'audience' | 'pageTrouble'>;
  /** Where the token is kept. */
  readonly stateFolder: string;
  readonly log: Logger;
};

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Files that come in and go out lie there for a while. */
const workIn = (stateFolder: string): string => join(stateFolder, 'work');

/** What is wrong with the looper, for who looks after it; undefined where it is well. */
const ailment = ({ interface: sound, storage, warnings }: SessionState): string | undefined => {
  if (sound === 'away') return 'there is no interface';
  if (storage.state !== 'well') return `what is played is not kept on disk: ${storage.reason}`;
  return warnings.find(({ level }) => level === 'bad')?.text;
};

const webOptions = ({ config, stateFolder, stage }: WebParts) => {
  const { host, port, names, origins, listeners } = config.web;
  return {
    ...{ host, port, names, origins, listeners },
    tls: tlsFiles(config.web, homedir()),
    token: asksToken(config.web) ? tokenIn(stateFolder) : undefined,
    pageFolder: file('../page'),
    work: { folder: workIn(stateFolder), reserveBytes: config.sets.reserveMb * 2 ** 20 },
    isWell: () => ailment(stage.session.state),
  };
};

/**
 * The way in for front ends. It comes after all that plays: what it lacks, such as a port that another program has, is told and tried again, and
 * never ends the show.
 */
export class FrontDoor {
  readonly #parts: WebParts;
  readonly #front: ShowFront;
  #web: Web | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;
  #opening: Promise<void> = Promise.resolve();
  #complained = '';

  constructor(parts: WebParts) {
    const { config } = parts;
    this.#parts = parts;
    this.#front = new ShowFront({
      ...parts,
      health: parts.desk.watch,
      audience: () => this.#web?.audience() ?? nobody,
      blocks: config.audio,
      lastPicture: lastPictureIn(parts.stateFolder),
      exportSet: exporterIn(workIn(parts.stateFolder)),
      version: version(),
      run: randomUUID(),
    });
    parts.desk.audience = () => this.#web?.audience() ?? nobody;
  }

  /** Opens, or goes on trying to. */
  open(): void {
    this.#opening = this.#tidy().then(() => this.#open());
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await this.#opening;
    await this.#web?.close();
    this.#front.close();
  }

  async #open(): Promise<void> {
    const { log, desk } = this.#parts;
    try {
      this.#web = await openWeb(this.#front, webOptions(this.#parts), log);
      desk.pageTrouble = null;
      log.info(`web: the page is at ${this.#web.url}`);
    } catch (error) {
      this.#complain(error);
      if (!this.#closed)
        this.#again = setTimeout(() => {
          this.#opening = this.#open();
        }, againMs);
    }
  }

  /** What a power cut left of files that came in or went out. Another looper of this user, who has the sets, may be at work with its own. */
  async #tidy(): Promise<void> {
    const { sets, stateFolder, log } = this.#parts;
    if (sets === undefined) return;
    await rm(workIn(stateFolder), { recursive: true, force: true }).catch((error) =>
      log.warn(`web: ${messageOf(error)}`),
    );
  }

  /** Once for each reason; where it is asked how the looper fares, for as long as it is so. */
  #complain(error: unknown): void {
    // It may say for itself whose trouble it is.
    const text = messageOf(error).replace(/^web: /, '');
    if (text !== this.#complained) this.#parts.log.warn(`web: ${text}; the show goes on without a page`);
    this.#complained = text;
    this.#parts.desk.pageTrouble = text;
  }
}
