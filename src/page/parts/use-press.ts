import type { TargetedEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const holdMs = 600;

type Press = {
  /** At once when it goes down; with the time at which it did. */
  readonly onPress?: (atMs: number) => void;
  /** Held for `holdMs`. */
  readonly onHold?: () => void;
  /** Let go of before that. */
  readonly onShort?: () => void;
};

type Handlers = {
  readonly onPointerDown: (event: TargetedEvent<HTMLElement, PointerEvent>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onPointerLeave: () => void;
  readonly onKeyDown: (event: TargetedEvent<HTMLElement, KeyboardEvent>) => void;
  readonly onKeyUp: (event: TargetedEvent<HTMLElement, KeyboardEvent>) => void;
  readonly onClick: (event: TargetedEvent<HTMLElement, MouseEvent>) => void;
  readonly onBlur: () => void;
  readonly onContextMenu: (event: Event) => void;
};

/** A click so soon after a finger was there is that finger's. */
const sameFingerMs = 1000;

const isPressKey = (key: string): boolean => key === 'Enter' || key === ' ';

/** An event's own time, which a busy page hears of later; not every browser counts it from where `performance` does. */
const timeOf = ({ timeStamp }: Event): number => {
  const nowMs = performance.now();
  return timeStamp > nowMs - 1000 && timeStamp <= nowMs ? timeStamp : nowMs;
};

/**
 * A button as a pad is one: it acts on the press and not on the release, by finger, mouse and key. `data-held` on the element is for its looks.
 * A screen reader clicks without pressing: that is a press, and one let go of.
 */
export const usePress = ({ onPress, onHold, onShort }: Press): Handlers => {
  const down = useRef<{ readonly timer: number; readonly element: HTMLElement } | undefined>(undefined);
  const fingerMs = useRef(Number.NEGATIVE_INFINITY);
  const wasHeld = useRef(false);

  const end = (): void => {
    if (down.current === undefined) return;
    clearTimeout(down.current.timer);
    down.current.element.removeAttribute('data-held');
    down.current = undefined;
  };
  const begin = (element: HTMLElement, event: Event): void => {
    end();
    wasHeld.current = false;
    onPress?.(timeOf(event));
    if (onHold === undefined) return;
    element.setAttribute('data-held', '');
    const timer = window.setTimeout(() => {
      end();
      wasHeld.current = true;
      onHold();
    }, holdMs);
    down.current = { timer, element };
  };
  useEffect(() => end, []);

  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      fingerMs.current = performance.now();
      begin(event.currentTarget, event);
    },
    onPointerUp: () => {
      fingerMs.current = performance.now();
      end();
    },
    onPointerCancel: end,
    onPointerLeave: end,
    onKeyDown: (event) => {
      if (!isPressKey(event.key)) return;
      event.preventDefault();
      if (!event.repeat) begin(event.currentTarget, event);
    },
    onKeyUp: (event) => {
      if (!isPressKey(event.key)) return;
      event.preventDefault();
      const wasShort = down.current !== undefined || onHold === undefined;
      end();
      if (wasShort) onShort?.();
    },
    onClick: (event) => {
      const isFinger = performance.now() - fingerMs.current < sameFingerMs;
      // Not every hold is followed by a click: one that comes later, or after a key, is a press of its own.
      const endsHold = wasHeld.current && isFinger;
      wasHeld.current = false;
      if (endsHold) return;
      if (!isFinger) onPress?.(timeOf(event));
      onShort?.();
    },
    // Whoever is elsewhere does not hold this one any more.
    onBlur: end,
    // A long touch opens the browser's own menu where nobody prevents it.
    onContextMenu: (event) => event.preventDefault(),
  };
};
