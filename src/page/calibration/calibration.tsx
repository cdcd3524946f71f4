import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { limits } from '../../core/session/state.ts';
import type { StateView } from '../../protocol/hindsight-v1.ts';
import { useLooper, useSession, useTopics } from '../link/use-page.ts';
import { Meter } from '../parts/meter.tsx';
import { Stepper } from '../parts/stepper.tsx';

const sources: Readonly<Record<StateView['latency']['source'], string>> = {
  none: 'never measured here: measure once for this interface',
  manual: 'set by hand',
  measured: 'measured',
};

const phases: Readonly<Record<StateView['calibration']['phase'], string>> = {
  idle: '',
  sounding: 'Eight bursts in ten seconds: be quiet.',
  weighing: 'Looking at what came in.',
};

const LatencyCard = (): JSX.Element => {
  const looper = useLooper();
  const frames = useSession(({ latency }) => latency.frames, 0);
  const source = useSession(({ latency }) => latency.source, 'none');
  const rate = useSession((state) => state.rate, 48_000);
  return (
    <section class="card">
      <h2>Latency</h2>
      <p class="huge">
        {((frames * 1000) / rate).toFixed(2)}
        <small> ms</small>
      </p>
      <p class="hint">{sources[source]}; it holds for the loops to come</p>
      <Stepper
        label="Latency in frames"
        unit="frames"
        value={frames}
        range={limits.latencyFrames}
        show={String}
        onChange={(value) => void looper.command({ type: 'setLatency', frames: Math.round(value) })}
      />
    </section>
  );
};

const MeasureCard = (): JSX.Element => {
  const looper = useLooper();
  const phase = useSession(({ calibration }) => calibration.phase, 'idle');
  const last = useSession(({ calibration }) => calibration.last, null);
  const sounds = useSession(
    ({ tracks }) => tracks.some(({ state }) => state === 'PLAYING' || state === 'STOPPING'),
    false,
  );
  const [isMuting, setMuting] = useState(false);
  const measure = () => void looper.command({ type: 'calibrate', ...(sounds && isMuting && { mute: true }) });
  return (
    <section class="card">
      <h2>Measure</h2>
      {phase === 'idle' ? (
        <button type="button" class="big go" onClick={measure}>
          Measure now
        </button>
      ) : (
        <button type="button" class="big danger" onClick={() => void looper.command({ type: 'cancelCalibration' })}>
          Cancel
        </button>
      )}
      {sounds && (
        <label class="check">
          <input type="checkbox" checked={isMuting} onChange={(event) => setMuting(event.currentTarget.checked)} />
          Silence the loops meanwhile
        </label>
      )}
      <p class="hint" role="status" data-level={phase === 'idle' && last === 'failed' ? 'warn' : 'info'}>
        {phase !== 'idle' && phases[phase]}
        {phase === 'idle' && last === 'succeeded' && 'The last measurement succeeded.'}
        {phase === 'idle' && last === 'failed' && 'The last measurement found no latency: the picture says why.'}
        {phase === 'idle' && last === null && 'Wire an output to an input, or put a microphone at the speaker.'}
      </p>
      <Meter side="input" label="in" />
    </section>
  );
};

/** What the round trip is, how it was found, and the picture that tells how far to believe it. */
export const Calibration = (): JSX.Element => {
  useTopics(['levels']);
  const picture = useSession(({ calibration }) => calibration.picture, 0);
  return (
    <div class="cards">
      <LatencyCard />
      <MeasureCard />
      <section class="card card-wide">
        <h2>Picture of the last measurement</h2>
        {picture === 0 ? (
          <p class="hint">There is none yet.</p>
        ) : (
          <a class="diagram" href={`/api/calibration.svg?n=${picture}`} target="_blank" rel="noreferrer">
            <img src={`/api/calibration.svg?n=${picture}`} alt="The latency, burst by burst" width="960" height="540" />
          </a>
        )}
      </section>
    </div>
  );
};
