import { connect, type Socket } from 'node:net';
import type { ControllerView, Listener, Work } from '../../ports/backstage.ts';
import { type Answer, Lines, type Question } from './protocol.ts';

/** A running looper, reached from another process. */
export type RemoteBackstage = {
  controllers(): Promise<readonly ControllerView[]>;
  begin(question: Exclude<Question, { say: unknown } | { ask: 'controllers' }>, listener: Listener): Work;
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
    for (const line of lines.take(String(text))) onAnswer(JSON.parse(line));
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', onGone);
};

/** The first looper that answers at one of the paths; undefined where none runs. */
export const reachBackstage = async (paths: readonly string[]): Promise<RemoteBackstage | undefined> => {
  for (const path of paths) {
    const socket = await connected(path);
    if (socket !== undefined) return remoteAt(socket);
  }
  return undefined;
};

const remoteAt = (socket: Socket): RemoteBackstage => {
  let listener: Listener | undefined;
  let onControllers: (controllers: readonly ControllerView[]) => void = () => undefined;
  const ask = (question: Question): void => void socket.write(`${JSON.stringify(question)}\n`);
  const end = (failure?: string): void => {
    const ended = listener;
    listener = undefined;
    ended?.end(failure);
  };
  hear(
    socket,
    (answer) => {
      if ('controllers' in answer) onControllers(answer.controllers);
      else if ('end' in answer) end(answer.failure);
      else listener?.line(answer.line);
    },
    () => {
      onControllers([]);
      end('the looper has ended');
    },
  );
  return {
    controllers: () =>
      new Promise((resolve) => {
        onControllers = resolve;
        ask({ ask: 'controllers' });
      }),
    begin: (question, told) => {
      listener = told;
      ask(question);
      return { stop: () => end(), say: (say) => ask({ say }) };
    },
    close: () => socket.destroy(),
  };
};
