import { useEffect, useRef, useState } from 'preact/hooks';

/** So long the looper's answer may take. */
const ownMs = 800;

/**
 * What a control shows while a finger is at it: what the finger set, not what the looper still says. A step taken meanwhile goes on from there, and a
 * slider does not jump back.
 */
export const useOwnValue = (value: number): readonly [shown: number, set: (value: number) => void] => {
  const [own, setOwn] = useState<number | undefined>();
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (next: number): void => {
    setOwn(next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOwn(undefined), ownMs);
  };
  return [own ?? value, set];
};
