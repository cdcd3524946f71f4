import type { JSX } from 'preact';
import { useLooper, useSession } from '../link/use-page.ts';
import { Icon } from '../parts/icon.tsx';
import { useOwnValue } from '../parts/use-own-value.ts';

export const ClickCard = (): JSX.Element => {
  const looper = useLooper();
  const volume = useSession(({ click }) => click.volume, 0);
  const [shown, setShown] = useOwnValue(volume);
  const muted = useSession(({ click }) => click.muted, false);
  const frames = useSession(({ latency }) => latency.frames, 0);
  const source = useSession(({ latency }) => latency.source, 'none');
  const rate = useSession((state) => state.rate, 48_000);
  return (
    <section class="card">
      <h2>Click</h2>
      <div class="click-row">
        <button
          type="button"
          class="big"
          aria-label={`Click: ${muted ? 'off' : 'on'}`}
          aria-pressed={!muted}
          onClick={() => void looper.command({ type: 'muteClick', muted: !muted })}
        >
          <Icon name={muted ? 'mute' : 'click'} />
          {muted ? 'Off' : 'On'}
        </button>
        <input
          type="range"
          aria-label="Click volume"
          min="0"
          max="1"
          step="0.01"
          value={shown}
          aria-valuetext={`${Math.round(shown * 100)} %`}
          onInput={(event) => {
            const wanted = Number(event.currentTarget.value);
            setShown(wanted);
            void looper.command({ type: 'setClickVolume', volume: wanted });
          }}
        />
        <output>{Math.round(shown * 100)} %</output>
      </div>
      <p class="hint">
        Latency {((frames * 1000) / rate).toFixed(2)} ms,{' '}
        {source === 'none' ? 'never measured' : source === 'manual' ? 'set by hand' : 'measured'}:{' '}
        <a href="#latency">see it</a>
      </p>
    </section>
  );
};
