import type { SessionSettings } from '../core/session/state.ts';
import { bytesPerFrame } from '../core/sound/span.ts';
import type { Rate } from '../core/time/units.ts';
import { budgetBytes, type Config, tapeBytes } from './schema.ts';

/** What the config says of the session, at the rate that the rig runs at. */
export const sessionSettings = (config: Config, rate: Rate): SessionSettings => {
  const { session, click, audio, tape } = config;
  const tapeNeeds = tapeBytes({ audio: { rate }, tape });
  return {
    rate,
    bpm: session.bpm,
    beatsPerBar: session.beatsPerBar,
    tracks: session.tracks,
    bars: session.bars,
    retroThreshold: session.retroThreshold,
    clickVolume: click.volume,
    clickMuted: click.muted,
    latencyFrames: audio.latencyFrames ?? 0,
    latencySource: audio.latencyFrames === null ? 'none' : 'manual',
    output:
      audio.outputShare === null
        ? { share: 1, lessFrames: audio.blockFrames }
        : { share: audio.outputShare, lessFrames: 0 },
    tapeFrames: Math.floor(tape.seconds * rate),
    budgetFrames: Math.max(0, Math.floor((budgetBytes(config) - tapeNeeds) / bytesPerFrame)),
  };
};
