import { ThisMachine } from '../adapters/machine/this-machine.ts';
import type { Config } from '../config/schema.ts';
import type { Figures } from '../core/sound/figures.ts';
import type { ControllerView } from '../ports/backstage.ts';
import type { Audience } from '../ports/front-of-house.ts';
import type { Status } from '../ports/status.ts';
import type { Stage } from '../streams/controller.ts';
import { healthView } from '../streams/front/health-view.ts';
import { stateView } from '../streams/front/state-view.ts';
import { HealthWatch } from '../streams/health.ts';
import type { SetsParts } from '../streams/set-work.ts';
import { version } from './version.ts';

export const nobody: Audience = { seed: 0, hindsight: 0, listeners: 0 };

const bytesPerMb = 2 ** 20;

export type HealthDeskParts = {
  readonly config: Config;
  readonly stage: Stage;
  readonly sets: SetsParts | undefined;
  readonly figures: () => Figures;
  readonly stateFolder: string;
  readonly interfaceTitle: () => string | null;
  /** Those that can be named, there or away. */
  readonly controllers: () => readonly ControllerView[];
};

/** Where it is known how the looper fares: for front ends, for `hindsight status`, and for who has started it. */
export class HealthDesk {
  readonly watch: HealthWatch;
  /** Who is connected: whoever opens the port says so. */
  audience: () => Audience = () => nobody;
  /** Why there is no page, in the words of who opens the port; null where there is one, or none is wished for. */
  pageTrouble: string | null = null;
  readonly #parts: HealthDeskParts;
  readonly #machine: ThisMachine;

  constructor(parts: HealthDeskParts) {
    const { config, stage, sets, figures, stateFolder, controllers } = parts;
    this.#parts = parts;
    this.#machine = new ThisMachine(stateFolder);
    this.watch = new HealthWatch({
      ...{ stage, figures, machine: this.#machine, controllers, pageTrouble: () => this.pageTrouble },
      storage: sets === undefined ? undefined : () => sets.store.figures(),
      blockMs: (config.audio.blockFrames * 1000) / config.audio.rate,
      reserveBytes: sets === undefined ? null : config.sets.reserveMb * bytesPerMb,
    });
  }

  /** What is not well, in a few words each, the worst first. */
  warnings(): readonly string[] {
    return this.watch.now().warnings.map(({ title }) => title);
  }

  /** Those that are there, by name. */
  controllers(): readonly string[] {
    return this.#parts.controllers().flatMap(({ name, connected }) => (connected ? [name] : []));
  }

  status(): Status {
    const { stage, config, stateFolder, interfaceTitle, controllers } = this.#parts;
    const { blockFrames, queueBlocks } = config.audio;
    const surroundings = { interfaceTitle: interfaceTitle(), blockFrames, queueBlocks, pictures: 0, word: null };
    return {
      ...{ version: version(), pid: process.pid, stateFolder },
      state: stateView(stage.session.state, surroundings),
      health: healthView(this.watch.now(), this.audience()),
      controllers: controllers(),
    };
  }

  async close(): Promise<void> {
    this.watch.close();
    await this.#machine.close();
  }
}
