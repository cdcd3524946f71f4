import type { JSX } from 'preact';
import { Calibration } from './calibration/calibration.tsx';
import { Banner } from './frame/banner.tsx';
import { BeatDisplay } from './frame/beat-display.tsx';
import { Tabs, useView, type View } from './frame/tabs.tsx';
import { useKeys } from './frame/use-keys.ts';
import { useWakeLock } from './frame/use-wake-lock.ts';
import { WordLine } from './frame/word-line.tsx';
import { Health } from './health/health.tsx';
import { usePage } from './link/use-page.ts';
import { Rig } from './rig/rig.tsx';
import { SetView } from './set/set-view.tsx';
import { Stage } from './stage/stage.tsx';

const drawn = (view: View): JSX.Element => {
  switch (view) {
    case 'stage':
      return <Stage />;
    case 'set':
      return <SetView />;
    case 'rig':
      return <Rig />;
    case 'latency':
      return <Calibration />;
    case 'health':
      return <Health />;
  }
};

export const App = (): JSX.Element => {
  const view = useView();
  const isStale = usePage(({ silence }) => silence.kind !== 'none');
  useKeys();
  useWakeLock();
  return (
    <div class="app" data-view={view} data-stale={isStale}>
      <Banner />
      <BeatDisplay />
      {/* Another view begins at its top. */}
      <main key={view} aria-label={view}>
        {drawn(view)}
      </main>
      <WordLine />
      <Tabs shown={view} />
    </div>
  );
};
