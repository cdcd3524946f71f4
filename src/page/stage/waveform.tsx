import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { usePage } from '../link/use-page.ts';
import { waveColumns, waveHeight, wavePath } from './wave-path.ts';

/** How a loop looks. Drawn once: the playhead over it is the pad's. */
export const Waveform = ({ loop }: { readonly loop: number }): JSX.Element => {
  const peaks = usePage(({ waves }) => waves.get(loop) ?? null);
  const path = useMemo(() => (peaks === null ? '' : wavePath(peaks)), [peaks]);
  return (
    <svg
      class="wave-shape"
      viewBox={`0 0 ${waveColumns - 1} ${waveHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {path === '' ? <path class="wave-line" d={`M0 ${waveHeight / 2}H${waveColumns}`} /> : <path d={path} />}
    </svg>
  );
};
