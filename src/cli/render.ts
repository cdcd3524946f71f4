import { setImmediate as breath } from 'node:timers/promises';
import { composeRender, type Render } from '../compose/render.ts';
import { limits } from '../core/session/state.ts';
import { maxBlockFrames } from '../engine/protocol.ts';
import { type ExitCode, exitCodes, stopSignals } from './exit.ts';
import { optionsOf, required, wholeOption } from './options.ts';
import { showProgress } from './progress.ts';
import { settingsFrom, warnOf } from './settings.ts';

export const renderHelp = `hindsight render --input IN.wav --midi STOMPS.mid --output OUT.wav
                 [--events EVENTS.jsonl] [--config FILE] [--block FRAMES] [--latency FRAMES]

Plays a show from files, faster than real time and exact to the sample: the same files give the same
bytes on every run and for every block size.

  --input FILE     what the interface captured: WAV, mono or stereo, 16, 24 or 32-bit integer or
                   32-bit float, 44.1 to 96 kHz; beat 0 of bar 0 is its first frame
  --midi FILE      what the controller sent: a Standard MIDI File, all its tracks; the controller is
                   the first that the config names, else the generic one
  --output FILE    loops and click, without the dry signal: 32-bit float, stereo, as long as the
                   input
  --events FILE    a JSON line for each thing that happened: track, beat, lamp, refused, clip
  --config FILE    settings; without it /etc/hindsight/hindsight.yaml of the
                   package, or config/hindsight.yaml of the sources
  --block FRAMES   1 to ${maxBlockFrames} (default 256)
  --latency FRAMES the sound of grid frame t lies at t + FRAMES in the input (default: the config's)

The files appear when all is done; a render that is stopped or fails leaves none.
`;

/** An interrupted render leaves nothing under the names asked for, and says so. */
class Interrupted extends Error {}

/** Renders a show, a second of sound at a time, so that a signal can stop it in between. */
export const render = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('render', args, {
    input: { type: 'string' },
    midi: { type: 'string' },
    output: { type: 'string' },
    events: { type: 'string' },
    config: { type: 'string' },
    block: { type: 'string', default: '256' },
    latency: { type: 'string' },
  });
  const output = required('render', 'output', options.output);
  const { config, source } = settingsFrom(options.config);
  const interruption = interruptible();
  const opened = await composeRender({
    input: required('render', 'input', options.input),
    midi: required('render', 'midi', options.midi),
    output,
    events: options.events,
    configFile: options.config,
    blockFrames: wholeOption('render', 'block', options.block, 1, maxBlockFrames),
    latencyFrames:
      options.latency === undefined
        ? undefined
        : wholeOption('render', 'latency', options.latency, 0, limits.latencyFrames.max),
    config,
    source,
    onLeftOut: warnOf,
  });
  try {
    await playAll(opened, interruption);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write(
      `${output}: stopped by ${error.message} before the end; nothing was written; start it again\n`,
    );
    return exitCodes.failed;
  } finally {
    await opened.close();
  }
};

/** From now on a signal to stop is noted, to be acted on between two steps: temporary files do not stay behind. */
const interruptible = (): { by: string | undefined } => {
  const interruption: { by: string | undefined } = { by: undefined };
  for (const signal of stopSignals) {
    process.on(signal, () => {
      interruption.by = signal;
    });
  }
  return interruption;
};

const playAll = async (opened: Render, interruption: { readonly by: string | undefined }): Promise<void> => {
  const step = 48000;
  for (let frame = 0; frame < opened.frames; frame += step) {
    opened.advanceTo(Math.min(opened.frames, frame + step));
    showProgress('rendering', (frame + step) / opened.frames);
    await breath();
    if (interruption.by !== undefined) throw new Interrupted(interruption.by);
  }
  opened.commit();
};
