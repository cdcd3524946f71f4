import type { JSX } from 'preact';
import { limits } from '../../core/session/state.ts';
import { useLooper, useSession } from '../link/use-page.ts';
import { Icon } from '../parts/icon.tsx';
import { Stepper } from '../parts/stepper.tsx';
import { usePress } from '../parts/use-press.ts';
import { bpmText } from '../words/quantities.ts';

export const TempoCard = (): JSX.Element => {
  const looper = useLooper();
  const bpm = useSession(({ grid }) => grid.bpm, 120);
  const beatsPerBar = useSession(({ grid }) => grid.beatsPerBar, 4);
  const isLocked = useSession(({ tracks }) => tracks.some(({ loop }) => loop !== null), false);
  const tap = usePress({ onPress: (atMs) => void looper.command({ type: 'tap' }, atMs) });
  return (
    <section class="card">
      <h2>Tempo</h2>
      <Stepper
        label="Tempo"
        unit="bpm"
        value={bpm}
        range={limits.bpm}
        isOff={isLocked}
        show={bpmText}
        onChange={(value) => void looper.command({ type: 'setBpm', bpm: value })}
      />
      <button type="button" class="big tap" aria-disabled={isLocked} {...tap}>
        <Icon name="tap" />
        Tap
      </button>
      <Stepper
        label="Beats in a bar"
        unit={beatsPerBar === 1 ? 'beat a bar' : 'beats a bar'}
        value={beatsPerBar}
        range={limits.beatsPerBar}
        isOff={isLocked}
        show={String}
        onChange={(value) => void looper.command({ type: 'setBeatsPerBar', beatsPerBar: value })}
      />
      {isLocked && <p class="hint">Tempo and meter stay as they are while there are loops. A reset frees them.</p>}
    </section>
  );
};
