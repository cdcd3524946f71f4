import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePage, useSession } from '../link/use-page.ts';
import { isListening } from '../listen/listening.ts';
import { Icon } from '../parts/icon.tsx';

export const views = ['stage', 'set', 'rig', 'latency', 'health'] as const;
export type View = (typeof views)[number];

const names: Readonly<Record<View, string>> = {
  stage: 'Stage',
  set: 'Set',
  rig: 'Rig',
  latency: 'Latency',
  health: 'Health',
};

const viewOf = (hash: string): View => views.find((view) => `#${view}` === hash) ?? 'stage';

/** In the address, so that the phone's back button goes back. */
export const useView = (): View => {
  const [view, setView] = useState(() => viewOf(location.hash));
  useEffect(() => {
    const look = () => setView(viewOf(location.hash));
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  return view;
};

export const Tabs = ({ shown }: { readonly shown: View }): JSX.Element => {
  const listens = usePage(({ listening }) => isListening(listening));
  const warnings = useSession((state) => state.warnings, undefined) ?? [];
  const titles = warnings.map(({ title }) => title).join(', ');
  const isBad = warnings.some(({ level }) => level === 'bad');
  return (
    <nav class="tabs" aria-label="Views">
      {views.map((view) => (
        <a key={view} href={`#${view}`} aria-current={view === shown ? 'page' : undefined}>
          <Icon name={view} />
          <span>{names[view]}</span>
          {view === 'rig' && listens && <i class="tab-mark" title="This page listens" />}
          {view === 'health' && titles !== '' && (
            <i class="tab-warning" role="status" data-level={isBad ? 'bad' : 'warn'} title={titles}>
              {warnings.length === 1 ? titles : `${warnings.length} warnings`}
            </i>
          )}
        </a>
      ))}
    </nav>
  );
};
