import type { JSX } from 'preact';
import type { ControllerPicture } from '../../protocol/hindsight-v1.ts';

type LampPicture = NonNullable<ControllerPicture['rows'][number][number]>;

/** `dim-green` is green and dim; `on` is the only colour that a lamp has. */
const Lamp = ({ lamp }: { readonly lamp: LampPicture }): JSX.Element => {
  const isDim = lamp.shade.startsWith('dim-');
  const colour = isDim ? lamp.shade.slice(4) : lamp.shade;
  return (
    <span
      class="lamp"
      data-colour={colour}
      data-dim={isDim}
      data-by={lamp.by}
      role="img"
      aria-label={`${lamp.id}: ${lamp.shade}${lamp.by === 'steady' ? '' : `, ${lamp.by}`}`}
      title={lamp.id}
    />
  );
};

/** What the looper believes that the controller shows: where the foot sees something else, a message was lost. */
export const ControllerCard = ({ controller }: { readonly controller: ControllerPicture }): JSX.Element => {
  const { title, name, connected, why, page, rows } = controller;
  const columns = Math.max(1, ...rows.map((row) => row.length));
  return (
    <section class="card" data-away={!connected}>
      <h2>Controller</h2>
      <p class="card-title" data-good={connected}>
        {title}
        <small>{connected ? `page ${page + 1}` : 'unplugged'}</small>
      </p>
      <p class="hint">
        {name} · {why}
      </p>
      <div class="lamps" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {rows.flatMap((row, y) =>
          Array.from({ length: columns }, (_, x) => {
            const lamp = row[x] ?? null;
            return lamp === null ? <i key={`${y}-${x}`} class="lamp-gap" /> : <Lamp key={`${y}-${x}`} lamp={lamp} />;
          }),
        )}
      </div>
    </section>
  );
};
