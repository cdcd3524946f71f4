import type { SessionCommand } from '../../src/core/session/command.ts';
import type { Refusal } from '../../src/core/session/refusal.ts';
import type { SetsQuestion } from '../../src/ports/backstage.ts';
import type { FrontOfHouse, MixPiece, SetsAnswer } from '../../src/ports/front-of-house.ts';
import type { SessionClient } from '../../src/ports/session-client.ts';
import type { Change, Health, Snapshot, Streamed, Topic } from '../../src/protocol/hindsight-v1.ts';

/** A state with eight empty tracks, at 48 kHz. */
export const someState: Snapshot['state'] = {
  rate: 48_000,
  grid: { bpm: 120, beatsPerBar: 4, originFrame: 0 },
  bars: 2,
  pulse: { bar: 0, beat: 0 },
  click: { volume: 0.5, muted: false },
  latency: { frames: 480, source: 'manual' },
  calibration: { phase: 'idle', last: null, picture: 0 },
  interface: { state: 'here', title: 'card', blockFrames: 256, queueBlocks: 2 },
  tracks: Array.from({ length: 8 }, (_, at) => ({ id: at + 1, state: 'EMPTY' as const, waitsFor: null, loop: null })),
  touched: 1,
  undo: null,
  redo: null,
  set: { name: null, incoming: null },
  storage: { state: 'well', code: null, reason: null },
  memory: { tapeFrames: 8_640_000, budgetFrames: 64_000_000, usedFrames: 0 },
  warnings: [],
  word: null,
};

export const someSnapshot: Snapshot = {
  type: 'snapshot',
  protocol: 1,
  version: '0.1.0',
  run: 'a-run',
  seq: 10,
  frame: 96_000,
  state: someState,
};

export const someHealth: Health = {
  uptimeSeconds: 12.5,
  sound: {
    xruns: 1,
    framesLost: 256,
    lateBlocks: 2,
    interfaceLosses: 0,
    longestStallMs: 4,
    worstBlockMs: 2,
    worstWakeUpMs: 0.5,
    worstBlockLatelyMs: 1,
    computingMs: 900,
    jitterMs: 0.5,
    jitterP99Ms: 1.5,
    collections: 3,
    collectionMs: 6,
    clippedSamples: 7,
  },
  eventLoopDelayP99Ms: 11,
  rssBytes: 100_000_000,
  loadPerCore: 0.25,
  cpuShare: 0.05,
  engineLoad: { mean: 0.02, worst: 0.1 },
  machine: null,
  cost: { lookMs: 0.2, longestMs: 0.1, share: 0.0001 },
  controllers: { connected: 1, known: 2 },
  warnings: [],
  disk: { filesWritten: 4, bytesWritten: 4096, freeBytes: 1_000_000 },
  clients: { seed: 0, hindsight: 0, listeners: 0 },
};

/** Answers that are set. What is asked for without one throws. */
type Answers = {
  readonly command?: (command: SessionCommand, frame: number | undefined) => Refusal | undefined;
  readonly health?: () => Health;
  readonly sets?: (question: SetsQuestion) => Promise<SetsAnswer>;
  readonly waveform?: (loop: number) => Promise<readonly number[] | undefined>;
  readonly calibrationSvg?: () => string | undefined;
  readonly exportSet?: FrontOfHouse['exportSet'];
};

const topicsOf = () => ({
  position: new Set<(message: Streamed<'position'>) => void>(),
  levels: new Set<(message: Streamed<'levels'>) => void>(),
  lamps: new Set<(message: Streamed<'lamps'>) => void>(),
  monitor: new Set<(message: Streamed<'monitor'>) => void>(),
  health: new Set<(message: Streamed<'health'>) => void>(),
});

const joined = <Listener>(listeners: Set<Listener>, listener: Listener): (() => void) => {
  if (listeners.has(listener)) throw new Error('listens already');
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener)) throw new Error('has stopped already');
  };
};

