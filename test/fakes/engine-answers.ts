import type { SoundFact } from '../../src/core/sound/fact.ts';
import { takesAll } from './fake-audio-engine.ts';

const fact = (
  type: Extract<SoundFact, { loopId: number }>['type'],
  { track, loopId }: { readonly track: number; readonly loopId: number },
): SoundFact => ({ type, frame: 200_000, track, loopId });

/** Answers of an engine that does at once, inside `send`, all that it is asked. */
export const promptly: typeof takesAll = {
  ...takesAll,
  capture: (command) => [fact('captureStarted', command), fact('loopStarted', command)],
  start: (command) => [fact('loopStarted', command)],
  stop: (command) => [fact('loopStopped', command)],
};
