import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { modulo } from '../../core/modulo.ts';
import { useSession, useTick } from '../link/use-page.ts';
import { barSpan } from '../time/pass.ts';
import { fillParts, Runner } from '../time/runner.ts';
import { bpmText } from '../words/quantities.ts';
import { Alarms } from './alarms.tsx';

/** Lights one of the children and puts out the one before. */
const lightOnly = (row: HTMLElement | null, place: number): void => {
  row?.querySelector('.lit')?.classList.remove('lit');
  row?.children[place]?.classList.add('lit');
};

const write = (element: HTMLElement | null, text: string): void => {
  if (element !== null) element.textContent = text;
};

/** Which beat, which bar: to be read from two metres. Bars count as a stomp does, so that the player sees what one would capture. */
export const BeatDisplay = (): JSX.Element => {
  const beatsPerBar = useSession(({ grid }) => grid.beatsPerBar, 4);
  const bars = useSession((state) => state.bars, 4);
  const bpm = useSession(({ grid }) => grid.bpm, undefined);
  const setName = useSession(({ set }) => set.name, null);
  const beatNumber = useRef<HTMLElement>(null);
  const barNumber = useRef<HTMLElement>(null);
  const beatRow = useRef<HTMLDivElement>(null);
  const barRow = useRef<HTMLDivElement>(null);
  const sweep = useRef<HTMLElement>(null);
  const shown = useRef({ beat: -2, bar: -2, of: 0 });
  const runner = useRef<Runner | undefined>(undefined);
  useLayoutEffect(() => {
    if (sweep.current !== null) runner.current = new Runner(fillParts(sweep.current));
  }, []);

  useTick((moment, nowMs) => {
    const beat = moment?.position.beatInBar ?? -1;
    const bar = moment === undefined ? -1 : modulo(moment.position.bar, bars);
    const last = shown.current;
    if (beat !== last.beat || beatsPerBar !== last.of) {
      write(beatNumber.current, beat < 0 ? '–' : String(beat + 1));
      lightOnly(beatRow.current, beat);
    }
    if (bar !== last.bar) {
      write(barNumber.current, bar < 0 ? '–' : String(bar + 1));
      lightOnly(barRow.current, bar);
    }
    if (moment === undefined) runner.current?.freeze();
    else runner.current?.follow(barSpan(moment), moment, nowMs, undefined);
    shown.current = { beat, bar, of: beatsPerBar };
  });

  const lamps = (count: number, kind: string) =>
    Array.from({ length: count }, (_, index) => <i key={index} class={`${kind} ${index === 0 ? 'one' : ''}`} />);
  return (
    <section class="beats" aria-label="Beat and bar">
      <div class="number">
        <span class="label">beat</span>
        <b ref={beatNumber}>–</b>
      </div>
      <div class="beat-lamps">
        <div class="beat-row" aria-hidden="true" ref={beatRow}>
          {lamps(beatsPerBar, 'beat-lamp')}
        </div>
        <div class="beat-rest">
          <div class="beat-facts" aria-hidden="true">
            <span class="sweep">
              <i ref={sweep} />
            </span>
            <div class="bar-row" ref={barRow}>
              {lamps(bars, 'bar-lamp')}
            </div>
            <p class="facts">
              {bpm !== undefined && (
                <span>
                  <b>{bpmText(bpm)}</b> bpm
                </span>
              )}
              {setName !== null && <span class="set-name">{setName}</span>}
            </p>
          </div>
          <Alarms />
        </div>
      </div>
      <div class="number number-bar">
        <span class="label">bar of {bars}</span>
        <b ref={barNumber}>–</b>
      </div>
    </section>
  );
};
