import {
  asyncScheduler,
  BehaviorSubject,
  distinctUntilChanged,
  type Observable,
  type SchedulerLike,
  Subscription,
  timer,
} from 'rxjs';
import type { EngineLoad, HealthLook, LookCost, MachineFigures } from '../core/health/figures.ts';
import { areSame, type Warning } from '../core/health/warning.ts';
import { type HealthState, unwatched, warningsOf, watched } from '../core/health/watch.ts';
import type { Figures } from '../core/sound/figures.ts';
import type { Millis } from '../core/time/units.ts';
import type { ControllerView } from '../ports/backstage.ts';
import type { Machine } from '../ports/machine.ts';
import type { StoreFigures } from '../ports/set-store.ts';
import type { Stage } from './controller.ts';

/** How often is looked at what costs nothing, and how often of that the machine's files are read. */
const lookMs: Millis = 1000;
const looksPerMachineLook = 5;

export type HealthParts = {
  readonly stage: Stage;
  readonly machine: Machine;
  readonly figures: () => Figures;
  /** What was written to the disk of the sets; undefined where nothing is kept. */
  readonly storage: (() => Promise<StoreFigures>) | undefined;
  readonly controllers: () => readonly ControllerView[];
  /** Why there is no page; null where there is one, or none is wished for. */
  readonly pageTrouble: () => string | null;
  /** The time that there is for a block. */
  readonly blockMs: Millis;
  /** What is to stay free on the disk; null where nothing is kept. */
  readonly reserveBytes: number | null;
};

/** Health at a look. */
export type HealthNow = {
  readonly look: HealthLook;
  readonly warnings: readonly Warning[];
  readonly cost: LookCost;
  /** As the storage told last: what it is at may take long on a slow card. Null where nothing is kept, and before it has told. */
  readonly disk: StoreFigures | null;
  readonly controllers: { readonly connected: number; readonly known: number };
};

/**
 * Looks after the sound and the machine once it has begun, beside all that plays, and lets the session know what is not well: so lamps, log and front
 * ends get to know of it as of all else.
 */
export class HealthWatch {
  /** What is not well, whenever that changes. */
  readonly warnings$: Observable<readonly Warning[]>;
  readonly #warnings$ = new BehaviorSubject<readonly Warning[]>([]);
  readonly #parts: HealthParts;
  readonly #scheduler: SchedulerLike;
  readonly #running = new Subscription();
  readonly #made: Millis;
  /** When each controller that was ever there was there last. */
  readonly #seenAt = new Map<string, Millis>();
  #state: HealthState = unwatched;
  #machine: MachineFigures | null = null;
  #isLooking = false;
  #disk: StoreFigures | null = null;
  #isAsking = false;
  #looks = 0;
  #process: HealthLook['process'];
  /** When the mean load was worked out last, and what all blocks had taken by then. */
  #sample: { readonly at: Millis; readonly computingMs: Millis };
  #mean = 0;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#scheduler = parts.stage.scheduler ?? asyncScheduler;
    this.#made = parts.stage.clock.now();
    this.#process = parts.machine.process();
    this.#sample = { at: this.#made, computingMs: parts.figures().computingMs };
    this.warnings$ = this.#warnings$.pipe(distinctUntilChanged(areSame));
  }

  /** From now on it looks. */
  begin(): void {
    const { session } = this.#parts.stage;
    this.#parts.machine.begin();
    this.#running.add(timer(0, lookMs, this.#scheduler).subscribe(() => this.#look()));
    // What is lost now is not waited with.
    let seen = session.state;
    this.#running.add(
      session.moments$.subscribe(({ session: state }) => {
        const isNews = state.interface !== seen.interface || state.storage !== seen.storage;
        seen = state;
        if (isNews) this.#judge();
      }),
    );
  }

  close(): void {
    this.#running.unsubscribe();
    this.#warnings$.complete();
  }

  now(): HealthNow {
    const views = this.#parts.controllers();
    return {
      look: this.#state.look ?? this.#seen(),
      warnings: this.#warnings$.value,
      cost: this.#cost(),
      disk: this.#disk,
      controllers: { connected: views.filter(({ connected }) => connected).length, known: views.length },
    };
  }

  #look(): void {
    if (this.#looks % looksPerMachineLook === 0) {
      this.#measure();
      void this.#lookAtMachine();
    }
    this.#looks += 1;
    this.#process = this.#parts.machine.process();
    void this.#askStorage();
    this.#judge();
  }

  /** One that takes long, since it writes, is waited for, and not asked again meanwhile. */
  async #askStorage(): Promise<void> {
    if (this.#isAsking || this.#parts.storage === undefined) return;
    this.#isAsking = true;
    try {
      this.#disk = await this.#parts.storage();
    } catch {
      this.#disk = null;
    } finally {
      this.#isAsking = false;
    }
  }

  /** One that takes long, since a disk hangs, is waited for. Where it cannot be looked at, nothing is known of it. */
  async #lookAtMachine(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#machine = await this.#parts.machine.look();
    } catch {
      this.#machine = null;
    } finally {
      this.#isLooking = false;
    }
  }

  #measure(): void {
    const [at, { computingMs }] = [this.#parts.stage.clock.now(), this.#parts.figures()];
    const passed = at - this.#sample.at;
    if (passed <= 0) return;
    this.#mean = (computingMs - this.#sample.computingMs) / passed;
    this.#sample = { at, computingMs };
  }

  #seen(): HealthLook {
    const { figures, blockMs, reserveBytes, controllers, pageTrouble, stage } = this.#parts;
    const sound = figures();
    const { storage, interface: there } = stage.session.state;
    const engineLoad: EngineLoad = { mean: this.#mean, worst: sound.worstBlockLatelyMs / blockMs };
    return {
      ...{ process: this.#process, sound, engineLoad, machine: this.#machine, interface: there, reserveBytes },
      storageTrouble: storage.state === 'trouble' ? storage.reason : null,
      pageTrouble: pageTrouble(),
      controllersAway: this.#gone(controllers()),
    };
  }

  /** Those that were there and are not: what never was is missed by nobody. */
  #gone(controllers: readonly ControllerView[]): HealthLook['controllersAway'] {
    const now = this.#parts.stage.clock.now();
    for (const { name, connected } of controllers) if (connected) this.#seenAt.set(name, now);
    return controllers.flatMap(({ name, connected }) => {
      const seenAt = this.#seenAt.get(name);
      return connected || seenAt === undefined ? [] : [{ name, forMs: now - seenAt }];
    });
  }

  #judge(): void {
    const { session, clock } = this.#parts.stage;
    this.#state = watched(this.#state, this.#seen(), clock.now());
    const warnings = warningsOf(this.#state);
    if (areSame(this.#warnings$.value, warnings)) return;
    this.#warnings$.next(warnings);
    session.report({ type: 'health', warnings });
  }

  #cost(): LookCost {
    const { looks, totalMs, longestMs } = this.#parts.machine.cost();
    const passed = Math.max(1, this.#parts.stage.clock.now() - this.#made);
    return { lookMs: looks === 0 ? 0 : totalMs / looks, longestMs, share: totalMs / passed };
  }
}
