import type { JSX } from 'preact';
import { usePage, useSession, useTopics } from '../link/use-page.ts';
import { Meter } from '../parts/meter.tsx';
import { ControllerCard } from './controller-card.tsx';
import { ListenCard } from './listen-card.tsx';
import { MonitorCard } from './monitor-card.tsx';

const InterfaceCard = (): JSX.Element => {
  const card = useSession((state) => state.interface, undefined);
  const rate = useSession((state) => state.rate, 48_000);
  const isHere = card?.state === 'here';
  const blockMs = card === undefined ? 0 : (card.blockFrames * 1000) / rate;
  return (
    <section class="card">
      <h2>Interface</h2>
      <p class="card-title" data-good={isHere}>
        {card?.title ?? 'None was there yet'}
        <small>{isHere ? 'here' : 'not there'}</small>
      </p>
      <p class="hint">
        {(rate / 1000).toFixed(1)} kHz · blocks of {card?.blockFrames ?? 0} frames ({blockMs.toFixed(1)} ms) ·{' '}
        {card?.queueBlocks ?? 0} ahead
      </p>
      <Meter side="input" label="in" />
      <Meter side="output" label="out" />
    </section>
  );
};

export const Rig = (): JSX.Element => {
  useTopics(['levels', 'lamps', 'monitor']);
  const controllers = usePage(({ mirror }) => mirror.controllers);
  return (
    <div class="cards">
      <div class="stack">
        <InterfaceCard />
        <ListenCard />
      </div>
      {controllers.length === 0 && (
        <section class="card">
          <h2>Controllers</h2>
          <p class="hint">None is plugged in. Plug one in at any time: it lights up, and is shown here.</p>
        </section>
      )}
      {controllers.map((controller, index) => (
        <ControllerCard key={`${index} ${controller.name}`} controller={controller} />
      ))}
      <MonitorCard />
    </div>
  );
};
