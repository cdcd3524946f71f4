import type { JSX } from 'preact';
import { useSession } from '../link/use-page.ts';
import { sentence } from '../words/sentence.ts';

/** What is not well, the worst first, with what to do. */
export const Warnings = (): JSX.Element => {
  const warnings = useSession((state) => state.warnings, undefined);
  const isWell = warnings === undefined || warnings.length === 0;
  return (
    <section class="card card-wide" aria-label="Warnings">
      <h2>How it is</h2>
      {isWell && (
        <p class="card-title" data-good={true}>
          {warnings === undefined ? 'Not known yet' : 'All is well'}
        </p>
      )}
      {!isWell && (
        <ul class="warnings">
          {warnings.map(({ code, level, title, text }) => (
            <li key={code} data-level={level}>
              <b>{title}</b>
              <span>{sentence(text)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
