import {
  concat,
  defer,
  filter,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  type Subscription,
} from 'rxjs';
import { messageOf, UserError } from '../core/errors.ts';
import type { LearntForm } from '../core/learn/form.ts';
import { learntForm } from '../core/learn/form.ts';
import type { LearnCommand } from '../core/learn/learn.ts';
import { isLearnable } from '../core/learn/learnable.ts';
import { sayingLevel, sayingText } from '../core/learn/saying.ts';
import type { Backstage, ControllerView, Listener, SetsQuestion, Work } from '../ports/backstage.ts';
import type { Clock } from '../ports/clock.ts';
import type { Status } from '../ports/status.ts';
import { calibrateWork } from './calibrate-work.ts';
import type { JoinedController, SeatedController } from './controller.ts';
import { lampTestOn } from './lamp-test.ts';
import type { LearnStep } from './learn.ts';
import { learningOf } from './learning-guest.ts';
import type { Notice } from './midi-routes.ts';
import { eventText, traceText } from './monitor-text.ts';
import type { Session } from './session.ts';
import { type SetsParts, setWork } from './set-work.ts';
import type { Show } from './show.ts';

export type BackstageParts = {
  readonly show: Show;
  readonly session: Session;
  readonly clock: Clock;
  readonly scheduler?: SchedulerLike;
  /** Those on the sequencer. */
  readonly seats: () => readonly SeatedController[];
  /** Keeps a learnt profile and puts it to use; says where it is, and whether the controller gets it. */
  readonly keep: (form: LearntForm) => { readonly file: string; readonly isUsed: boolean };
  /** What is to be known of measurements besides their result. */
  readonly notes$: Observable<string>;
  /** The sets on disk; undefined where they are not kept. */
  readonly sets: SetsParts | undefined;
  readonly status: () => Status;
  /** What else a monitor tells. */
  readonly notices$: Observable<Notice>;
};

const endOf = (listener: Listener) => ({
  next: listener.line,
  error: (error: unknown) => listener.end(messageOf(error)),
  complete: () => listener.end(),
});

const workOf = (running: Subscription, listener: Listener, say: Work['say'] = () => undefined): Work => ({
  stop: () => {
    if (running.closed) return;
    running.unsubscribe();
    listener.end();
  },
  say,
});

const notLearnable = ({ name, profile }: JoinedController): UserError =>
  new UserError(
    'not-learnable',
    `${name}: learning knows only switches, faders and encoders, and this one needs more; copy the profile ${profile.name} into your own folder and change it there`,
  );

/** The technician's way into a show. */
export class ShowBackstage implements Backstage {
  readonly #parts: BackstageParts;

  constructor(parts: BackstageParts) {
    this.#parts = parts;
  }

  controllers(): readonly ControllerView[] {
    return this.#seats();
  }

  status(listener: Listener): Work {
    const lines$ = defer(() => of(JSON.stringify(this.#parts.status())));
    return workOf(lines$.subscribe(endOf(listener)), listener);
  }

  monitor(listener: Listener): Work {
    const { show, session, notices$ } = this.#parts;
    const lines$ = merge(
      show.traces$.pipe(map(traceText)),
      session.moments$.pipe(mergeMap(({ events }) => events.map(eventText))),
      notices$.pipe(map(({ text }) => text)),
    ).pipe(filter((line) => line !== undefined));
    for (const { name, title, why, connected } of this.controllers()) {
      listener.line(`${name}: ${title}, ${connected ? 'connected' : 'away'}; ${why}`);
    }
    return workOf(lines$.subscribe(endOf(listener)), listener);
  }

  learn(name: string | undefined, listener: Listener): Work {
    const commands$ = new Subject<LearnCommand>();
    const { session, clock, scheduler } = this.#parts;
    const steps$ = defer(() => {
      const [controller, ...others] = this.#named(name);
      if (others.length > 0) throw this.#ambiguous();
      // One that is not on the sequencer gets its profile by name, and would never get what was learnt.
      if (controller.seat !== undefined || !isLearnable(controller.profile)) throw notLearnable(controller);
      return learningOf(controller, commands$, session.state.tracks.length, clock, scheduler).pipe(
        mergeMap((step) => this.#linesOf(step, controller)),
      );
    });
    return workOf(steps$.subscribe(endOf(listener)), listener, (word) => commands$.next(word));
  }

  calibrate(mute: boolean, listener: Listener): Work {
    const { session, notes$, scheduler } = this.#parts;
    return workOf(calibrateWork(session, mute, notes$, scheduler).subscribe(endOf(listener)), listener);
  }

  sets(question: SetsQuestion, listener: Listener): Work {
    const { sets } = this.#parts;
    const lines$ = defer(() => {
      if (sets === undefined) throw new UserError('no-sets', 'this looper keeps no sets; its log says why');
      return setWork(sets, question);
    });
    return workOf(lines$.subscribe(endOf(listener)), listener);
  }

  testLamps(name: string | undefined, listener: Listener): Work {
    const titles$ = defer(() => {
      const controllers = this.#named(name);
      const tests = controllers.map((controller) =>
        defer(() => {
          if (controller.profile.lamps.length === 0) listener.line(`${controller.name} has no lamps`);
          return lampTestOn(controller, this.#parts.scheduler).pipe(map((title) => `${controller.name}: ${title}`));
        }),
      );
      return concat(...tests);
    });
    return workOf(titles$.subscribe(endOf(listener)), listener);
  }

  #seats(): readonly SeatedController[] {
    const { seats, show } = this.#parts;
    return [...seats(), ...show.seats];
  }

  #linesOf({ said, learning }: LearnStep, controller: JoinedController): readonly string[] {
    const lines = said.filter((saying) => sayingLevel(saying) === 'info').map(sayingText);
    if (!said.some(({ type }) => type === 'finished')) return lines;
    const input = this.#seats().find((seat) => seat.name === controller.name)?.input ?? controller.name;
    const form = learntForm(learning, input, controller.profile.ignore);
    const { file, isUsed } = this.#parts.keep(form);
    const use = isUsed
      ? 'it is in use now, and will be at each start'
      : `another profile goes before it: write { profile: ${form.name} } in midi.controllers to have it used`;
    return [...lines, `written to ${file}; ${use}`];
  }

  /** The controllers that are there of that name, or all. Throws `UserError` where there is none. */
  #named(name: string | undefined): readonly [JoinedController, ...JoinedController[]] {
    const there = new Set(
      this.controllers()
        .filter(({ connected }) => connected)
        .map((view) => view.name),
    );
    const [first, ...rest] = this.#parts.show.controllers.filter(
      (controller) => there.has(controller.name) && (name === undefined || controller.name === name),
    );
    if (first !== undefined) return [first, ...rest];
    const known = there.size === 0 ? 'no controller is plugged in' : `there are ${[...there].join(', ')}`;
    throw new UserError('no-controller', name === undefined ? known : `there is no controller "${name}"; ${known}`);
  }

  #ambiguous(): UserError {
    const names = this.controllers()
      .filter(({ connected }) => connected)
      .map(({ name }) => name);
    return new UserError('which-controller', `there are ${names.join(', ')}; say which one with --controller NAME`);
  }
}
