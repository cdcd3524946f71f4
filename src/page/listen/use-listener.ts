import { useServices } from '../link/use-page.ts';

type Listen = { readonly start: () => void; readonly stop: () => void };

/** The one listener of the page: it goes on while other views are looked at. */
export const useListener = (): Listen => {
  const { listener } = useServices();
  return { start: () => listener.start(), stop: () => listener.stop() };
};
