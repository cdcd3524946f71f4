/** Why a command was not done. Codes are stable; reasons are for people and say what is allowed. */
export const refusalCodes = [
  'no-such-track',
  'not-empty',
  'empty',
  'not-playing',
  'not-stopped',
  'too-late',
  'out-of-range',
  'tracks-not-empty',
  'tape-too-short',
  'capture-failed',
  'memory-full',
  'latency-too-long',
  'interface-lost',
  'calibration-heard',
  'calibrating',
  'not-calibrating',
  'tracks-playing',
  'nothing-to-undo',
  'nothing-to-redo',
  'other-tempo',
  'still-capturing',
  'not-on-tape',
  'not-yet-played',
  'set-coming',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

export type Refusal = { readonly code: RefusalCode; readonly reason: string };
