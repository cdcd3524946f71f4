import type { EngineOptions, Pair } from './protocol.ts';

/** The pairs that something goes out to, each once. */
export const outputPairs = ({ loops, click, monitor }: EngineOptions['outputs']): readonly Pair[] => {
  const named = monitor === undefined ? [loops, click] : [loops, click, monitor];
  return named.filter((pair, at) => named.findIndex(([left, right]) => left === pair[0] && right === pair[1]) === at);
};
