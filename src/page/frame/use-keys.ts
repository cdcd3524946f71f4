import { useEffect } from 'preact/hooks';
import { useLooper } from '../link/use-page.ts';
import { keyCommand } from '../stage/keys.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null;

/** The computer's keys are a controller on every view, but where somebody types. */
export const useKeys = (): void => {
  const looper = useLooper();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const command = keyCommand(event.key);
      if (command === undefined) return;
      event.preventDefault();
      void looper.command(command, Math.min(event.timeStamp, performance.now()));
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [looper]);
};
