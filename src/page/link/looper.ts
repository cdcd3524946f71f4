import type { Millis } from '../../core/time/units.ts';
import type { ClientMessage, ServerMessage, Topic } from '../../protocol/hindsight-v1.ts';
import { subProtocol } from '../../protocol/versions.ts';
import { FrameEstimate } from '../time/frame-estimate.ts';
import type { SessionCommand, SetsQuestion } from './asking.ts';
import { Levels } from './levels.ts';
import { applyMessage, withWord } from './mirror.ts';
import { firstPageState, type PageState, undrawnLoops, withWave } from './page-state.ts';
import { type Heard, Questions } from './questions.ts';
import { backoffMs, type LinkPhase, sameSilence, silenceAt } from './silence.ts';
import { Store } from './store.ts';
import { WaveReader } from './wave-reader.ts';

const lookEveryMs = 250;
const deadLineMs = 5000;
/** A looper that takes no connection for so long, and a page that it does not serve any more, is a closed door. */
const triesBeforeKnocking = 3;
const answerWithinMs = 15_000;
/** A set that is loaded waits for the disk and for the bar line. */
const setsWithinMs = 30_000;

type Asked =
  | { readonly type: 'sets'; readonly question: SetsQuestion }
  | { readonly type: 'waveform'; readonly loop: number };

const clockMs = (): Millis => performance.now();

