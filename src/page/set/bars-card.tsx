import type { JSX } from 'preact';
import { limits } from '../../core/session/state.ts';
import { useLooper, useSession } from '../link/use-page.ts';
import { Choice } from '../parts/choice.tsx';
import { Stepper } from '../parts/stepper.tsx';

const steps = [1, 2, 4, 8, 12, 16, 24, 32] as const;

export const BarsCard = (): JSX.Element => {
  const looper = useLooper();
  const bars = useSession((state) => state.bars, 4);
  const set = (value: number) => void looper.command({ type: 'setBars', bars: value });
  return (
    <section class="card">
      <h2>A stomp captures</h2>
      <Stepper
        label="Bars that a stomp captures"
        unit={bars === 1 ? 'bar' : 'bars'}
        value={bars}
        range={limits.bars}
        show={String}
        onChange={set}
      />
      <Choice
        label="Bars that a stomp captures"
        values={steps.map((value) => [value, String(value)] as const)}
        value={bars}
        onChoose={set}
      />
    </section>
  );
};
