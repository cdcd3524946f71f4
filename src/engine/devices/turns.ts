/**
 * What does some work at each call, and what is left of it in turns of its own: `doSome` says whether there may be more. However often it is
 * called, and however much there is to do, the thread gets round to all else in between. Allocates nothing while there is little to do.
 */
export const takingTurns = (doSome: () => boolean): (() => void) => {
  let isWaiting = false;
  const goOn = (): void => {
    isWaiting = false;
    work();
  };
  const work = (): void => {
    if (isWaiting) return;
    isWaiting = doSome();
    if (isWaiting) setImmediate(goOn);
  };
  return work;
};
