import type { JSX } from 'preact';
import { usePage, useSession, useTopics } from '../link/use-page.ts';
import { duration } from '../words/quantities.ts';
import { sentence } from '../words/sentence.ts';
import { boxFigures, type Figure, memoryShare, soundFigures } from './figures.ts';
import { Warnings } from './warnings.tsx';

const Figures = ({ title, figures }: { readonly title: string; readonly figures: readonly Figure[] }): JSX.Element => (
  <section class="card card-wide">
    <h2>{title}</h2>
    <dl class="figures">
      {figures.map(({ name, value, hint, isBad }) => (
        <div key={name} class="figure" data-bad={isBad}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b>
            <small>{hint}</small>
          </dd>
        </div>
      ))}
    </dl>
  </section>
);

const Memory = (): JSX.Element | null => {
  const state = usePage(({ mirror }) => mirror.state);
  if (state === null) return null;
  const { tapeSeconds, usedSeconds, budgetSeconds, share } = memoryShare(state);
  return (
    <section class="card">
      <h2>Memory</h2>
      <p class="card-title">
        {duration(usedSeconds)}
        <small>of {duration(budgetSeconds)} in loops and undo</small>
      </p>
      <meter class="memory" aria-label="Memory used" min={0} max={1} high={0.9} value={share} />
      <p class="hint">The tape reaches back {duration(tapeSeconds)}.</p>
    </section>
  );
};

const Storage = (): JSX.Element => {
  const storage = useSession((state) => state.storage, undefined);
  const version = usePage(({ mirror }) => mirror.version);
  const isWell = storage?.state !== 'trouble';
  return (
    <section class="card">
      <h2>Sets on disk</h2>
      <p class="card-title" data-good={isWell}>
        {isWell ? 'Kept' : 'Not kept'}
        <small>{isWell ? 'each loop within a second' : (storage?.code ?? '')}</small>
      </p>
      <p class="hint">{storage?.reason ?? `Hindsight ${version}`}</p>
    </section>
  );
};

const Words = (): JSX.Element => {
  const told = usePage(({ mirror }) => mirror.told);
  return (
    <section class="card card-wide">
      <h2>What happened</h2>
      <ol class="told">
        {told.toReversed().map(({ serial, word }) => (
          <li key={serial} data-level={word.level}>
            {sentence(word.text)}
          </li>
        ))}
      </ol>
    </section>
  );
};

/** Whether the box is well: in one word first, then in figures. */
export const Health = (): JSX.Element => {
  useTopics(['health']);
  const health = usePage(({ mirror }) => mirror.health);
  const rate = useSession((state) => state.rate, 48_000);
  const blockFrames = useSession((state) => state.interface.blockFrames, 256);
  return (
    <div class="cards">
      <Warnings />
      {health !== null && <Figures title="Sound" figures={soundFigures(health)} />}
      <Memory />
      <Storage />
      {health !== null && <Figures title="Box" figures={boxFigures(health, rate, blockFrames)} />}
      <Words />
    </div>
  );
};
