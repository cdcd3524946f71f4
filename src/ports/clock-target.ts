/**
 * A device that follows our MIDI clock. It may come and go: while it is away `send` says false, or it is not among the
 * targets, and one that came back is known by that.
 */
export interface ClockTarget {
  /** How the player knows it. */
  readonly name: string;
  /** Whether it gets start and stop too, or ticks only. */
  readonly transport: boolean;
  /** Sends a complete message at once. Never throws; false when it could not be sent. */
  send(bytes: readonly number[]): boolean;
}
