import { chmodSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import type { Backstage, Listener, Work } from '../../ports/backstage.ts';
import type { Logger } from '../../ports/logger.ts';
import { type Answer, beginWork, Lines, type Question, readQuestion, type WorkQuestion } from './protocol.ts';

/** More than a reader can have missed; what comes then is left out, so that a stalled one takes no memory. */
const mostUnread = 256 * 1024;

/** Each costs a file handle. */
const mostVisitors = 16;

/** One who asks. All work of his ends with him. */
class Visitor {
  readonly #socket: Socket;
  readonly #backstage: Backstage;
  readonly #lines = new Lines();
  #work: Work | undefined;
  #leftOut = 0;

  constructor(socket: Socket, backstage: Backstage) {
    this.#socket = socket;
    this.#backstage = backstage;
    socket.setEncoding('utf8');
    socket.on('data', (text) => this.#hear(String(text)));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#work?.stop());
  }

  #hear(text: string): void {
    try {
      for (const line of this.#lines.take(text)) this.#answer(readQuestion(line));
    } catch {
      this.#socket.destroy();
    }
  }

  #answer(question: Question | undefined): void {
    if (question === undefined) {
      this.#tell({ end: true, failure: 'this looper does not know the question; are both of the same version?' });
      return;
    }
    if ('say' in question) {
      this.#work?.say(question.say);
      return;
    }
    this.#work?.stop();
    this.#work = this.#begin(question);
  }

  #begin(question: WorkQuestion): Work {
    const listener: Listener = {
      line: (line) => this.#tell({ line }),
      end: (failure) => this.#tell({ end: true, ...(failure !== undefined && { failure }) }),
    };
    return beginWork(this.#backstage, question, listener);
  }

  #tell(answer: Answer): void {
    if (this.#socket.destroyed) return;
    if (this.#socket.writableLength > mostUnread && 'line' in answer) {
      this.#leftOut += 1;
      return;
    }
    if (this.#leftOut > 0) this.#socket.write(`${JSON.stringify({ line: `(${this.#leftOut} lines left out)` })}\n`);
    this.#leftOut = 0;
    this.#socket.write(`${JSON.stringify(answer)}\n`);
  }
}

const isAlive = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/**
 * Only the owner gets in, and root: the folder is his alone. Where somebody has made it for the owner and his group, as systemd does
 * for the service (RuntimeDirectoryMode=0750), the socket is for both, too; where it is open to others, they see a socket that is shut.
 */
const makeRoom = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(dirname(path));
  if (process.getuid?.() !== uid) throw new Error(`${dirname(path)} belongs to another user`);
};

const socketMode = (path: string): number => ((lstatSync(dirname(path)).mode & 0o077) === 0o050 ? 0o660 : 0o600);

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

/**
 * Opens the way in at a socket of the system, for the looper's own user, and for the service's group. It is a convenience: where it cannot be had that is
 * told in the log, and the show goes on. Gives what closes it.
 */
export const openBackstage = async (backstage: Backstage, path: string, log: Logger): Promise<() => void> => {
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    if (visitors.size >= mostVisitors) {
      socket.destroy();
      return;
    }
    visitors.add(socket);
    socket.once('close', () => visitors.delete(socket));
    new Visitor(socket, backstage);
  });
  try {
    makeRoom(path);
    if (await isAlive(path)) throw new Error('another looper is there');
    try {
      unlinkSync(path);
    } catch {
      // There was none left over.
    }
    await listening(server, path);
    server.on('error', (error) => log.debug(`backstage: ${messageOf(error)}`));
    chmodSync(path, socketMode(path));
    server.unref();
  } catch (error) {
    log.warn(
      `backstage: ${path} cannot be opened (${messageOf(error)}); monitor, learn and lamps do not reach this looper`,
    );
    return () => undefined;
  }
  return () => {
    for (const socket of visitors) socket.destroy();
    server.close();
  };
};
