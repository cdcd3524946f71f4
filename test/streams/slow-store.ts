import type { SetStore } from '../../src/ports/set-store.ts';

/** A store that takes its time: its calls are done one by one, each when `goOn` is called. */
export const slowly = (store: SetStore): { readonly slow: SetStore; goOn(): void } => {
  const waiting: (() => void)[] = [];
  const slow = new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function' || key === 'framesAt') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return value.apply(target, args);
      };
    },
  });
  return { slow, goOn: () => waiting.shift()?.() };
};
