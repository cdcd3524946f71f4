import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../link/use-page.ts';

/** What controllers send, what it does, what they are told. It can be held, to be read. */
export const MonitorCard = (): JSX.Element => {
  const lines = usePage(({ mirror }) => mirror.monitor);
  const [held, setHeld] = useState<typeof lines | undefined>();
  const list = useRef<HTMLOListElement>(null);
  // With each new line.
  useLayoutEffect(() => {
    if (list.current !== null && held === undefined) list.current.scrollTop = list.current.scrollHeight;
  }, [lines, held]);
  const shown = held ?? lines;
  return (
    <section class="card card-wide">
      <div class="card-head">
        <h2>MIDI monitor</h2>
        <button
          type="button"
          class="small"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held === undefined ? lines : undefined)}
        >
          {held === undefined ? 'Hold' : 'Go on'}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the keys. */}
      <ol class="monitor" ref={list} tabIndex={0} aria-label="What controllers send and are told">
        {shown.length === 0 && <li class="hint">Nothing yet: press a pad.</li>}
        {shown.map(({ serial, line }) => (
          <li key={serial}>{line}</li>
        ))}
      </ol>
    </section>
  );
};
