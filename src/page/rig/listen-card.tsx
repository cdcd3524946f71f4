import type { JSX } from 'preact';
import { usePage } from '../link/use-page.ts';
import { isListening, type Listening } from '../listen/listening.ts';
import { useListener } from '../listen/use-listener.ts';
import { Icon } from '../parts/icon.tsx';

const wordsOf = (listening: Listening): string => {
  switch (listening.kind) {
    case 'off':
      return 'Plays here what the looper plays, some 150 ms later: to listen, not to play along.';
    case 'starting':
      return 'Waiting for sound.';
    case 'on':
      return 'This page plays what the looper plays.';
    case 'failed':
      return listening.reason;
  }
};

export const ListenCard = (): JSX.Element => {
  const listening = usePage((page) => page.listening);
  const { start, stop } = useListener();
  const isOn = isListening(listening);
  return (
    <section class="card">
      <h2>Listen</h2>
      <div class="sheet-row">
        <button type="button" class="big" aria-pressed={isOn} onClick={isOn ? stop : start}>
          <Icon name="ear" />
          {isOn ? 'Stop listening' : 'Listen'}
        </button>
      </div>
      <p class="hint" role="status" data-level={listening.kind === 'failed' ? 'warn' : 'info'}>
        {wordsOf(listening)}
      </p>
    </section>
  );
};
