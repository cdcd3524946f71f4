import type { Listening } from '../listen/listening.ts';
import { emptyMirror, type Mirror } from './mirror.ts';
import type { LinkPhase, Silence } from './silence.ts';

/** How loops look, by their ids: peaks, none where a loop cannot be drawn. */
export type Waves = ReadonlyMap<number, readonly number[]>;

export type PageState = {
  readonly mirror: Mirror;
  readonly link: LinkPhase;
  readonly silence: Silence;
  /** The looper is there but lets this page in no more. */
  readonly isShutOut: boolean;
  readonly waves: Waves;
  readonly listening: Listening;
};

export const firstPageState: PageState = {
  mirror: emptyMirror,
  link: 'connecting',
  silence: { kind: 'waiting', seconds: 0 },
  isShutOut: false,
  waves: new Map(),
  listening: { kind: 'off' },
};

/** Loops that can be drawn and are not yet, in the order of their tracks. Pure. */
export const undrawnLoops = ({ mirror, waves }: PageState): readonly number[] =>
  (mirror.state?.tracks ?? []).flatMap(({ loop }) =>
    loop !== null && loop.sound === 'here' && !waves.has(loop.id) ? [loop.id] : [],
  );

const keptWaves = 256;

/** With the peaks of a loop. Undo brings old loops back: the last of them are kept. Pure. */
export const withWave = (waves: Waves, loop: number, peaks: readonly number[]): Waves => {
  const kept = [...waves].filter(([id]) => id !== loop).slice(1 - keptWaves);
  return new Map([...kept, [loop, peaks]]);
};
