// Scenes of the plug: it comes, goes and comes back.
import { programs } from './gadget.mjs';
import { face, heard, hex, lit, look, looks, row, tap } from './pads.mjs';
import { createRandom, pause, until } from './wait.mjs';

/** Plugs a controller in and waits for its lamps; times in milliseconds since it was there. */
const plugged = async (gadget) => {
  gadget.plug();
  const seenAt = await gadget.seen();
  const port = face(gadget);
  const times = await lit(port);
  return {
    first: heard(port).slice(0, 10),
    initMs: times.init - seenAt,
    firstLampMs: times.firstLamp - seenAt,
    allLampsMs: times.allLamps - seenAt,
    /** The first port is for other programs: it gets nothing. */
    otherPort: heard(gadget.ports[0]),
  };
};

/** The looper runs, and a controller is plugged in. */
export const appears = ({ pad }) => plugged(pad);

/** The plug comes out in the middle of a loop and goes in again a second later. */
export const comesBack = async ({ pad, looper }) => {
  const playing = looks(face(pad), row[0]).at(-1);
  const before = looper.states(1);
  pad.pull();
  await until(() => !pad.isThere, 'gone from the sequencer');
  await pause(1000);
  const back = await plugged(pad);
  const lamp = await look(face(pad), row[0]);
  return { ...back, playing: hex(playing.bytes), lamp: hex(lamp.bytes), before, after: looper.states(1) };
};

/** A second one of the same kind. Each one's pads act, and both show it. */
export const twins = async ({ pad, twin, looper }) => {
  const second = await plugged(twin);
  const [one, other] = [face(pad), face(twin)];
  const lamps = [];
  for (const [from, track] of [
    [one, 2],
    [other, 3],
  ]) {
    const note = row[track - 1];
    const since = [one.received.length, other.received.length];
    await tap(from, note);
    lamps.push([hex((await look(one, note, since[0])).bytes), hex((await look(other, note, since[1])).bytes)]);
    await until(() => looper.states(track).includes('PLAYING'), `track ${track} plays`);
  }
  return { ...second, lamps, tracks: [2, 3].map((track) => looper.states(track)) };
};

/** How many plugs leak nothing; the first few warm the program up. */
const [warmUp, plugs] = [10, 100];

/** Out and in again, at odd moments: often sooner than the looper can have seen it, or while it is still at init. */
const outAndIn = async (gadget, random) => {
  gadget.pull();
  await pause(random() * 250);
  gadget.plug();
  await gadget.seen();
  await pause(random() * 200);
};

/** Two of a kind, pulled and plugged at the same time without regard to each other. */
export const manyPlugs = async ({ pad, twin, looper }) => {
  const pads = [pad, twin];
  const randoms = pads.map((_, index) => createRandom(index + 1));
  const rounds = async (count) => {
    const each = async (gadget, index) => {
      for (let round = 0; round < count; round += 1) await outAndIn(gadget, randoms[index]);
    };
    await Promise.all(pads.map(each));
  };
  const counted = async () => {
    for (const gadget of pads) await lit(face(gadget));
    return { programs: programs(), ...looper.size() };
  };
  await rounds(warmUp / pads.length);
  const before = await counted();
  const rssMb = [];
  for (const _ of [1, 2, 3, 4, 5]) {
    await rounds(plugs / pads.length / 5);
    rssMb.push(looper.size().rssMb);
  }
  const after = await counted();
  // They are not only lit: they act.
  for (const [index, gadget] of pads.entries()) {
    await tap(face(gadget), row[6 + index]);
    await until(() => looper.states(7 + index).includes('PLAYING'), `track ${7 + index} plays`);
  }
  return { plugs, before, after, rssMb };
};
