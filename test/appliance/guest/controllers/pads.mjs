// A Launchpad in its programmer mode, from the player's side.
import { readFileSync } from 'node:fs';
import { pause, until } from './wait.mjs';

export const programmerMode = 'f0 00 20 29 02 0d 0e 01 f7';

/** The row that is nearest to the player: a track each. */
export const row = [11, 12, 13, 14, 15, 16, 17, 18];

export const hex = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** The second port is the one with the pads. */
export const face = (gadget) => gadget.ports[1];

const sets = (note) => (message) => (message.bytes[0] & 0xf0) === 0x90 && message.bytes[1] === note;

/** What a pad's lamp was set to since a number of messages, oldest first. */
export const looks = (port, note, since = 0) => port.received.slice(since).filter(sets(note));

/** The first setting of a pad's lamp since a number of messages that `fits`, waited for. */
export const look = (port, note, since = 0, fits = () => true) =>
  until(
    () => looks(port, note, since).find(({ bytes }) => fits(bytes)),
    () => `a lamp message for ${note} among ${heard(port, since)}`,
    5000,
  );

/** What came, but for MIDI clock. */
export const heard = (port, since = 0) =>
  port.received
    .slice(since)
    .filter(({ bytes }) => bytes[0] < 0xf8)
    .map(({ bytes }) => hex(bytes));

/** Puts the foot on a pad; gives the time of it and how many messages had come before. */
export const press = (port, note) => {
  const since = port.received.length;
  return { at: port.send([0x90, note, 127]), since };
};

const release = (port, note) => port.send([0x90, note, 0]);

/** A short step on a pad, as for a stomp. */
export const tap = async (port, note) => {
  const pressed = press(port, note);
  await pause(10);
  release(port, note);
  return pressed;
};

/** How the message of each lamp of the profile begins. */
const lamps = JSON.parse(readFileSync('lamps.json', 'utf8'));

/** Waits until a port has got a message for each lamp; gives the times of init, of the first lamp and of the last. */
export const lit = async (port) => {
  const firsts = () => lamps.map((lamp) => port.received.find(({ bytes }) => hex(bytes).startsWith(lamp))?.at);
  const times = await until(
    () => firsts().every((at) => at !== undefined) && firsts(),
    () => `all lamps among ${heard(port)}`,
  );
  const init = port.received.find(({ bytes }) => hex(bytes) === programmerMode);
  return { init: init?.at, firstLamp: Math.min(...times), allLamps: Math.max(...times) };
};
