import type { Health, StateView } from '../protocol/hindsight-v1.ts';
import type { ControllerView } from './backstage.ts';

/** All there is to know of a running looper: what front ends are told of it, and who it is. */
export type Status = {
  readonly version: string;
  readonly pid: number;
  /** Where it keeps what outlives it, the sets among it. */
  readonly stateFolder: string;
  readonly state: StateView;
  readonly health: Health;
  readonly controllers: readonly ControllerView[];
};
