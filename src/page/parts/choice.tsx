import type { JSX } from 'preact';

type Props<Value> = {
  readonly label: string;
  readonly values: readonly (readonly [value: Value, words: string])[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
};

/** A few buttons of which one is on. */
export const Choice = <Value extends string | number>({
  label,
  values,
  value,
  onChoose,
}: Props<Value>): JSX.Element => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in all browsers.
  <div class={`choice ${values.length === 8 ? 'choice-four' : ''}`} role="group" aria-label={label}>
    {values.map(([one, words]) => (
      <button key={one} type="button" aria-pressed={one === value} onClick={() => onChoose(one)}>
        {words}
      </button>
    ))}
  </div>
);
