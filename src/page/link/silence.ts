import type { Millis } from '../../core/time/units.ts';

/** A change comes at least with each beat, a position thirty times a second: after so long something is wrong. */
const silenceAfterMs = 1500;

/** `waiting`: not a word yet. `silent`: what is shown is of so many seconds ago. */
export type Silence =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting'; readonly seconds: number }
  | { readonly kind: 'silent'; readonly seconds: number };

export type LinkPhase = 'connecting' | 'open' | 'closed';

/** Whether the looper is silent. At once where the line is down, though it spoke just now. Pure. */
export const silenceAt = (phase: LinkPhase, sinceMs: Millis, heardMs: Millis | null, nowMs: Millis): Silence => {
  const seconds = Math.max(0, Math.floor((nowMs - (heardMs ?? sinceMs)) / 1000));
  if (heardMs === null) return { kind: 'waiting', seconds };
  return phase !== 'open' || nowMs - heardMs > silenceAfterMs ? { kind: 'silent', seconds } : { kind: 'none' };
};

export const sameSilence = (a: Silence, b: Silence): boolean =>
  a.kind === b.kind && ('seconds' in a ? a.seconds : 0) === ('seconds' in b ? b.seconds : 0);

/** What the banner says; undefined for nothing. A first word is waited for a moment in silence. */
export const silenceText = (silence: Silence): string | undefined => {
  switch (silence.kind) {
    case 'none':
      return undefined;
    case 'waiting':
      return silence.seconds < 1 ? undefined : `Looking for the looper, for ${silence.seconds} s`;
    case 'silent':
      return `No word from the looper since ${silence.seconds} s`;
  }
};

/** How long to wait before the next try: 0.25 s, twice as long each time, 3 s at most. */
export const backoffMs = (tries: number): Millis => Math.min(3000, 250 * 2 ** Math.min(tries, 10));
