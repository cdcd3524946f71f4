import { lstatSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Listener, Work } from '../../ports/backstage.ts';
import { type Answer, Lines, type Question, readAnswer, type WorkQuestion } from './protocol.ts';

/** A running looper, reached from another process. */
export type RemoteBackstage = {
  begin(question: WorkQuestion, listener: Listener): Work;
  close(): void;
};

const connected = (path: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });

/** Hears answers until the socket ends; a looper that goes away ends the work. */
const hear = (socket: Socket, onAnswer: (answer: Answer) => void, onGone: () => void): void => {
  const lines = new Lines();
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    try {
      for (const line of lines.take(String(text))) {
        const answer = readAnswer(line);
        if (answer !== undefined) onAnswer(answer);
      }
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', onGone);
};

const writtenByOthers = 0o022;

/**
 * Whether nobody can have put a socket there but the user himself, root, or whom root has given the folder, as systemd gives
 * /run/hindsight to the service's user: in a folder of root's that others cannot write to, root alone says who has what.
 */
const isTrusted = (path: string): boolean => {
  try {
    const folder = lstatSync(dirname(path));
    if ([0, process.getuid?.()].includes(folder.uid)) return true;
    const above = lstatSync(dirname(dirname(path)));
    return folder.isDirectory() && above.uid === 0 && (above.mode & writtenByOthers) === 0;
  } catch {
    return false;
  }
};

/** The first looper that answers at one of the paths; undefined where none runs. */
export const reachBackstage = async (paths: readonly string[]): Promise<RemoteBackstage | undefined> => {
  for (const path of paths) {
    const socket = isTrusted(path) ? await connected(path) : undefined;
    if (socket !== undefined) return remoteAt(socket);
  }
  return undefined;
};

const remoteAt = (socket: Socket): RemoteBackstage => {
  let listener: Listener | undefined;
  const ask = (question: Question): void => void socket.write(`${JSON.stringify(question)}\n`);
  const end = (failure?: string): void => {
    const ended = listener;
    listener = undefined;
    ended?.end(failure);
  };
  hear(
    socket,
    (answer) => {
      if ('end' in answer) end(answer.failure);
      else listener?.line(answer.line);
    },
    () => end('the looper has ended'),
  );
  return {
    begin: (question, told) => {
      listener = told;
      ask(question);
      return { stop: () => end(), say: (say) => ask({ say }) };
    },
    close: () => socket.destroy(),
  };
};
