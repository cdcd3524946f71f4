import type { JSX } from 'preact';
import { useTopics } from '../link/use-page.ts';
import { BarsCard } from './bars-card.tsx';
import { ClickCard } from './click-card.tsx';
import { SetsCard } from './sets-card.tsx';
import { TempoCard } from './tempo-card.tsx';

export const SetView = (): JSX.Element => {
  useTopics([]);
  return (
    <div class="cards">
      <TempoCard />
      <div class="stack">
        <BarsCard />
        <ClickCard />
      </div>
      <SetsCard />
    </div>
  );
};