/** A looper that notes what it is asked, and says what it is told to say. */
export class FakeFrontOfHouse implements FrontOfHouse {
  readonly commands: (readonly [command: SessionCommand, frame: number | undefined])[] = [];
  readonly clients = new Set<SessionClient>();
  current = someSnapshot;
  snapshots = 0;
  readonly #answers: Answers;
  readonly #changes = new Set<(change: Change) => void>();
  readonly #topics = topicsOf();
  readonly #ears = new Set<(piece: MixPiece) => void>();

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  /** As the session does it: who joins is told how all is. */
  registerClient(client: SessionClient): () => void {
    const { grid, click, latency, rate, tracks } = this.current.state;
    client.bpm(grid.bpm);
    client.clickVolume(click.volume);
    client.latency(latency.frames / rate);
    client.tracks(tracks.map(({ id, state }) => ({ id, state, startSeconds: null, endSeconds: null })));
    return joined(this.clients, client);
  }

  command(command: SessionCommand, frame?: number): Refusal | undefined {
    if (this.#answers.command === undefined) throw new Error(`unexpected: ${JSON.stringify(command)}`);
    this.commands.push([command, frame]);
    return this.#answers.command(command, frame);
  }

  get nextSeq(): number {
    return this.current.seq;
  }

  snapshot(): Snapshot {
    this.snapshots += 1;
    return this.current;
  }

  onChange(listener: (change: Change) => void): () => void {
    return joined(this.#changes, listener);
  }

  watch<T extends Topic>(topic: T, listener: (message: Streamed<T>) => void): () => void {
    return joined(this.#listeners(topic), listener);
  }

  health(): Health {
    return this.#asked('health')();
  }

  sets(question: SetsQuestion): Promise<SetsAnswer> {
    return this.#asked('sets')(question);
  }

  exportSet(...wish: Parameters<FrontOfHouse['exportSet']>): ReturnType<FrontOfHouse['exportSet']> {
    return this.#asked('exportSet')(...wish);
  }

  waveform(loop: number): Promise<readonly number[] | undefined> {
    return this.#asked('waveform')(loop);
  }

  calibrationSvg(): string | undefined {
    return this.#asked('calibrationSvg')();
  }

  listen(listener: (piece: MixPiece) => void): () => void {
    return joined(this.#ears, listener);
  }

  /** How many hear of changes, of a topic, of the mix. */
  listeners(to: 'changes' | 'mix' | Topic): number {
    if (to === 'changes') return this.#changes.size;
    return to === 'mix' ? this.#ears.size : this.#topics[to].size;
  }

  /** Something is new. */
  triggerChange(state: Change['state'] = {}, said: Change['said'] = []): void {
    const { seq, frame, state: before } = this.current;
    this.current = { ...this.current, seq: seq + 1, frame: frame + 1, state: Object.assign({}, before, state) };
    const change: Change = { type: 'change', seq: seq + 1, frame: frame + 1, state, said };
    for (const listener of this.#changes) listener(change);
  }

  triggerTopic<T extends Topic>(topic: T, message: Streamed<T>): void {
    for (const listener of this.#listeners(topic)) listener(message);
  }

  triggerMix(piece: MixPiece): void {
    for (const listener of this.#ears) listener(piece);
  }

  triggerClients(tell: (client: SessionClient) => void): void {
    for (const client of this.clients) tell(client);
  }

  /** TypeScript does not see that the topic decides what its listeners hear. */
  #listeners<T extends Topic>(topic: T): Set<(message: Streamed<T>) => void> {
    return this.#topics[topic] as unknown as Set<(message: Streamed<T>) => void>;
  }

  #asked<What extends keyof Answers>(what: What): NonNullable<Answers[What]> {
    const answer = this.#answers[what];
    if (answer === undefined) throw new Error(`unexpected: ${what}`);
    return answer;
  }
}
