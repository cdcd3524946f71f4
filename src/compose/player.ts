import { openWav } from '../adapters/files/wav-reader.ts';
import type { Config } from '../config/schema.ts';
import { UserError } from '../core/errors.ts';
import type { Rate } from '../core/time/units.ts';
import { riff } from '../engine/devices/riff.ts';

/** Five minutes: as long as a song that somebody plays to the simulated rig. */
const longestPlaySeconds = 300;

/** A WAV as the player of the simulated rig. Throws `UserError` when it cannot be. */
const playerFrom = (path: string, rate: Rate): Float32Array => {
  const wav = openWav(path);
  try {
    if (wav.rate !== rate) {
      throw new UserError(
        'wav-rate',
        `${path}: its rate is ${wav.rate} Hz; the rig runs at ${rate} Hz; set audio.rate or convert the file`,
      );
    }
    if (wav.frames > longestPlaySeconds * rate) {
      throw new UserError(
        'wav-long',
        `${path}: lasts ${Math.round(wav.frames / rate)} s; at most ${longestPlaySeconds} s can be played; cut the file`,
      );
    }
    const samples = new Float32Array(wav.frames * 2);
    wav.read(samples, wav.frames);
    return samples;
  } finally {
    wav.close();
  }
};

/** Who plays on the simulated rig: a WAV, a riff, or nobody where a cable is plugged into its input. */
export const playerOf = (config: Config, play: string | undefined, isCabled: boolean): SharedArrayBuffer => {
  const { audio, session } = config;
  const silence = new Float32Array(2);
  const riffOrSilence = isCabled ? silence : riff(audio.rate, session.bpm, session.beatsPerBar);
  const samples = play === undefined ? riffOrSilence : playerFrom(play, audio.rate);
  const player = new SharedArrayBuffer(samples.byteLength);
  new Float32Array(player).set(samples);
  return player;
};
