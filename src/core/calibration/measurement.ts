import type { Frame, Rate } from '../time/units.ts';

/** Of the stereo input. */
export type Side = 0 | 1;

/** Index `k` belongs to a latency of `firstFrames + k`; a value of 1 is a path that passes the burst untouched. */
export type Correlation = { readonly firstFrames: Frame; readonly values: Float64Array };

/** A burst of the probe as it came back. */
export type Burst = {
  /** From 1. */
  readonly number: number;
  /** The latency by this burst alone, between the samples. */
  readonly frames: number;
  /** The height of its peak over the noise of the correlation around it. */
  readonly strength: number;
  /** Whether it came at the same place and with the same polarity as the others. */
  readonly agrees: boolean;
};

/** Why there is no latency. Codes are stable. Feedback and an end by the player are found out elsewhere, while the probe plays. */
export const failureCodes = ['no-signal', 'too-noisy', 'clipping', 'spread', 'echoes', 'too-long'] as const;

export type FailureCode = (typeof failureCodes)[number];

type Heard = {
  readonly bursts: readonly Burst[];
  /** How loud it is where the bursts are: root mean square, in dB of full scale. */
  readonly levelDb: number;
  /** The same of the silence before the first burst. */
  readonly floorDb: number;
};

export type Success = Heard & {
  readonly ok: true;
  /** The round trip: by so many frames the input is behind the output. */
  readonly latencyFrames: Frame;
  readonly exactFrames: number;
  /** The distance of the farthest burst that agrees. */
  readonly spreadFrames: number;
  /** The share of the bursts that agree, times how far the peak stands above the next highest one; 0 to 1. */
  readonly confidence: number;
  /** The path turns the sound upside down. */
  readonly inverted: boolean;
  /** Where it was measured. */
  readonly side: Side;
};

export type Failure = Heard & {
  readonly ok: false;
  readonly code: FailureCode;
  /** For people: what is wrong; what to do about it. */
  readonly reason: string;
};

export type Measurement = Success | Failure;

/** What was found on one side of the input; heights are shares of the peak's. */
export type Evidence = {
  readonly rate: Rate;
  readonly longestFrames: Frame;
  readonly side: Side;
  /** Of all bursts together. */
  readonly all: {
    readonly frames: number;
    /** How loud the path passes the burst; 1 is untouched. */
    readonly gain: number;
    readonly strength: number;
    readonly early: number;
    readonly late: number;
    readonly lean: number;
    readonly inStep: number;
  };
  /** Of each by itself; `rival` is the next highest peak near it. */
  readonly each: readonly {
    readonly frames: number;
    readonly strength: number;
    readonly inverted: boolean;
    readonly rival: number;
  }[];
  readonly levelDb: number;
  readonly floorDb: number;
  /** Bursts in which samples lie at full scale. */
  readonly clipped: number;
  /** A latency above the longest at which the probe was found. */
  readonly beyondFrames?: Frame | undefined;
};
