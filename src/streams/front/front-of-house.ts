import { asyncScheduler, type Observable, type SchedulerLike, Subject, Subscription } from 'rxjs';
import { UserError } from '../../core/errors.ts';
import type { SessionCommand } from '../../core/session/command.ts';
import type { Refusal } from '../../core/session/refusal.ts';
import type { Frame, Millis } from '../../core/time/units.ts';
import type { Backstage, ControllerView, SetsQuestion } from '../../ports/backstage.ts';
import type { Audience, FrontOfHouse, MixPiece, SetsAnswer } from '../../ports/front-of-house.ts';
import type { MixWindow } from '../../ports/mix-window.ts';
import type { SessionClient } from '../../ports/session-client.ts';
import {
  type Change,
  type Health,
  protocolVersion,
  type Snapshot,
  type StateView,
  type Streamed,
  type Topic,
  type Word,
} from '../../protocol/hindsight-v1.ts';
import type { CalibrationPicture } from '../calibration.ts';
import type { JoinedController, Stage } from '../controller.ts';
import type { HealthWatch } from '../health.ts';
import { refusalOf } from '../refusal.ts';
import type { Moment } from '../session.ts';
import { type SetsParts, setWork } from '../set-work.ts';
import { healthView } from './health-view.ts';
import { controllerPictures } from './lamp-view.ts';
import { mixOf } from './mix.ts';
import { difference, type Surroundings, stateView } from './state-view.ts';
import { type Topics, topicsOf } from './topics.ts';
import { Waveforms } from './waveform.ts';
import { lastWord, wordOf } from './words.ts';

/** However much happens, front ends are told no more often. */
const changeMs: Millis = 10;
/** What happened in that time and is told; of a flood the newest. */
const mostSaid = 64;
/** What was meant longer ago was on its way for too long: the player has seen that nothing came of it. */
const believedSeconds = 1;
const tooLate: Refusal = {
  code: 'too-late',
  reason: 'it was meant more than a second ago, and is not done any more; do it again',
};

export type FrontParts = {
  readonly stage: Stage;
  readonly backstage: Pick<Backstage, 'monitor' | 'controllers'>;
  /** Those that are there. */
  readonly joined: () => readonly JoinedController[];
  readonly window: MixWindow;
  readonly health: Pick<HealthWatch, 'now'>;
  readonly pictures$: Observable<CalibrationPicture>;
  /** That of the last measurement before this start. */
  readonly lastPicture: Pick<CalibrationPicture, 'svg'> | undefined;
  /** The sets on disk; undefined where they are not kept. */
  readonly sets: SetsParts | undefined;
  readonly exportSet: FrontOfHouse['exportSet'];
  readonly interfaceTitle: () => string | null;
  readonly blocks: Pick<Surroundings, 'blockFrames' | 'queueBlocks'>;
  readonly audience: () => Audience;
  /** The program's version, and what tells this start from any other. */
  readonly version: string;
  readonly run: string;
};

/** The running show as front ends see it. What happens is gathered and told in a turn of its own, so that engine and lamps have heard of it. */
export class ShowFront implements FrontOfHouse {
  readonly #parts: FrontParts;
  readonly #scheduler: SchedulerLike;
  readonly #changes$ = new Subject<Change>();
  readonly #running = new Subscription();
  readonly #topics: Topics;
  readonly #mix$: Observable<MixPiece>;
  readonly #waveforms: Waveforms;
  #seq = 0;
  #told: StateView;
  #said: Word[] = [];
  #word: Word | null = null;
  #pictures = 0;
  #svg: string | undefined;
  #toldAt: Millis = Number.NEGATIVE_INFINITY;
  #due: Subscription | undefined;

