import type { TrackView } from '../../src/core/track/view.ts';
import type { CalibrationDiagram, SessionClient } from '../../src/ports/session-client.ts';

type Told = readonly ['bpm' | 'clickVolume' | 'beat' | 'tracks' | 'latency' | 'diagram', unknown];

/** A front end that notes what it is told. Once gone, every call fails, as a closed socket does. */
export class FakeClient implements SessionClient {
  readonly told: Told[] = [];
  gone = false;

  bpm(bpm: number): void {
    this.#note('bpm', bpm);
  }

  clickVolume(volume: number): void {
    this.#note('clickVolume', volume);
  }

  beat(beat: number): void {
    this.#note('beat', beat);
  }

  tracks(tracks: readonly TrackView[]): void {
    this.#note('tracks', tracks);
  }

  latency(seconds: number): void {
    this.#note('latency', seconds);
  }

  calibrationDiagram(diagram: CalibrationDiagram): void {
    this.#note('diagram', diagram);
  }

  /** What was told of one kind. */
  of(kind: Told[0]): unknown[] {
    return this.told.flatMap(([of, what]) => (of === kind ? [what] : []));
  }

  /** The states of a track, one after the other. */
  statesOf(id: number): string[] {
    return this.told.flatMap(([kind, views]) =>
      kind === 'tracks' ? (views as TrackView[]).filter((view) => view.id === id).map(({ state }) => state) : [],
    );
  }

  #note(...told: Told): void {
    this.told.push(told);
    if (this.gone) throw new Error('the socket is closed');
  }
}
