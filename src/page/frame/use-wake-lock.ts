import { useEffect } from 'preact/hooks';

/** The phone on the stand stays lit. Browsers allow it to secure pages only, and take it back whenever the page is hidden. */
export const useWakeLock = (): void => {
  useEffect(() => {
    const ask = (): void => {
      if (document.hidden || !('wakeLock' in navigator)) return;
      // Refused when the battery is low: the page is no worse for it.
      navigator.wakeLock.request('screen').catch(() => undefined);
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, []);
};