  constructor(parts: FrontParts) {
    const { stage, backstage, joined, lastPicture } = parts;
    this.#parts = parts;
    this.#svg = lastPicture?.svg;
    this.#pictures = lastPicture === undefined ? 0 : 1;
    this.#scheduler = stage.scheduler ?? asyncScheduler;
    this.#told = this.#view();
    this.#mix$ = mixOf(parts.window, this.#scheduler);
    this.#waveforms = new Waveforms(this.#scheduler);
    const topicParts = {
      heard: () => this.#heard(),
      levels: () => parts.window.levels(),
      controllers: () => controllerPictures(this.#controllers(), joined()),
      health: () => this.health(),
      backstage,
    };
    this.#topics = topicsOf(topicParts, this.#scheduler);
    this.#running.add(stage.session.moments$.subscribe((moment) => this.#look(moment)));
    this.#running.add(parts.pictures$.subscribe((picture) => this.#keepPicture(picture)));
  }

  close(): void {
    this.#running.unsubscribe();
    this.#due?.unsubscribe();
    this.#changes$.complete();
  }

  registerClient(client: SessionClient): () => void {
    return this.#parts.stage.session.registerClient(client);
  }

  command(command: SessionCommand, frame?: Frame): Refusal | undefined {
    const { session } = this.#parts.stage;
    const heard = this.#heard();
    if (frame !== undefined && frame < heard - believedSeconds * session.state.grid.rate) return tooLate;
    return refusalOf(session, () => session.command(command, Math.min(frame ?? heard, heard)));
  }

  get nextSeq(): number {
    return this.#due === undefined ? this.#seq : this.#seq + 1;
  }

  snapshot(): Snapshot {
    // Who asks after a while gets what is; who asks again and again gets no more than is told anyhow.
    if (this.#waitMs() === 0) this.#tell();
    const { version, run } = this.#parts;
    const [seq, frame, state] = [this.#seq, this.#heard(), this.#told];
    return { type: 'snapshot', protocol: protocolVersion, version, run, seq, frame, state };
  }

  onChange(listener: (change: Change) => void): () => void {
    return stopOf(this.#changes$.subscribe(listener));
  }

  watch<T extends Topic>(topic: T, listener: (message: Streamed<T>) => void): () => void {
    const stream$: Observable<Streamed<T>> = this.#topics[topic];
    return stopOf(stream$.subscribe(listener));
  }

  listen(listener: (piece: MixPiece) => void): () => void {
    return stopOf(this.#mix$.subscribe(listener));
  }

  health(): Health {
    const { health, audience } = this.#parts;
    return healthView(health.now(), audience());
  }

  async sets(question: SetsQuestion): Promise<SetsAnswer> {
    const { sets } = this.#parts;
    if (sets === undefined) throw new UserError('no-sets', 'this looper keeps no sets; its log says why');
    const lines: string[] = [];
    await setWork(sets, question).forEach((line) => void lines.push(line));
    if (question.act === 'list') return { lines, sets: (await sets.store.list()).sets };
    return { lines, sets: question.act === 'bin' ? await sets.store.listBin() : [] };
  }

  exportSet(...wish: Parameters<FrontOfHouse['exportSet']>): ReturnType<FrontOfHouse['exportSet']> {
    return this.#parts.exportSet(...wish);
  }

  async waveform(id: number): Promise<readonly number[] | undefined> {
    const { session, audio } = this.#parts.stage;
    const track = session.state.tracks.find((one) => one.state !== 'EMPTY' && one.loop.id === id);
    if (track === undefined || track.state === 'EMPTY' || track.loop.sound !== 'here') return undefined;
    return this.#waveforms.of(id, track.loop.leadFrames, () => audio.lend(id));
  }

  calibrationSvg(): string | undefined {
    return this.#svg;
  }

  #heard(): Frame {
    const { session, clock } = this.#parts.stage;
    return session.heardAt(clock.now());
  }

  #controllers(): readonly ControllerView[] {
    return this.#parts.backstage.controllers();
  }

  #view(): StateView {
    const { stage, interfaceTitle, blocks } = this.#parts;
    const surroundings = { interfaceTitle: interfaceTitle(), ...blocks, pictures: this.#pictures, word: this.#word };
    return stateView(stage.session.state, surroundings);
  }

  #look({ events, session }: Moment): void {
    for (const event of events) {
      const word = wordOf(event);
      if (word === undefined) continue;
      this.#said.push(word);
      this.#word = lastWord(this.#word, word, session.grid.rate);
    }
    this.#said = this.#said.slice(-mostSaid);
    this.#tellSoon();
  }

  #keepPicture({ svg }: CalibrationPicture): void {
    this.#svg = svg;
    this.#pictures += 1;
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#due !== undefined) return;
    this.#due = this.#scheduler.schedule(() => this.#tell(), this.#waitMs());
  }

  #waitMs(): Millis {
    return Math.max(0, this.#toldAt + changeMs - this.#parts.stage.clock.now());
  }

  #tell(): void {
    if (this.#due === undefined) return;
    this.#due.unsubscribe();
    this.#due = undefined;
    this.#toldAt = this.#parts.stage.clock.now();
    const view = this.#view();
    const [state, said] = [difference(this.#told, view), this.#said];
    if (state === undefined && said.length === 0) return;
    this.#told = view;
    this.#said = [];
    this.#seq += 1;
    this.#changes$.next({ type: 'change', seq: this.#seq, frame: this.#heard(), state: state ?? {}, said });
  }
}

const stopOf =
  (listening: Subscription): (() => void) =>
  () =>
    listening.unsubscribe();
