import type { JSX } from 'preact';
import type { Told } from '../link/mirror.ts';
import { usePage } from '../link/use-page.ts';
import { lastWords } from '../words/last-words.ts';
import { sentence } from '../words/sentence.ts';

const Line = ({ told, isAside }: { readonly told: Told; readonly isAside: boolean }): JSX.Element => (
  <p class={isAside ? 'word-aside' : 'word-deed'} data-level={told.word.level} data-long={told.word.text.length > 64}>
    {sentence(told.word.text)}
  </p>
);

/** What the last stomp did, or why it was refused; and smaller what happened beside. */
export const WordLine = (): JSX.Element => {
  const told = usePage(({ mirror }) => mirror.told);
  const { deed, aside } = lastWords(told);
  return (
    <div class="word-line" aria-live="polite">
      {deed !== undefined && <Line key={deed.serial} told={deed} isAside={false} />}
      {aside !== undefined && <Line key={aside.serial} told={aside} isAside={true} />}
    </div>
  );
};
