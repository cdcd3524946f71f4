// A program that speaks to the looper over its port, with the package's own WebSocket.
import { createRequire } from 'node:module';
import { pause, until } from './controllers/wait.mjs';

const WebSocket = createRequire('/usr/lib/hindsight/package.json')('ws');

export class Session {
  state;
  health;
  #socket;
  #answers = new Map();
  #id = 0;

  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (text) => this.#take(JSON.parse(text)));
    socket.on('error', () => {});
  }

  /** Speaks to the looper as soon as it listens, and knows its state. */
  static async open(ms = 30_000) {
    const end = performance.now() + ms;
    for (;;) {
      const socket = new WebSocket('ws://127.0.0.1:8001/', 'hindsight.v1');
      const session = new Session(socket);
      const opened = await new Promise((resolve) => {
        socket.once('open', () => resolve(true));
        socket.once('close', () => resolve(false));
      });
      if (opened) {
        await until(() => session.state, 'a snapshot');
        return session;
      }
      if (performance.now() > end) throw new Error(`nothing listens at port 8001 within ${ms} ms`);
      await pause(50);
    }
  }

  /** The tracks that hold a loop. */
  get loops() {
    return this.state.tracks.filter(({ loop }) => loop !== null).map(({ id }) => id);
  }

  track(id) {
    return this.state.tracks.find((track) => track.id === id).state;
  }

  /** Says a command, and gives the answer. */
  async command(command) {
    this.#id += 1;
    const id = this.#id;
    this.#send({ type: 'command', id, command });
    return await until(() => this.#answers.get(id), `an answer to ${command.type}`);
  }

  async plays(...tracks) {
    await until(
      () => tracks.every((id) => this.track(id) === 'PLAYING'),
      () => `tracks play: ${this.state.tracks.map(({ state }) => state)}`,
      30_000,
    );
  }

  /** The looper's own figures, as they are now. */
  async figures() {
    this.health = undefined;
    this.#send({ type: 'watch', topics: ['health'] });
    return await until(() => this.health, 'health');
  }

  close() {
    this.#socket.terminate();
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #take(message) {
    if (message.type === 'snapshot') this.state = message.state;
    if (message.type === 'health') this.health = message.health;
    if (message.type === 'done' || message.type === 'refused') this.#answers.set(message.id, message);
    if (message.type !== 'change') return;
    const changed = message.state.tracks ?? [];
    const tracks = this.state.tracks.map((track) => changed.find(({ id }) => id === track.id) ?? track);
    this.state = { ...this.state, ...message.state, tracks };
  }
}
