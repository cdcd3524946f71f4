import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useOwnValue } from './use-own-value.ts';

type Props = {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly range: { readonly min: number; readonly max: number };
  readonly isOff?: boolean;
  readonly show: (value: number) => string;
  readonly onChange: (value: number) => void;
};

const firstRepeatMs = 450;
const repeatMs = 110;

/** A large number between two large buttons, which may be held; and the number itself can be typed. */
export const Stepper = ({ label, unit, value, range, isOff = false, show, onChange }: Props): JSX.Element => {
  const { min, max } = range;
  const [typed, setTyped] = useState<string | undefined>();
  const [shown, setShown] = useOwnValue(value);
  const timer = useRef(0);
  const wanted = useRef(value);
  wanted.current = shown;
  const stop = (): void => {
    clearTimeout(timer.current);
    timer.current = 0;
  };
  useEffect(() => stop, []);
  const change = (by: number): void => {
    const next = Math.min(max, Math.max(min, Math.round((wanted.current + by) * 100) / 100));
    if (next === wanted.current) return;
    wanted.current = next;
    setShown(next);
    onChange(next);
  };
  const begin = (by: number): void => {
    const again = (): void => {
      change(by);
      timer.current = window.setTimeout(again, repeatMs);
    };
    stop();
    change(by);
    timer.current = window.setTimeout(again, firstRepeatMs);
  };
  const commit = (): void => {
    const number = Number((typed ?? '').replace(',', '.'));
    if (typed !== undefined && typed.trim() !== '' && Number.isFinite(number)) onChange(number);
    setTyped(undefined);
  };
  const button = (by: number, sign: string, words: string) => (
    <button
      type="button"
      class="step"
      aria-label={`${label}: ${words}`}
      aria-disabled={isOff}
      onPointerDown={(event) => event.button === 0 && begin(by)}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      // A key or a screen reader clicks without a pointer.
      onClick={(event) => event.detail === 0 && change(by)}
    >
      {sign}
    </button>
  );
  return (
    <div class="stepper">
      {button(-1, '−', 'less')}
      <label class="stepper-value">
        <input
          aria-label={label}
          inputMode="decimal"
          value={typed ?? show(shown)}
          readOnly={isOff}
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setTyped(undefined);
          }}
        />
        <span class="label">{unit}</span>
      </label>
      {button(1, '+', 'more')}
    </div>
  );
};
