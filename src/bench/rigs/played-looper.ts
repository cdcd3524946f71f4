import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { composeLive, type Live } from '../../compose/live.ts';
import { loadSettings } from '../../config/settings.ts';
import type { EventLog } from '../../ports/event-log.ts';

const profiles = fileURLToPath(new URL('../../../config/controllers', import.meta.url));

/** A bar of a quarter of a second; every stomp on an empty track means the bar before now, and plays at once. */
const config = {
  session: { bpm: 240, beatsPerBar: 1, bars: 1, retroThreshold: 1 },
  web: { port: 0 },
  log: { level: 'silent' },
};

/** The looper in this process, as `hindsight run` composes it, on the simulated rig; with a keyboard that is pressed by hand. */
export const playedLooper = async (folder: string, witness: EventLog): Promise<Live & { press(key: string): void }> => {
  const file = join(folder, 'hindsight.yaml');
  writeFileSync(file, JSON.stringify(config));
  const settings = loadSettings(file, { folder: profiles });
  const keys = new PassThrough();
  const screen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const live = await composeLive({
    ...{ config: settings.config, source: { load: settings.profiles, ownFolder: folder }, stateFolder: folder },
    ...{ rig: { rig: 'simulated', play: undefined, cableFrames: undefined }, takesControllers: false },
    ...{ keepsSets: true, servesFrontEnds: true, events: undefined, witness, backstagePath: undefined },
    terminal: { input: keys, output: screen },
    onQuit: () => undefined,
    onLost: () => undefined,
  });
  return { ...live, press: (key) => void keys.write(key) };
};
