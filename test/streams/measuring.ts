import type { SessionEvent } from '../../src/core/session/event.ts';
import type { SessionSettings } from '../../src/core/session/state.ts';
import type { MeasureEnd } from '../../src/core/sound/fact.ts';
import { type CalibrationPicture, CalibrationWatch, type NewLatency } from '../../src/streams/calibration.ts';
import { FakeAnalyst } from '../fakes/fake-analyst.ts';
import { takesAll } from '../fakes/fake-audio-engine.ts';
import { FakeClient } from '../fakes/fake-client.ts';
import { aRestingStage } from './a-stage.ts';

export const from = 200_480;
/** Nine and a half seconds. */
export const probeFrames = 456_000;

/** A stage on which latencies are measured, with a front end that looks on. The tape holds all that is asked of it. */
export const measuring = (changed: Partial<SessionSettings> = {}) => {
  const on = aRestingStage(takesAll, changed);
  const analyst = new FakeAnalyst();
  const pictures: CalibrationPicture[] = [];
  const paths: string[] = [];
  const latencies: NewLatency[] = [];
  const failures: unknown[] = [];
  const events: SessionEvent[] = [];
  const watch = new CalibrationWatch(on.stage, {
    analyst,
    onPicture: async (picture) => `/state/${pictures.push(picture)}.svg`,
    onLatency: (latency) => void latencies.push(latency),
    onFailed: (error) => void failures.push(error),
  });
  watch.notes$.subscribe((path) => paths.push(path));
  on.session.moments$.subscribe((moment) => events.push(...moment.events));
  on.session.run();
  const client = new FakeClient();
  on.session.registerClient(client);
  client.told.length = 0;
  on.audio.setHeard((_, frames) => new Float32Array(frames * 2));
  const begins = (id = 1): void => on.audio.triggerFact({ type: 'measureStarted', frame: from, id });
  const ends = (how: MeasureEnd = 'done', id = 1): void =>
    on.audio.triggerFact({ type: 'measureEnded', frame: from + probeFrames, id, how });
  /** A measurement up to where it is looked at. */
  const sounds = (id = 1): void => {
    on.session.calibrate();
    begins(id);
    ends('done', id);
  };
  const phase = (): string => on.session.state.calibration.phase;
  return { ...on, analyst, watch, client, pictures, paths, latencies, failures, events, begins, ends, sounds, phase };
};
