import type { CDPSession } from 'playwright-core';

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly tid: number;
  readonly pid: number;
  readonly dur?: number;
  readonly tdur?: number;
};

export type Drawing = {
  /** Pictures that the browser has put on the screen, a second. */
  readonly drawnASecond: number;
  readonly dropped: number;
  /** Those of them for which it had to ask the page's main thread, a second. */
  readonly askedASecond: number;
  /** The main thread's work, as a share of the time, and its longest task: by its own processor time, whatever else the machine does. */
  readonly busyShare: number;
  readonly longestTaskMs: number;
};

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'devtools.timeline.frame',
  '__metadata',
  'toplevel',
];

const drawingOf = (events: readonly TraceEvent[], seconds: number): Drawing => {
  const named = (name: string): readonly TraceEvent[] => events.filter((event) => event.name === name);
  const asked = named('BeginMainThreadFrame');
  const [first] = asked;
  const tasks = named('RunTask').filter(({ pid, tid, ph }) => ph === 'X' && pid === first?.pid && tid === first.tid);
  const times = tasks.map(({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000);
  return {
    drawnASecond: named('DrawFrame').length / seconds,
    dropped: named('DroppedFrame').length,
    askedASecond: asked.length / seconds,
    busyShare: times.reduce((sum, ms) => sum + ms, 0) / 1000 / seconds,
    longestTaskMs: Math.max(...times),
  };
};

/** How the page is drawn for so many seconds, from the browser's own trace. */
export const traceDrawing = async (session: CDPSession, seconds: number): Promise<Drawing> => {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  });
  await new Promise((over) => setTimeout(over, seconds * 1000));
  await session.send('Tracing.end');
  await complete;
  return drawingOf(events, seconds);
};
