// Plays with a folder of sets until it is killed, and says on its output what is about to be on disk and what is. Run by the kill test, and
// by hand for a power cut: the lines have to be kept elsewhere.
//
//   node kill-driver.mjs FOLDER SEED       what is found, then what is done: without end
//   node kill-driver.mjs --verify FOLDER   what is found, and no more
//
// Found:  leftovers BEFORE AFTER   files that a dead writer had left, and those that are left after recovery
//         trouble TEXT             what the store tells
//         current HASH             the current set: of its tracks and of all their samples; "none" before there was one
//         saved NAME HASH          each saved set
//         ready
// Done:   will ...                 what comes next, in the words of the line that follows once it is on disk:
//         kept HASH | saved NAME HASH | renamed NAME TO | removed NAME | binned
//
// After a death `current` is that of the last `kept` line, or of the `will kept` line after it; saved sets likewise.
import { createHash } from 'node:crypto';
import { readdirSync, writeSync } from 'node:fs';
import { SetFolder } from '../../../../dist/adapters/files/sets/set-folder.js';

const isVerifying = process.argv[2] === '--verify';
const [folder, seed] = process.argv.slice(isVerifying ? 3 : 2);
const rate = 48_000;
const pieceFrames = 4096;

// At once, so that a line that was written is read whatever becomes of this process.
const say = (...words) => writeSync(1, `${words.join(' ')}\n`);

let state = Number(seed ?? 1) >>> 0;
/** A whole number below `end`. */
const random = (end) => {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
};

/** A loop's memory, its pieces out of order. */
const memory = (frames) => {
  const count = Math.ceil(frames / pieceFrames);
  const samples = new Float32Array(new SharedArrayBuffer(count * pieceFrames * 8));
  return { samples, pieces: Int32Array.from({ length: count }, (_, at) => count - 1 - at), frames };
};
const noise = (frames) => {
  const sound = memory(frames);
  for (let at = 0; at < sound.samples.length; at += 1) sound.samples[at] = random(65_536) / 32_768 - 1;
  return sound;
};
const addTo = (hash, { samples, pieces, frames }) => {
  let left = frames;
  for (const piece of pieces) {
    const count = Math.min(left, pieceFrames);
    hash.update(samples.subarray(piece * pieceFrames * 2, (piece * pieceFrames + count) * 2));
    left -= count;
  }
};
/** Of the tracks and samples of a set: `[track, memory]`. */
const hashOf = (tracks) => {
  const hash = createHash('sha256');
  for (const [track, sound] of tracks) addTo(hash.update(`track ${track}`), sound);
  return hash.digest('hex').slice(0, 16);
};

const leftovers = () => {
  try {
    return readdirSync(folder, { recursive: true }).filter((name) => /\.tmp$|lock\.\d+$/.test(name)).length;
  } catch {
    return 0;
  }
};
const noPause = async () => undefined;

const sets = new SetFolder({ folder, rate, reserveBytes: 0 });
let lastLoopId = 0;
/** The samples of a set's tracks: `Map` of track to `{ loopId, sound }`. */
const readAll = async (set) => {
  const tracks = new Map();
  for (const { track, loop } of set.tracks) {
    lastLoopId += 1;
    const sound = memory(loop.frames);
    await sets.read(loop.sound, sound, noPause);
    tracks.set(track, { loopId: lastLoopId, stored: loop.sound, sound });
  }
  return tracks;
};
const hashOfTracks = (tracks) => hashOf([...tracks].map(([track, { sound }]) => [track, sound]));

const before = leftovers();
const { set, troubles } = sets.recover();
say('leftovers', before, leftovers());
for (const trouble of troubles) say('trouble', trouble);
let tracks = set === undefined ? new Map() : await readAll(set);
say('current', set === undefined ? 'none' : hashOfTracks(tracks));
const saved = new Map();
const listed = sets.list();
for (const trouble of listed.troubles) say('trouble', trouble);
for (const { name } of listed.sets) {
  saved.set(name, hashOfTracks(await readAll(sets.find(name))));
  say('saved', name, saved.get(name));
}
say('ready');

/** Does what a line says: it is about to be on disk, and is. */
const doing = (line, act) => {
  say('will', line);
  act();
  say(line);
};
const heldSet = () => ({
  ...{ name: null, bpm: 120, beatsPerBar: 4, bars: 2, click: { volume: 0.5, muted: false } },
  tracks: [...tracks].map(([track, { loopId, stored, sound }]) => ({
    track,
    playing: true,
    loop: {
      ...{ loopId, stored, frames: sound.frames, leadFrames: 0, beats: 8, phaseBeats: 0 },
      ...{ latencyFrames: 0, nudgeFrames: 0, lostFrames: 0 },
    },
  })),
});
const keep = (undoable) => {
  const sounds = new Map([...tracks.values()].map(({ loopId, sound }) => [loopId, sound]));
  doing(`kept ${hashOfTracks(tracks)}`, () => sets.keep(heldSet(), sounds, undoable));
};
const names = ['one', 'two', 'three', 'four', 'five'];
const capture = () => {
  lastLoopId += 1;
  const replaced = 1 + random(4);
  const undoable = tracks.has(replaced) ? [tracks.get(replaced)] : [];
  tracks.set(replaced, { loopId: lastLoopId, sound: noise(200 + random(random(4) === 0 ? 9000 : 1000)) });
  tracks = new Map([...tracks].sort(([one], [other]) => one - other));
  keep(undoable);
};
const clear = () => {
  tracks.delete(1 + random(4));
  keep([]);
};
const save = () => {
  const [name, hash] = [names[random(5)], hashOfTracks(tracks)];
  doing(`saved ${name} ${hash}`, () => sets.save(name));
  saved.set(name, hash);
};
const rename = () => {
  const [from, to] = [names[random(5)], names[random(5)]];
  if (!saved.has(from) || saved.has(to)) return;
  doing(`renamed ${from} ${to}`, () => sets.rename(from, to));
  saved.set(to, saved.get(from));
  saved.delete(from);
};
const remove = () => {
  const name = names[random(5)];
  if (!saved.has(name)) return;
  doing(`removed ${name}`, () => sets.remove(name));
  saved.delete(name);
};
const bin = () => doing('binned', () => sets.binCurrent());

if (!isVerifying) {
  if (set === undefined) keep([]);
  const acts = [capture, capture, capture, capture, clear, save, save, rename, remove, bin];
  for (;;) acts[random(acts.length)]();
}
sets.close();
