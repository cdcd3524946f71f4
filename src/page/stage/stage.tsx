import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useSession, useTopics } from '../link/use-page.ts';
import { Pad } from './pad.tsx';
import { banksOf, padLayout } from './pad-layout.ts';
import { TrackSheet } from './track-sheet.tsx';
import { Transport } from './transport.tsx';

/** Who asks for less motion gets lamps that do not blink: shape, colour and word tell the state as well. */
const useCalm = (): boolean => {
  const query = '(prefers-reduced-motion: reduce)';
  const [isCalm, setCalm] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = () => setCalm(list.matches);
    list.addEventListener('change', look);
    return () => list.removeEventListener('change', look);
  }, []);
  return isCalm;
};

const bankName = (bank: readonly number[]): string => `${bank[0]}–${bank.at(-1)}`;

export const Stage = (): JSX.Element => {
  useTopics([]);
  const count = useSession(({ tracks }) => tracks.length, 0);
  const touched = useSession((state) => state.touched, 1);
  const isCalm = useCalm();
  const pads = useRef<HTMLElement>(null);
  const [size, setSize] = useState<readonly [number, number]>([360, 560]);
  const [bank, setBank] = useState(0);
  const [sheet, setSheet] = useState<number | undefined>();

  useLayoutEffect(() => {
    const { current } = pads;
    if (current === null) return;
    const measure = () => setSize([current.clientWidth, current.clientHeight]);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  const { perBank, columns, rows } = padLayout(Math.max(1, count), ...size);
  const banks = banksOf(count, perBank);
  // A foot that plays another bank wants to see it.
  useEffect(() => setBank(Math.max(0, Math.floor((touched - 1) / perBank))), [touched, perBank]);
  const shown = banks[Math.min(bank, banks.length - 1)] ?? [];

  return (
    <div class="stage">
      {banks.length > 1 && (
        <nav class="banks" aria-label="Banks of tracks">
          {banks.map((one, index) => (
            <button key={one[0]} type="button" aria-pressed={one === shown} onClick={() => setBank(index)}>
              {bankName(one)}
            </button>
          ))}
        </nav>
      )}
      <section
        class="pads"
        aria-label="Tracks"
        ref={pads}
        style={{ gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))` }}
      >
        {shown.map((id) => (
          <Pad key={id} id={id} isCalm={isCalm} onMore={setSheet} />
        ))}
      </section>
      <Transport />
      {sheet !== undefined && <TrackSheet id={sheet} onClose={() => setSheet(undefined)} />}
    </div>
  );
};
