import type { SessionCommand } from '../link/asking.ts';

type Retake = Extract<SessionCommand, { type: 'retake' }>;
type Bounds = Omit<Retake, 'type' | 'track' | 'at'>;

/** Second thoughts about a loop, in the words of who hears it wrong. */
export const retakes: readonly (readonly [label: string, hint: string, bounds: Bounds])[] = [
  ['Bar earlier', 'the bars before', { laterBars: -1 }],
  ['Bar later', 'the bars after', { laterBars: 1 }],
  ['Beat earlier', 'from a beat before', { laterBeats: -1 }],
  ['Beat later', 'from a beat after', { laterBeats: 1 }],
  ['One bar less', 'without its first', { moreBars: -1 }],
  ['One bar more', 'from before its first', { moreBars: 1 }],
  ['It rushes', 'heard 10 ms later', { laterMs: -10 }],
  ['It drags', 'heard 10 ms earlier', { laterMs: 10 }],
];
