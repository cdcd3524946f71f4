import { concatMap, distinctUntilChanged, EMPTY, map, mergeMap, Subject, Subscription, switchMap } from 'rxjs';
import type { Calibration } from '../core/session/calibration.ts';
import type { SessionEvent } from '../core/session/event.ts';
import { type Probe, probeOf } from '../core/sound/probe.ts';
import type { Frame } from '../core/time/units.ts';
import type { Analyst } from '../ports/analyst.ts';
import type { Stage } from './controller.ts';

/** The picture of a measurement. */
export type CalibrationPicture = { readonly svg: string; readonly png: Uint8Array };

/** A latency that was not known before. */
export type NewLatency = {
  readonly frames: Frame;
  readonly source: 'manual' | 'measured';
  readonly spreadFrames?: number;
  readonly confidence?: number;
};

export type CalibrationParts = {
  readonly analyst: Analyst;
  /** Keeps the picture and says where; undefined where it could not be kept. */
  readonly onPicture: (picture: CalibrationPicture) => Promise<string | undefined>;
  readonly onLatency: (latency: NewLatency) => void;
  readonly onFailed: (error: unknown) => void;
};

type Weighing = Extract<Calibration, { phase: 'weighing' }>;

/** What came of the analysis of a measurement. */
type Weighed = { readonly id: number } & (
  | { readonly analysis: Awaited<ReturnType<Analyst['analyse']>> }
  | { readonly error: unknown }
);

/** These come before anything was looked at: there is no picture of them. */
const unseen: readonly string[] = ['feedback', 'frames-lost', 'not-analysed'];

/** A latency among the events of a moment, with what its measurement says of it. */
const newLatency = (events: readonly SessionEvent[]): NewLatency | undefined => {
  const latency = events.find((event) => event.type === 'latency');
  if (latency === undefined) return undefined;
  const { frames, source } = latency;
  const measured = events.find((event) => event.type === 'calibration' && event.phase === 'succeeded');
  if (measured?.type !== 'calibration' || measured.phase !== 'succeeded') return { frames, source };
  return { frames, source, spreadFrames: measured.spreadFrames, confidence: measured.confidence };
};

/**
 * Has each measurement that has sounded looked at, tells the session what it says and front ends what it looks like, and hands on
 * each new latency.
 */
export class CalibrationWatch {
  /** What whoever measures should know besides: where the picture is, what could not be kept. All before the session hears of the result. */
  readonly notes$ = new Subject<string>();
  readonly pictures$ = new Subject<CalibrationPicture>();
  readonly #stage: Stage;
  readonly #parts: CalibrationParts;
  readonly #probe: Probe;
  readonly #running = new Subscription();

  constructor(stage: Stage, parts: CalibrationParts) {
    this.#stage = stage;
    this.#parts = parts;
    const { moments$, state } = stage.session;
    this.#probe = probeOf(state.grid.rate);
    // What is said of a measurement that was given up meanwhile is let go of: nobody asks for it any more.
    const weighed$ = moments$.pipe(
      map((moment) => moment.session.calibration),
      distinctUntilChanged(),
      switchMap((calibration) => (calibration.phase === 'weighing' ? this.#weigh(calibration) : EMPTY)),
    );
    this.#running.add(weighed$.pipe(concatMap((weighed) => this.#tell(weighed))).subscribe());
    this.#running.add(moments$.pipe(mergeMap(({ events }) => events)).subscribe((event) => this.#tellUnseen(event)));
    this.#running.add(
      moments$
        .pipe(map(({ events }) => newLatency(events)))
        .subscribe((latency) => latency && parts.onLatency(latency)),
    );
  }

  async close(): Promise<void> {
    this.#running.unsubscribe();
    this.notes$.complete();
    this.pictures$.complete();
    await this.#parts.analyst.close();
  }

  /** Never rejects. */
  async #weigh({ id, from }: Weighing): Promise<Weighed> {
    const { session, audio } = this.#stage;
    const { rate } = session.state.grid;
    try {
      const samples = audio.heard(from, this.#probe.frames);
      if (samples === undefined) throw new Error('the tape does not hold the measurement any more');
      return { id, analysis: await this.#parts.analyst.analyse({ rate, samples }) };
    } catch (error) {
      return { id, error };
    }
  }

  async #tell(weighed: Weighed): Promise<void> {
    const { session } = this.#stage;
    const { id } = weighed;
    if ('error' in weighed) {
      this.#parts.onFailed(weighed.error);
      session.report({ type: 'measured', id, measurement: undefined });
      return;
    }
    const { measurement, svg, png } = weighed.analysis;
    this.pictures$.next({ svg, png });
    const path = await this.#parts.onPicture({ svg, png });
    if (path !== undefined) this.notes$.next(`the picture of it: ${path}`);
    session.report({ type: 'measured', id, measurement });
    session.sendCalibrationDiagram({ succeeded: measurement.ok, png });
  }

  #tellUnseen(event: SessionEvent): void {
    if (event.type !== 'calibration' || event.phase !== 'failed' || !unseen.includes(event.code)) return;
    this.#stage.session.sendCalibrationDiagram({ succeeded: false, png: new Uint8Array() });
  }
}
