import fc from 'fast-check';
import type { Bounds, SessionCommand, When } from '../../../src/core/session/command.ts';
import { heldLoops } from '../../../src/core/session/held.ts';
import type { Reduced, SessionInput } from '../../../src/core/session/outcome.ts';
import { reduce } from '../../../src/core/session/reduce.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import type { HeldSet } from '../../../src/core/set/kept-set.ts';
import type { Loop, Whereabouts } from '../../../src/core/track/state.ts';
import { ModelEngine } from './model-engine.ts';
import { sessionIn } from './situations.ts';

/** What happens in a show: the player wants something, time goes by, the storage has read something or not. */
export type Happening =
  | { readonly type: 'command'; readonly command: SessionCommand }
  | { readonly type: 'wait'; readonly frames: number }
  | { readonly type: 'read' | 'unreadable' }
  | { readonly type: 'fail'; readonly track: number }
  | {
      readonly type: 'set';
      readonly as: 'setFound' | 'setRestored';
      readonly set: Omit<HeldSet, 'tracks'>;
      readonly tracks: readonly SetTrack[];
    }
  | { readonly type: 'import'; readonly track: number; readonly beats: number }
  | { readonly type: 'interfaceLost' | 'interfaceBack' };

type SetTrack = {
  readonly track: number;
  readonly beats: number;
  readonly phaseBeats: number;
  readonly playing: boolean;
};

const track = fc.integer({ min: 1, max: 3 });
const at = fc.constantFrom<{ readonly at?: When }>({}, { at: 'now' }, { at: 'bar' });
const step = fc.integer({ min: -2, max: 2 });

const bounds: fc.Arbitrary<Bounds> = fc.oneof(
  fc.record({ moreBars: step }),
  fc.record({ laterBars: step }),
  fc.record({ laterBeats: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ laterMs: fc.integer({ min: -200, max: 200 }) }),
);

const commands: fc.Arbitrary<SessionCommand> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('stomp' as const), track }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('record' as const), track, bars: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('start' as const, 'stop' as const), track }) },
  { weight: 3, arbitrary: fc.tuple(track, at).map(([id, when]) => ({ type: 'clear' as const, track: id, ...when })) },
  { weight: 5, arbitrary: at.map((when) => ({ type: 'undo' as const, ...when })) },
  { weight: 4, arbitrary: at.map((when) => ({ type: 'redo' as const, ...when })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(track, bounds, at)
      .map(([id, by, when]) => ({ type: 'retake' as const, track: id, ...by, ...when })),
  },
  fc.record({ type: fc.constantFrom('reset' as const, 'newSet' as const, 'tap' as const) }),
  fc.record({ type: fc.constant('setBpm' as const), bpm: fc.constantFrom(90, 120, 140.5) }),
  fc.record({ type: fc.constant('setBeatsPerBar' as const), beatsPerBar: fc.constantFrom(3, 4) }),
);

const setTracks: fc.Arbitrary<readonly SetTrack[]> = fc.uniqueArray(
  fc.record({
    ...{ track: fc.integer({ min: 1, max: 5 }), beats: fc.constantFrom(3, 4, 8) },
    ...{ phaseBeats: fc.integer({ min: 0, max: 2 }), playing: fc.boolean() },
  }),
  { maxLength: 3, selector: ({ track: id }) => id },
);

const setForm = fc.record({
  name: fc.constantFrom('tuesday', null),
  ...{ bpm: fc.constantFrom(90, 120), beatsPerBar: fc.constantFrom(3, 4), bars: fc.constantFrom(1, 2) },
  click: fc.record({ volume: fc.constantFrom(0, 1), muted: fc.boolean() }),
});

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: fc.record({ type: fc.constant('command' as const), command: commands }) },
    {
      weight: 14,
      arbitrary: fc.record({ type: fc.constant('wait' as const), frames: fc.integer({ min: 0, max: 250_000 }) }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('read' as const) }) },
    fc.record({ type: fc.constantFrom('unreadable' as const, 'interfaceLost' as const) }),
    { weight: 2, arbitrary: fc.record({ type: fc.constant('interfaceBack' as const) }) },
    fc.record({ type: fc.constant('fail' as const), track }),
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('set' as const),
        as: fc.constantFrom('setFound' as const, 'setFound' as const, 'setRestored' as const),
        set: setForm,
        tracks: setTracks,
      }),
    },
    fc.record({ type: fc.constant('import' as const), track, beats: fc.constantFrom(4, 6) }),
  ),
  { maxLength: 60, size: 'max' },
);