/** The page's end of the line: keeps it up, asks again for what was missed, and holds what the looper said. */
export class Looper {
  readonly page = new Store<PageState>(firstPageState);
  readonly estimate = new FrameEstimate();
  readonly levels = new Levels();
  readonly #url: string;
  #socket: WebSocket | undefined;
  #topics: readonly Topic[] = [];
  #hz = 10;
  #waveId = 0;
  #nextId = 1;
  #tries = 0;
  #sinceMs = clockMs();
  #heardMs: Millis | null = null;
  #openedMs = clockMs();
  /** A position is what is heard; a change's frame is as good only where no position comes. */
  #positionMs = Number.NEGATIVE_INFINITY;
  readonly #questions = new Questions();
  readonly #waves = new WaveReader({
    undrawn: () => undrawnLoops(this.page.now),
    ask: (loop) => this.ask({ type: 'waveform', loop }),
    keep: (loop, peaks) => this.page.update((page) => ({ ...page, waves: withWave(page.waves, loop, peaks) })),
    pause: (ms) => new Promise((over) => setTimeout(over, ms)),
  });

  constructor(url: string) {
    this.#url = url;
  }

  run(): void {
    this.#connect();
    setInterval(() => {
      this.#look();
      this.#lookAfterLine();
    }, lookEveryMs);
    // A phone that wakes up need not wait for its next try.
    document.addEventListener('visibilitychange', () => {
      this.#watch();
      if (!document.hidden && this.page.now.link === 'closed') this.#connect();
    });
    window.addEventListener('online', () => this.page.now.link === 'closed' && this.#connect());
  }

  /** `atMs`: when the player meant it. */
  async command(command: SessionCommand, atMs: Millis = clockMs()): Promise<Heard> {
    // Else it would be done when the looper comes round, when nobody means it any more.
    if (this.isSilent && this.page.now.link === 'open') {
      this.say('not done: there is no word from the looper', 'no-line');
      return { type: 'unsent' };
    }
    const frame = this.estimate.frameAt(atMs);
    const heard = await this.#ask((id) => ({
      type: 'command',
      id,
      command,
      ...(frame !== undefined && frame >= 0 && { frame }),
    }));
    if (heard.type === 'unsent') this.say('not done: there is no line to the looper', 'no-line');
    return heard;
  }

  ask(asked: Asked): Promise<Heard> {
    return this.#ask(
      (id) => {
        if (asked.type === 'waveform') this.#waveId = id;
        return { ...asked, id };
      },
      asked.type === 'sets' ? setsWithinMs : answerWithinMs,
    );
  }

  /** A word of the page's own, where the looper's are. */
  say(text: string, code: string | null = null): void {
    const level = code === null ? 'info' : 'warn';
    this.#mirror((mirror) => withWord(mirror, { frame: 0, level, text, code, track: null }));
  }

  watch(topics: readonly Topic[], hz: number): void {
    this.#topics = topics;
    this.#hz = hz;
    this.#watch();
  }

  /** How long nothing was heard, for who draws: what is old must not seem to move. */
  get isSilent(): boolean {
    return this.page.now.silence.kind !== 'none';
  }

  #mirror(change: (mirror: PageState['mirror']) => PageState['mirror']): void {
    this.page.update((page) => ({ ...page, mirror: change(page.mirror) }));
  }

  #connect(): void {
    this.#letGo();
    const socket = new WebSocket(this.#url, subProtocol);
    this.#socket = socket;
    this.#openedMs = clockMs();
    this.#phase('connecting');
    socket.addEventListener('open', () => {
      if (this.#socket !== socket) return;
      this.#phase('open');
      this.#watch();
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (this.#socket === socket && typeof data === 'string') this.#hear(data);
    });
    socket.addEventListener('close', () => this.#socket === socket && this.#closed());
  }

  /** A line that is let go of is not heard any more, not even when it closes. */
  #letGo(): void {
    this.#socket?.close();
    this.#socket = undefined;
    this.#questions.cutOff();
  }

  #closed(): void {
    this.#letGo();
    this.#phase('closed');
    this.#tries += 1;
    if (this.#tries === triesBeforeKnocking) void this.#knock();
    const socket = this.#socket;
    setTimeout(() => this.#socket === socket && this.#connect(), backoffMs(this.#tries - 1));
  }

  async #knock(): Promise<void> {
    const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
    const isShutOut = answer?.status === 401 || answer?.status === 403;
    this.page.update((page) => ({ ...page, isShutOut }));
  }

  #phase(link: LinkPhase): void {
    this.page.update((page) => ({ ...page, link }));
    this.#look();
  }

  #look(): void {
    const silence = silenceAt(this.page.now.link, this.#sinceMs, this.#heardMs, clockMs());
    this.page.update((page) => (sameSilence(page.silence, silence) ? page : { ...page, silence }));
  }

  /** A line that is dead but was never closed, as of a phone that changed its network, tells nobody so. */
  #lookAfterLine(): void {
    const lastMs = Math.max(this.#heardMs ?? 0, this.#openedMs);
    if (this.page.now.link !== 'closed' && clockMs() - lastMs > deadLineMs) this.#connect();
  }

  #send(message: ClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Sent now or never: what is said to a looper that is away must not be done when it comes back. */
  async #ask(message: (id: number) => ClientMessage, limitMs: Millis = answerWithinMs): Promise<Heard> {
    const id = this.#nextId++;
    return this.#send(message(id)) ? this.#questions.asked(id, limitMs) : { type: 'unsent' };
  }

  #watch(): void {
    // Nobody looks at a hidden page: changes alone keep it alive.
    this.#send({ type: 'watch', topics: document.hidden ? [] : [...this.#topics], hz: this.#hz });
  }

  #hear(data: string): void {
    const nowMs = clockMs();
    const message = JSON.parse(data) as ServerMessage;
    const wasSilent = this.isSilent;
    this.#heardMs = nowMs;
    this.#tries = 0;
    switch (message.type) {
      case 'position':
        this.#positionMs = nowMs;
        this.estimate.heard(message.frame, nowMs);
        break;
      case 'levels':
        this.levels.heard(message, nowMs);
        break;
      case 'snapshot':
      case 'change':
        this.#learn(message, nowMs);
        break;
      case 'refused':
        // How a loop looks is the page's own question: the player asked for nothing.
        if (message.id !== this.#waveId) this.#mirror((mirror) => applyMessage(mirror, message));
        break;
      default:
        this.#mirror((mirror) => applyMessage(mirror, message));
    }
    if ('id' in message) this.#questions.heard(message);
    if (wasSilent) this.#look();
  }

  #learn(message: Extract<ServerMessage, { type: 'snapshot' | 'change' }>, nowMs: Millis): void {
    const before = this.page.now.mirror;
    const mirror = applyMessage(before, message);
    const isAnotherRun = mirror.run !== before.run;
    if (mirror.state !== null && (isAnotherRun || before.state?.rate !== mirror.state.rate)) {
      this.estimate.reset(mirror.state.rate);
      this.#positionMs = Number.NEGATIVE_INFINITY;
    }
    if (nowMs - this.#positionMs > 2000) this.estimate.heard(message.frame, nowMs);
    if (mirror.lacks && !before.lacks) this.#send({ type: 'resync' });
    this.page.update((page) => ({
      ...page,
      mirror,
      isShutOut: false,
      waves: isAnotherRun ? new Map() : page.waves,
    }));
    if (isAnotherRun) this.#waves.forget();
    void this.#waves.read();
  }
}
