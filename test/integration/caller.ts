import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { Millis } from '../../src/core/time/units.ts';
import type {
  Change,
  ClientMessage,
  ServerMessage,
  Snapshot,
  StateView,
  TrackPicture,
} from '../../src/protocol/hindsight-v1.ts';
import { serverMessageSchema, subProtocol } from '../../src/protocol/hindsight-v1.ts';
import type { SeedNews } from '../../src/protocol/seed-v0.ts';
import { patienceMs } from './looper.ts';

const openOnes: WebSocket[] = [];
afterEach(() => {
  for (const ws of openOnes.splice(0)) ws.terminate();
});

/** A WebSocket of a test, open; it does not outlive the test. */
export const connected = async (
  port: number,
  protocol: string | undefined,
  options: ClientOptions = {},
): Promise<WebSocket> => {
  const url = `ws://127.0.0.1:${port}/`;
  const ws = protocol === undefined ? new WebSocket(url, options) : new WebSocket(url, protocol, options);
  openOnes.push(ws);
  ws.on('error', () => undefined);
  // Nothing is read before somebody listens, not even what comes in one piece with the answer.
  ws.once('open', () => ws.pause());
  await Promise.race([once(ws, 'open'), once(ws, 'close').then(() => Promise.reject(new Error('not let in')))]);
  return ws;
};

/** A client that notes all that it gets, in order. */
class Caller<Message extends object> {
  readonly got: Message[] = [];
  /** When each of them came. */
  readonly cameAt: Millis[] = [];
  readonly #ws: WebSocket;
  readonly #looks = new Set<() => void>();

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      this.heard(message);
      this.got.push(message);
      this.cameAt.push(performance.now());
      this.#wake();
    });
    ws.on('close', () => this.#wake());
    ws.resume();
  }

  /** For who follows along. */
  protected heard(_: Message): void {}

  say(message: object | string): void {
    this.#ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  /** Goes away without a word, as a phone that falls into a river. */
  cut(): void {
    this.#ws.terminate();
  }

  /** Resolves once the line has ended. */
  async end(): Promise<void> {
    if (this.#ws.readyState !== WebSocket.CLOSED) await once(this.#ws, 'close');
  }

  /** What `look` finds, once it finds something, while messages come. */
  until<Found>(look: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#looks.delete(wake);
        act();
      };
      const fail = (why: string): void => {
        const last = JSON.stringify(this.got.slice(-8), undefined, 1);
        settle(() => reject(new Error(`${why} without ${look}; the last messages are ${last}`)));
      };
      const timer = setTimeout(() => fail(`${patienceMs} ms passed`), patienceMs);
      const wake = (): void => {
        const found = look();
        if (found !== undefined) settle(() => resolve(found));
        else if (!this.isOpen) fail('the line ended');
      };
      this.#looks.add(wake);
      wake();
    });
  }

  /** The first message that is so, of those from number `from` on: by default of those to come. */
  next<Wanted extends Message>(is: (message: Message) => message is Wanted, from?: number): Promise<Wanted>;
  next(is: (message: Message) => boolean, from?: number): Promise<Message>;
  next(is: (message: Message) => boolean, from = this.got.length): Promise<Message> {
    return this.until(() => this.got.slice(from).find(is));
  }

  #wake(): void {
    for (const look of this.#looks) look();
  }
}

type SeedEvent<Event extends SeedNews['event']> = Extract<SeedNews, { readonly event: Event }>;

/** A front end of the seed. */
export class SeedCaller extends Caller<SeedNews> {
  static async at(port: number): Promise<SeedCaller> {
    return new SeedCaller(await connected(port, undefined));
  }

  /** The messages of one event so far, from number `from` of all on. */
  of<Event extends SeedNews['event']>(event: Event, from = 0): SeedEvent<Event>[] {
    return this.got.slice(from).filter((one): one is SeedEvent<Event> => one.event === event);
  }

  /** The next message of an event. */
  event<Event extends SeedNews['event']>(event: Event, from?: number): Promise<SeedEvent<Event>> {
    return this.next((one): one is SeedEvent<Event> => one.event === event, from);
  }

  /** Resolves with the states that a track goes through from now on, once it has come to `state`. */
  async track(id: number, state: string): Promise<readonly string[]> {
    const from = this.got.length;
    const stateIn = ({ tracks }: SeedEvent<'tracks'>): string => tracks[id]?.state ?? 'no track';
    const before = this.of('tracks').map(stateIn).at(-1);
    const seen = (): string[] =>
      this.of('tracks', from)
        .map(stateIn)
        .filter((one, index, all) => one !== (index === 0 ? before : all[index - 1]));
    return this.until(() => (seen().at(-1) === state ? seen() : undefined));
  }
}

type V1Request = ClientMessage extends infer One ? (One extends { id: unknown } ? Omit<One, 'id'> : never) : never;

/** What the looper says on a connection of version 1: checked by its own schema, and followed. */
export class V1Caller extends Caller<ServerMessage> {
  #state: StateView | undefined;
  #seq = -1;
  #ids = 0;
  /** Changes that did not follow the one before. */
  readonly gaps: number[] = [];
  readonly malformed: unknown[] = [];
  run = '';

  static async at(port: number, options: ClientOptions = {}): Promise<V1Caller> {
    const caller = new V1Caller(await connected(port, subProtocol, options));
    await caller.until(() => caller.#state);
    return caller;
  }

  /** The number of the last change that is known. */
  get seq(): number {
    return this.#seq;
  }

  get state(): StateView {
    if (this.#state === undefined) throw new Error('no snapshot has come');
    return this.#state;
  }

  track(id: number): TrackPicture {
    const track = this.state.tracks[id - 1];
    if (track === undefined) throw new Error(`there is no track ${id}`);
    return track;
  }

  /** Resolves once a track has a state. */
  async comes(id: number, state: TrackPicture['state']): Promise<TrackPicture> {
    return this.until(() => (this.track(id).state === state ? this.track(id) : undefined));
  }

  /** Asks, and resolves with what is answered. */
  async ask(request: V1Request): Promise<ServerMessage> {
    this.#ids += 1;
    const id = this.#ids;
    const from = this.got.length;
    this.say({ ...request, id });
    return this.next((message) => 'id' in message && message.id === id, from);
  }

  command(command: Extract<V1Request, { type: 'command' }>['command']): Promise<ServerMessage> {
    return this.ask({ type: 'command', command });
  }

  of<Type extends ServerMessage['type']>(type: Type, from = 0): Extract<ServerMessage, { type: Type }>[] {
    return this.got.slice(from).filter((one): one is Extract<ServerMessage, { type: Type }> => one.type === type);
  }

  protected override heard(message: ServerMessage): void {
    const read = serverMessageSchema.safeParse(message);
    if (!read.success) this.malformed.push(message);
    if (message.type === 'snapshot') this.#greet(message);
    if (message.type === 'change') this.#follow(message);
  }

  #greet({ run, seq, state }: Snapshot): void {
    this.run = run;
    this.#seq = seq;
    this.#state = state;
  }

  #follow({ seq, state: { tracks = [], ...rest } }: Change): void {
    if (seq !== this.#seq + 1) this.gaps.push(seq);
    this.#seq = seq;
    const merged = this.state.tracks.map((track) => tracks.find(({ id }) => id === track.id) ?? track);
    this.#state = { ...this.state, ...rest, tracks: merged };
  }
}
