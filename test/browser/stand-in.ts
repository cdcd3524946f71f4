import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import type {
  ClientMessage,
  ControllerPicture,
  ServerMessage,
  StateView,
  Topic,
  TrackPicture,
  Word,
} from '../../src/protocol/hindsight-v1.ts';
import { atBarLine, healthOf, outcomeOf, peaksOf, pulseAt, rate } from './scripted-session.ts';
import { sendSound } from './scripted-sound.ts';

const dist = resolve(import.meta.dirname, '../../dist/page');

/** The policy under which the looper serves its page: the page must do with it. */
const policy =
  "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

const diagram = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540"><rect width="960" height="540" fill="#0d1218"/>
<path d="M52 300H930M200 300V160M420 300V158M640 300V161M860 300V159" stroke="#3a8fd2" stroke-width="4" fill="none"/></svg>`;

type Client = { readonly socket: WebSocket; topics: readonly Topic[]; hz: number; readonly sentMs: Map<Topic, number> };

/** Stands in for the looper: the page's files, and a session that is told what to be. It lies, falls silent and dies on request. */
export class StandIn {
  state: StateView;
  controllers: readonly ControllerPicture[] = [];
  readonly received: ClientMessage[] = [];
  /** Sends nothing more, with the line still up. */
  isSilent = false;
  /** Takes no new connection. */
  isRefusing = false;
  /** Of listeners: closes them at once. */
  isListeningFull = false;
  /** What it answers instead; nothing at all for 'nothing'. */
  odd: (message: ClientMessage) => ServerMessage | 'nothing' | undefined = () => undefined;
  /** How many front ends came, those that went among them. */
  joined = 0;
  #run = 'run-1';
  #seq = 10;
  #startedMs = performance.now();
  #beat = 0;
  #held: number | undefined;
  readonly #clients = new Set<Client>();
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(state: StateView) {
    this.state = state;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#sockets = new WebSocketServer({
      server: this.#server,
      verifyClient: () => !this.isRefusing,
      handleProtocols: (protocols) => [...protocols][0] ?? false,
    });
    this.#sockets.on('connection', (socket) => this.#join(socket));
    this.#timers = [
      setInterval(() => this.#tick(), 10),
      setInterval(() => this.#stream('position', { type: 'position', frame: this.frame }), 33),
      setInterval(() => this.#levels(), 66),
      setInterval(() => this.#toWatchers('health', { type: 'health', health: healthOf() }), 1000),
    ];
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((listening) => this.#server.listen(port, '127.0.0.1', listening));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise((closed) => this.#server.close(closed));
  }

  get clients(): number {
    return this.#clients.size;
  }

  get frame(): number {
    return this.#held ?? Math.round(((performance.now() - this.#startedMs) * rate) / 1000);
  }

  /** Time stands still here, for pictures of a moment. */
  holdAt(frame: number): void {
    this.#held = frame;
  }

  change(state: Partial<StateView>, said: readonly Word[] = []): void {
    const { tracks } = state;
    const news = new Map((tracks ?? []).map((track) => [track.id, track]));
    const merged = this.state.tracks.map((track) => news.get(track.id) ?? track);
    this.state = { ...this.state, ...state, tracks: merged, ...(said.length > 0 && { word: said.at(-1) ?? null }) };
    this.#seq += 1;
    this.#toAll({ type: 'change', seq: this.#seq, frame: this.frame, state, said });
  }

  say(text: string, level: Word['level'] = 'info', code: string | null = null): void {
    this.change({}, [{ frame: this.frame, level, text, code, track: null }]);
  }

  /** Something that no client hears of. */
  miss(state: Partial<StateView>): void {
    const wasSilent = this.isSilent;
    this.isSilent = true;
    this.change(state);
    this.isSilent = wasSilent;
  }

  drop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** As if the looper had been started anew. */
  restart(state: StateView): void {
    this.drop();
    this.state = state;
    this.#run = `${this.#run}+`;
    this.#seq = 1;
    this.#startedMs = performance.now();
  }

  monitor(line: string): void {
    this.#toWatchers('monitor', { type: 'monitor', line });
  }

  showLamps(): void {
    this.#toWatchers('lamps', { type: 'lamps', controllers: this.controllers });
  }

  #join(socket: WebSocket): void {
    if (socket.protocol === 'hindsight.listen.v1') {
      sendSound(socket, this.isListeningFull);
      return;
    }
    const client: Client = { socket, topics: [], hz: 10, sentMs: new Map() };
    this.#clients.add(client);
    this.joined += 1;
    socket.on('close', () => this.#clients.delete(client));
    socket.on('message', (data) => this.#answer(client, JSON.parse(String(data)) as ClientMessage));
    this.#snapshot(client);
  }

  #snapshot({ socket }: Client): void {
    const { state, frame } = this;
    this.#send(socket, {
      type: 'snapshot',
      protocol: 1,
      version: '0.1.0',
      run: this.#run,
      seq: this.#seq,
      frame,
      state,
    });
  }

  #answer(client: Client, message: ClientMessage): void {
    this.received.push(message);
    if (this.isSilent) return;
    const { socket } = client;
    const odd = this.odd(message);
    if (odd !== undefined) {
      if (odd !== 'nothing') this.#send(socket, odd);
      return;
    }
    switch (message.type) {
      case 'watch':
        client.topics = message.topics;
        client.hz = message.hz ?? 10;
        if (message.topics.includes('lamps')) this.#send(socket, { type: 'lamps', controllers: this.controllers });
        if (message.topics.includes('health')) this.#send(socket, { type: 'health', health: healthOf() });
        return;
      case 'resync':
        this.#snapshot(client);
        return;
      case 'waveform': {
        const { loop } = message;
        const beats = this.state.tracks.find((track) => track.loop?.id === loop)?.loop?.beats ?? 16;
        this.#send(socket, { type: 'waveform', id: message.id, loop, peaks: peaksOf(loop, beats) });
        return;
      }
      case 'sets': {
        const { act } = message.question;
        const lines = act === 'list' || act === 'bin' ? [] : [`sets: ${act} is done`];
        const set = (name: string, bpm: number, tracks: number) => ({
          ...{ name, bpm, beatsPerBar: 4, tracks },
          ...{ seconds: 32, bytes: tracks * 3_100_000 },
        });
        const sets =
          act === 'list'
            ? [set('Autumn waltz', 96, 4), set('Encore', 128, 8), set('Song one', 120, 5), set('Soundcheck', 92.5, 1)]
            : [set('Song one', 120, 3)];
        this.#send(socket, { type: 'sets', id: message.id, sets, lines });
        return;
      }
      case 'command': {
        const outcome = outcomeOf(this.state, message.command, this.frame);
        if ('refused' in outcome) {
          this.#send(socket, { type: 'refused', id: message.id, code: outcome.code, reason: outcome.refused });
          return;
        }
        this.change(outcome);
        this.#send(socket, { type: 'done', id: message.id, seq: this.#seq });
      }
    }
  }

  #tick(): void {
    if (this.#held !== undefined) return;
    const pulse = pulseAt(this.state, this.frame);
    const beat = pulse.bar * this.state.grid.beatsPerBar + pulse.beat;
    if (beat === this.#beat) return;
    this.#beat = beat;
    const moved = (track: TrackPicture): TrackPicture[] => {
      const after = pulse.beat === 0 ? atBarLine(track) : track;
      return after === track ? [] : [after];
    };
    const tracks = this.state.tracks.flatMap(moved);
    this.change({ pulse, ...(tracks.length > 0 && { tracks }) });
  }

  #levels(): void {
    const { frame } = this;
    const level = 0.25 + 0.2 * Math.sin(frame / 9000);
    this.#stream('levels', { type: 'levels', frame, input: [level, level * 0.8], output: [level * 1.3, level] });
  }

  #toAll(message: ServerMessage): void {
    for (const { socket } of this.#clients) this.#send(socket, message);
  }

  #toWatchers(topic: Topic, message: ServerMessage): void {
    for (const { socket, topics } of this.#clients) if (topics.includes(topic)) this.#send(socket, message);
  }

  /** What goes on by itself, no more often than a client wants it. */
  #stream(topic: Topic, message: ServerMessage): void {
    const nowMs = performance.now();
    for (const { socket, topics, hz, sentMs } of this.#clients) {
      const isDue = nowMs - (sentMs.get(topic) ?? 0) > 1000 / hz - 5;
      if (!topics.includes(topic) || !isDue) continue;
      sentMs.set(topic, nowMs);
      this.#send(socket, message);
    }
  }

  #send(socket: WebSocket, message: ServerMessage): void {
    if (!this.isSilent && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://here');
    response.setHeader('content-security-policy', policy);
    if (pathname === '/api/calibration.svg') {
      response.setHeader('content-type', 'image/svg+xml').end(diagram);
      return;
    }
    const name = normalize(pathname === '/' ? '/index.html' : pathname);
    const bytes = await readFile(join(dist, name)).catch(() => undefined);
    if (bytes === undefined) response.statusCode = 404;
    else response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
    response.end(bytes);
  }
}
