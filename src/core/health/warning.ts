/** The worst first. */
export const warningCodes = [
  'interface-away',
  'not-kept',
  'under-voltage',
  'throttled',
  'engine-overload',
  'disk-read-only',
  'xruns',
  'late-blocks',
  'interface-lost',
  'engine-busy',
  'event-loop',
  'hot',
  'load',
  'memory-low',
  'disk-low',
  'disk-worn',
  'clipping',
  'page-away',
  'controller-away',
] as const;

export type WarningCode = (typeof warningCodes)[number];

/** Something that is not well, for as long as it is not. */
export type Warning = {
  readonly code: WarningCode;
  /** `bad` is heard, or will be, or loses something; `warn` may come to that. */
  readonly level: 'bad' | 'warn';
  /** A dozen letters. */
  readonly title: string;
  /** What it is, and what to do. */
  readonly text: string;
  /** The looper's uptime when it came. */
  readonly sinceSeconds: number;
};

/** The same warnings, in the same words. */
export const areSame = (some: readonly Warning[], others: readonly Warning[]): boolean =>
  some.length === others.length &&
  some.every(({ code, sinceSeconds, text }, at) => {
    const other = others[at];
    return code === other?.code && sinceSeconds === other.sinceSeconds && text === other.text;
  });