export type ShowStep = Reduced & { readonly before: SessionState; readonly input: SessionInput };

/** What looks at each step. */
export type Look = (step: ShowStep, engine: ModelEngine) => void;

/** A session and the engine that it speaks to, through whatever happens; each step is looked at. */
export class AnyShow {
  session: SessionState;
  readonly engine: ModelEngine;
  readonly #look: Look;
  #nextLoopId = -1;

  constructor(look: Look = () => undefined, from = sessionIn('EMPTY')) {
    this.session = { ...from, budgetFrames: 14 * 98_304, tapeFrames: 20 * 96_000 };
    this.engine = new ModelEngine(10 * 96_000 + 500, from.grid);
    this.#look = look;
  }

  happen(happening: Happening): void {
    if (happening.type === 'wait') this.#until(this.engine.now + happening.frames);
    else for (const input of this.#inputsOf(happening)) this.#in(input);
    // What the engine answers is heard before a player can do the next thing.
    this.#until(this.engine.now);
  }

  /** All that is under way comes to its end: what is to be read is, and many bars go by. */
  settle(): void {
    for (let reads = 0; reads < 20; reads += 1) this.happen({ type: 'read' });
    this.happen({ type: 'wait', frames: 20 * 160_000 });
  }

  #inputsOf(happening: Exclude<Happening, { type: 'wait' }>): readonly SessionInput[] {
    const frame = this.engine.now;
    switch (happening.type) {
      case 'command':
        return [{ type: 'command', frame, command: happening.command }];
      case 'read':
        return this.#loopsIn('disk', 'file').map(({ id: loopId }) => ({ type: 'loopRead', frame, loopId }));
      case 'unreadable':
        return this.#loopsIn('disk', 'file').map(({ id: loopId }) => {
          return { type: 'loopUnreadable', frame, loopId, reason: 'it is damaged' };
        });
      case 'fail':
        return this.#loopsIn('tape').map(({ id: loopId }) => {
          const holder = this.session.tracks.find((one) => one.state !== 'EMPTY' && one.loop.id === loopId);
          this.engine.fail(loopId);
          const track = holder?.id ?? happening.track;
          return { type: 'fact', fact: { type: 'captureFailed', frame, track, loopId } };
        });
      case 'set': {
        const tracks = happening.tracks.map(({ playing, track: id, ...form }) => ({
          ...{ track: id, playing, loop: this.#form(form) },
        }));
        return [{ type: happening.as, frame, set: { ...happening.set, tracks }, plays: true }];
      }
      case 'import': {
        const loop = this.#form({ beats: happening.beats, phaseBeats: 0 });
        return [{ type: 'loopFound', frame, track: happening.track, loop }];
      }
      case 'interfaceLost':
      case 'interfaceBack':
        return [{ type: 'fact', fact: { type: happening.type, frame } }];
    }
  }

  /** The first loop whose sound is there, if there is one. */
  #loopsIn(...where: readonly Whereabouts[]): readonly Loop[] {
    return [...heldLoops(this.session).values()].filter(({ sound }) => where.includes(sound)).slice(0, 1);
  }

  #form({ beats, phaseBeats }: { readonly beats: number; readonly phaseBeats: number }) {
    const loopId = this.#nextLoopId;
    this.#nextLoopId -= 1;
    const sound = { latencyFrames: 0, nudgeFrames: 0, lostFrames: 0, leadFrames: 1200 };
    return { loopId, beats, phaseBeats, frames: beats * 24_000 + 1200, ...sound };
  }

  #until(frame: number): void {
    for (;;) {
      const fact = this.engine.next(frame);
      if (fact === undefined) return;
      this.#in({ type: 'fact', fact });
    }
  }

  #in(input: SessionInput): void {
    const before = this.session;
    const reduced = reduce(before, input);
    this.session = reduced.session;
    for (const effect of reduced.effects) this.engine.apply(effect);
    this.#look({ ...reduced, before, input }, this.engine);
  }
}
