import { Subject } from 'rxjs';
import type { SessionSettings } from '../../../src/core/session/state.ts';
import type { Figures } from '../../../src/core/sound/figures.ts';
import type { Listener } from '../../../src/ports/backstage.ts';
import type { MixWindow } from '../../../src/ports/mix-window.ts';
import type { Change } from '../../../src/protocol/hindsight-v1.ts';
import type { CalibrationPicture } from '../../../src/streams/calibration.ts';
import { type FrontParts, ShowFront } from '../../../src/streams/front/front-of-house.ts';
import type { HealthNow } from '../../../src/streams/health.ts';
import { aRestingStage } from '../a-stage.ts';

export const figures: Figures = {
  xruns: 1,
  framesLost: 64,
  lateBlocks: 2,
  interfaceLosses: 0,
  longestStallMs: 12,
  worstBlockMs: 1.5,
  worstWakeUpMs: 2.5,
  worstBlockLatelyMs: 1,
  computingMs: 900,
  jitterMs: 0.1,
  jitterP99Ms: 0.4,
  collections: 3,
  collectionMs: 4,
  clippedSamples: 5,
};

/** What a look at health finds here. */
export const someHealth: HealthNow = {
  look: {
    process: { uptimeSeconds: 9, rssBytes: 1000, loadPerCore: 0.5, cpuShare: 0.1, eventLoopDelayP99Ms: 1 },
    sound: figures,
    engineLoad: { mean: 0.1, worst: 0.25 },
    machine: null,
    interface: 'here',
    storageTrouble: null,
    reserveBytes: null,
    pageTrouble: null,
    controllersAway: [],
  },
  warnings: [],
  cost: { lookMs: 0.25, longestMs: 0.1, share: 0.0001 },
  disk: null,
  controllers: { connected: 0, known: 0 },
};

/** A mix of which a test says what goes out; it notes whether somebody reads. */
export class FakeMixWindow implements MixWindow {
  readers = 0;
  next: Float32Array = new Float32Array(0);
  frame = 0;

  levels() {
    return { input: [0.5, 0.25], output: [1, 0] } as const;
  }

  open() {
    this.readers += 1;
    return {
      read: () => ({ frame: this.frame, samples: this.next }),
      close: () => {
        this.readers -= 1;
      },
    };
  }
}

/** A front of house on a stage that stands still until it is told to go on, with what was told of changes. */
export const aFront = (parts: Partial<FrontParts> = {}, changed: Partial<SessionSettings> = {}) => {
  const on = aRestingStage(undefined, changed);
  const pictures$ = new Subject<CalibrationPicture>();
  const window = new FakeMixWindow();
  const monitors: Listener[] = [];
  const rig: { title: string | null } = { title: null };
  on.session.run();
  const front = new ShowFront({
    stage: on.stage,
    backstage: {
      controllers: () => [],
      monitor: (listener) => {
        monitors.push(listener);
        return { stop: () => void monitors.splice(monitors.indexOf(listener), 1), say: () => undefined };
      },
    },
    joined: () => [],
    window,
    health: { now: () => someHealth },
    pictures$,
    lastPicture: undefined,
    sets: undefined,
    exportSet: () => Promise.reject(new Error('nothing is exported here')),
    interfaceTitle: () => rig.title,
    blocks: { blockFrames: 256, queueBlocks: 2 },
    audience: () => ({ seed: 0, hindsight: 1, listeners: 0 }),
    version: '1.2.3',
    run: 'this one',
    ...parts,
  });
  const changes: Change[] = [];
  front.onChange((change) => changes.push(change));
  return { ...on, front, pictures$, window, monitors, rig, changes };
};
