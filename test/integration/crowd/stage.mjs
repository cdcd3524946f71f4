// The real session, engine and front of house, put together around pads that a thread plays; in a process of its own, where nothing else goes on.
// It is told by messages to stomp, and answers with the times that its lamps took.
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { NEVER } from 'rxjs';

/** As on a box of its own: what else this machine does just now is none of the looper's doing. Not everybody may. */
try {
  setPriority(constants.priority.PRIORITY_HIGHEST);
} catch {}

const compiled = (path) => import(new URL(`../../../dist/${path}`, import.meta.url).href);
const { WorkerEngine } = await compiled('adapters/engine/worker-engine.js');
const { engineOptions, stereo } = await compiled('adapters/engine/engine-options.js');
const { ThisMachine } = await compiled('adapters/machine/this-machine.js');
const { openWeb } = await compiled('adapters/web/server.js');
const { settingsFrom } = await compiled('cli/settings.js');
const { profileNamed } = await compiled('compose/profiles.js');
const { loadConfig } = await compiled('config/load.js');
const { sessionSettings } = await compiled('config/session-settings.js');
const { newSession } = await compiled('core/session/state.js');
const { ShowFront } = await compiled('streams/front/front-of-house.js');
const { Session } = await compiled('streams/session.js');
const { Show } = await compiled('streams/show.js');

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** The pads of the Launchpad's bottom row, whose lamps show each state in a colour of its own. */
const [firstPad, pads] = [11, 8];

/** A controller whose player stomps from a thread of its own, as drivers do, and sees its lamps. */
class Pads {
  name = 'pads';
  /** From the moment of each stomp until its own pad was told. */
  times = [];
  #waiting = new Map();
  #stomps = 0;

  onMessage(listener) {
    this.hear = listener;
  }

  onConnected(listener) {
    this.connect = listener;
  }

  send([, pad]) {
    const since = this.#waiting.get(pad);
    if (since === undefined) return true;
    this.#waiting.delete(pad);
    this.times.push(now() - since);
    return true;
  }

  stomp(time) {
    const pad = firstPad + (this.#stomps % pads);
    this.#stomps += 1;
    this.#waiting.set(pad, time);
    this.hear({ bytes: [0x90, pad, 100], time });
    this.hear({ bytes: [0x90, pad, 0], time: now() });
  }
}

const fail = (text) => {
  process.send({ failure: String(text) });
};
const quiet = () => undefined;

const config = loadConfig(process.argv[2]);
const { rate, blockFrames, queueBlocks } = config.audio;
const initial = newSession(sessionSettings(config, rate));
const audio = await WorkerEngine.start(engineOptions(initial, stereo), config.audio);
const clock = { now };
const session = new Session(initial, audio, clock);
const stage = { session, audio, clock };
const show = new Show(stage, [], fail);
const port = new Pads();
show.join({ profile: profileNamed(settingsFrom(undefined).source.load(), 'launchpad-mini-mk3'), port });
await audio.openDevice({ kind: 'simulated', player: new SharedArrayBuffer(8 * 4800), cableFrames: undefined });
port.connect();

const front = new ShowFront({
  ...{ stage, window: audio, figures: () => audio.figures(), joined: () => show.controllers },
  ...{ pictures$: NEVER, sets: undefined, interfaceTitle: () => 'simulated', version: '0', run: 'a-run' },
  ...{ machine: new ThisMachine(), audience: () => web.audience(), blocks: { blockFrames, queueBlocks } },
  backstage: { controllers: () => [], monitor: () => ({ stop: quiet, say: quiet }) },
  exportSet: () => Promise.reject(new Error('nothing is exported')),
});
const web = await openWeb(
  front,
  {
    ...{ host: '127.0.0.1', port: 0, names: [], origins: [], tls: null, listeners: 2, token: undefined },
    ...{ pageFolder: '/nowhere', work: { folder: '/nowhere', reserveBytes: 0 }, isWell: quiet },
    // Those who stall have to ask for more than the kernel's buffers hold, before it is measured.
    limits: { messageBurst: 1e6, stallMs: 600_000 },
  },
  { debug: quiet, info: quiet, warn: fail, error: fail },
);

const stomper = new Worker(fileURLToPath(new URL('stomper.mjs', import.meta.url)));
stomper.on('message', (message) => {
  if (message !== 'done') port.stomp(message);
  else process.send({ times: port.times.splice(0), clients: web.audience().hindsight });
});
process.on('message', ({ stomps }) => stomper.postMessage(stomps));
process.once('disconnect', () => process.exit());
process.send({ port: web.port });
