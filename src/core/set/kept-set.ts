import type { Beat, Bpm, Frame, Rate } from '../time/units.ts';

/** A loop as it is kept: all that is to be known of it but its samples and who holds it. */
export type LoopForm = {
  /** With its lead-in. */
  readonly frames: Frame;
  /** The frames before its first one, into which its seam blends; 0 where it has no seam. */
  readonly leadFrames: Frame;
  readonly beats: Beat;
  /** On which beat of a bar it begins, from 0. */
  readonly phaseBeats: Beat;
  /** The latency that it was cut with, and how much later than that it was cut (negative: earlier). Of no meaning for what was imported. */
  readonly latencyFrames: Frame;
  readonly nudgeFrames: Frame;
  /** Frames of it that the driver lost: silence in it. */
  readonly lostFrames: Frame;
};

/** Tempo, meter and what else a set has beside its loops. */
export type SetForm = {
  /** Under which name it was saved or loaded; null for one that never was. */
  readonly name: string | null;
  readonly bpm: Bpm;
  readonly beatsPerBar: Beat;
  /** Bars that a stomp captures. */
  readonly bars: number;
  readonly click: { readonly volume: number; readonly muted: boolean };
};

/** A track that holds a loop, whose samples are found by `Ref`. */
export type KeptTrack<Ref> = {
  /** From 1. */
  readonly track: number;
  readonly playing: boolean;
  readonly loop: LoopForm & Ref;
};

/** A loop in a session, by its id; `stored` is the name of its sound where it came from disk as it is. */
export type HeldLoop = { readonly loopId: number; readonly stored?: string };

/** The set as the session has it. Tracks rise in number. */
export type HeldSet = SetForm & { readonly tracks: readonly KeptTrack<HeldLoop>[] };

/**
 * The set as it lies on disk: loops are known by the name of their sound, and have the rate at which they were recorded, which the set
 * shares.
 */
export type StoredSet = SetForm & {
  readonly rate: Rate;
  readonly tracks: readonly KeptTrack<{ readonly sound: string }>[];
};
