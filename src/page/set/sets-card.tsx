import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSession } from '../link/use-page.ts';
import { Choice } from '../parts/choice.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { NameSheet } from './name-sheet.tsx';
import { SetRow } from './set-row.tsx';
import { useSets } from './use-sets.ts';

/** What lies over the card. */
type Over =
  | { readonly kind: 'saveAs' }
  | { readonly kind: 'more' | 'rename' | 'delete'; readonly name: string }
  | { readonly kind: 'recover'; readonly name: string; readonly place: number };

export const SetsCard = (): JSX.Element => {
  const { shelf, isBusy, ask } = useSets();
  const name = useSession(({ set }) => set.name, null);
  const isComing = useSession(({ set }) => set.incoming !== null, false);
  const [shown, setShown] = useState<'sets' | 'bin'>('sets');
  const [over, setOver] = useState<Over | undefined>();
  const close = () => setOver(undefined);
  const isOff = isBusy || isComing;

  return (
    <section class="card card-wide">
      <h2>Sets</h2>
      <p class="set-now">{name ?? 'A set without a name'}</p>
      <div class="sheet-row">
        <button
          type="button"
          class="big go"
          disabled={isBusy}
          onClick={() => (name === null ? setOver({ kind: 'saveAs' }) : void ask({ act: 'save' }))}
        >
          Save
        </button>
        <button type="button" class="big" disabled={isBusy} onClick={() => setOver({ kind: 'saveAs' })}>
          Save as
        </button>
        <button type="button" class="big" disabled={isOff} onClick={() => void ask({ act: 'new' })}>
          New
        </button>
      </div>
      <Choice
        label="Which sets are shown"
        values={[
          ['sets', `Saved (${shelf.sets.length})`],
          ['bin', `Bin (${shelf.bin.length})`],
        ]}
        value={shown}
        onChoose={setShown}
      />
      {shown === 'sets' ? (
        <ol class="set-list">
          {shelf.sets.length === 0 && <li class="hint">Nothing is saved yet. What you play is kept all the same.</li>}
          {shelf.sets.map((set, index) => (
            <SetRow
              key={set.name}
              set={set}
              place={index + 1}
              isCurrent={set.name === name}
              isOff={isOff}
              verb="Load"
              onMain={() => void ask({ act: 'load', name: set.name })}
              onMore={() => setOver({ kind: 'more', name: set.name })}
            />
          ))}
        </ol>
      ) : (
        <ol class="set-list">
          {shelf.bin.length === 0 && <li class="hint">The bin is empty.</li>}
          {shelf.bin.map((set, index) => (
            <SetRow
              // A name may lie in the bin more than once: its place is what the looper goes by.
              key={`${index} ${set.name}`}
              set={set}
              place={index + 1}
              isCurrent={false}
              isOff={isOff}
              verb="Recover"
              onMain={() => setOver({ kind: 'recover', name: set.name, place: index + 1 })}
            />
          ))}
        </ol>
      )}
      <div class="sheet-row">
        <a class="big" href="/api/export.zip?passes=2&tape=1" download="hindsight.zip">
          Export all
          <small>loops, mix and tape, as a ZIP</small>
        </a>
      </div>
      {over?.kind === 'saveAs' && (
        <NameSheet
          title="Save as"
          first={name ?? ''}
          verb="Save"
          onName={(to) => void ask({ act: 'save', name: to })}
          onClose={close}
        />
      )}
      {over?.kind === 'rename' && (
        <NameSheet
          title={`Rename “${over.name}”`}
          first={over.name}
          verb="Rename"
          onName={(to) => void ask({ act: 'rename', name: over.name, to })}
          onClose={close}
        />
      )}
      {over?.kind === 'recover' && (
        <NameSheet
          title="Out of the bin, under the name"
          first={over.name}
          verb="Recover"
          onName={(to) => void ask({ act: 'recover', place: over.place, name: to })}
          onClose={close}
        />
      )}
      {over?.kind === 'more' && (
        <Sheet title={over.name} onClose={close}>
          <div class="sheet-row">
            <button type="button" class="big" onClick={() => setOver({ kind: 'rename', name: over.name })}>
              Rename
            </button>
            <button type="button" class="big danger" onClick={() => setOver({ kind: 'delete', name: over.name })}>
              Delete
            </button>
          </div>
        </Sheet>
      )}
      {over?.kind === 'delete' && (
        <Sheet title={`Delete “${over.name}”?`} onClose={close}>
          <p>It goes into the bin, from which it can be had back.</p>
          <div class="sheet-row">
            <button
              type="button"
              class="big danger"
              onClick={() => {
                void ask({ act: 'delete', name: over.name });
                close();
              }}
            >
              Delete
            </button>
            <button type="button" class="big" onClick={close}>
              Keep it
            </button>
          </div>
        </Sheet>
      )}
    </section>
  );
};
