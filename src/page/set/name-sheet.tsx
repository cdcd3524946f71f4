import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { longestSetName } from '../../core/set/set-name.ts';
import { Sheet } from '../parts/sheet.tsx';

type Props = {
  readonly title: string;
  readonly first: string;
  readonly verb: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
};

export const NameSheet = ({ title, first, verb, onName, onClose }: Props): JSX.Element => {
  const [name, setName] = useState(first);
  const trimmed = name.trim();
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        class="name-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed === '') return;
          onName(trimmed);
          onClose();
        }}
      >
        <input
          class="text"
          aria-label="Name of the set"
          value={name}
          maxLength={longestSetName}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="big go" disabled={trimmed === ''}>
          {verb}
        </button>
      </form>
    </Sheet>
  );
};
