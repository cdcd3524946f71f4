// Scenes of the foot: what the lamps say to a stomp, and how soon.
import { execFileSync, spawn } from 'node:child_process';
import { face, heard, hex, look, looks, press, row, tap } from './pads.mjs';
import { createRandom, pause, spread, until } from './wait.mjs';

const pad1 = row[0];

/** The first track through its states. What the lamp shows while it waits for the bar line may blink. */
export const stomps = async ({ pad, looper }) => {
  const port = face(pad);
  const shown = [];
  for (const state of ['PLAYING', 'STOPPED', 'PLAYING']) {
    const begun = looper.states(1).length;
    const { since } = await tap(port, pad1);
    await until(() => looper.states(1).slice(begun).includes(state), `track 1 ${state}`);
    // The lamp follows the fact by a moment.
    await pause(100);
    shown.push({
      state,
      first: heard(port, since)[0],
      settings: looks(port, pad1, since).map(({ bytes }) => hex(bytes)),
    });
  }
  return { shown, states: looper.states(1) };
};

/** The colour of a track that plays: the only one that stays as it is until something is asked of it. */
const isPlaying = ([status, , colour]) => status === 0x90 && colour === 21;

/** Those of one that has stopped, which flashes at the bar line, and of one that is empty. */
const isSilent = ([status, , colour]) => status === 0x90 && (colour === 45 || colour === 1);

/** Stomps until the first track plays: on the very bar line it may have stopped already, and takes another stomp. */
const playOn = async (port) => {
  for (;;) {
    const { since } = await tap(port, pad1);
    const { bytes } = await look(port, pad1, since, (bytes) => isPlaying(bytes) || isSilent(bytes));
    if (isPlaying(bytes)) return;
  }
};

/** From stomp to lamp, in milliseconds, of so many stomps on the first track, which plays. */
const answers = async (port, count) => {
  const random = createRandom(2);
  const times = [];
  while (times.length < count) {
    // The foot is up again before the lamp may have answered: it is no hold.
    const { at, since } = await tap(port, pad1);
    times.push((await look(port, pad1, since)).at - at);
    await playOn(port);
    await pause(10 + random() * 20);
  }
  return times;
};

/** What the foot, the emulated USB and the sequencer take by themselves: the pads' port is wired to itself. */
export const bareRoundTrips = async (pad, count) => {
  pad.plug();
  await pad.seen();
  const port = face(pad);
  const wire = `${16 + 4 * pad.hostCard}:1`;
  execFileSync('aconnect', [wire, wire]);
  const times = [];
  while (times.length < count) {
    const { at, since } = press(port, pad1);
    times.push((await look(port, pad1, since)).at - at);
  }
  return times;
};

/** 200 stomps with nothing else to do. */
export const stompToLamp = async ({ pad }) => {
  const port = face(pad);
  // The first ones find code that is not compiled yet.
  await answers(port, 20);
  return spread(await answers(port, 200));
};

const [floodPerSecond, floodSeconds] = [10_000, 10];

/** Lets another program flood a port; `running` until it has ended. */
const startFlood = (port) => {
  port.closeOutput();
  const child = spawn('node', ['flood.mjs', port.path, `${floodPerSecond}`, `${floodSeconds}`]);
  const flood = { running: true, said: '' };
  child.stdout.on('data', (text) => {
    flood.said += text;
  });
  flood.ended = new Promise((resolve) => child.once('close', resolve)).then(() => {
    flood.running = false;
  });
  return flood;
};

/** One controller sends more than it ever should, and the foot goes on with another. */
export const flooded = async ({ pad, cable, looper }) => {
  const port = face(pad);
  await playOn(port);
  const empties = () => looper.states(1).filter((state) => state === 'EMPTY').length;
  const before = { ...looper.size(), cpuSeconds: looper.cpuSeconds(), empties: empties() };
  const flood = startFlood(cable.ports[0]);
  // Its start takes the processor for itself.
  await until(() => flood.said.includes('begun'), 'the flood');
  const [times, sizes] = [[], []];
  try {
    while (flood.running) {
      times.push(...(await answers(port, 5)));
      sizes.push(looper.size().rssMb);
    }
  } finally {
    await flood.ended;
  }
  const during = { cpuSeconds: looper.cpuSeconds() - before.cpuSeconds, maxRssMb: Math.max(...sizes) };
  // What it still has to work off.
  const [backlogMs] = await answers(port, 1);
  return {
    flood: JSON.parse(flood.said.split('\n')[1]),
    stompToLamp: spread(times),
    backlogMs,
    before,
    during,
    after: looper.size(),
    /** A stomp that is taken for a hold clears the track. */
    cleared: empties() - before.empties,
  };
};
