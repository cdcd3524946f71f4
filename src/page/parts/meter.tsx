import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { meterShare } from '../link/levels.ts';
import { useLooper } from '../link/use-page.ts';

type Props = { readonly side: 'input' | 'output'; readonly label: string };

/** Two bars, left and right, that turn red for a while when something clips. */
export const Meter = ({ side, label }: Props): JSX.Element => {
  const { levels } = useLooper();
  const meter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown: readonly string[] = [];
    const paint = (nowMs: number): void => {
      request = requestAnimationFrame(paint);
      const scales = levels.at(side, nowMs).map((sample) => `scaleX(${meterShare(sample).toFixed(2)})`);
      for (const [index, scale] of scales.entries()) {
        const bar = meter.current?.children[index]?.firstElementChild;
        if (bar instanceof HTMLElement && shown[index] !== scale) bar.style.transform = scale;
      }
      shown = scales;
      meter.current?.toggleAttribute('data-clips', levels.clips(side, nowMs));
    };
    let request = requestAnimationFrame(paint);
    return () => cancelAnimationFrame(request);
  }, [levels, side]);
  return (
    <div class="meter-row">
      <span class="label">{label}</span>
      <div class="meter" ref={meter} aria-hidden="true">
        <span class="meter-bar">
          <i />
        </span>
        <span class="meter-bar">
          <i />
        </span>
      </div>
    </div>
  );
};
