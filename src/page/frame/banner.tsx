import type { JSX } from 'preact';
import { silenceText } from '../link/silence.ts';
import { usePage } from '../link/use-page.ts';

/** Over beat and bar, which nobody knows then: what is shown may be old. The seconds are for eyes only: read aloud they would never end. */
export const Banner = (): JSX.Element => {
  const silence = usePage((page) => page.silence);
  const isShutOut = usePage((page) => page.isShutOut);
  const text = silenceText(silence);
  return (
    <div class="banner" role="alert">
      {text !== undefined && (
        <p>
          <b>
            {isShutOut
              ? 'The looper does not know this page any more: open the link that “hindsight pair” shows'
              : text.replace(/ \d+ s$/, '')}
            {!isShutOut && 'seconds' in silence && <span aria-hidden="true"> {silence.seconds} s</span>}
          </b>
        </p>
      )}
    </div>
  );
};
