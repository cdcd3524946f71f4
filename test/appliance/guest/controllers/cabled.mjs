// Scenes of a cable: a pedal board on a DIN plug, and a MIDI clock.
import { heard, hex } from './pads.mjs';
import { pause, spread, until } from './wait.mjs';

/** Most bytes that came within any stretch of so many milliseconds. */
const most = (messages, ms) =>
  messages.reduce((largest, { at }) => {
    const within = messages.filter((other) => other.at >= at && other.at < at + ms);
    return Math.max(
      largest,
      within.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
  }, 0);

/** The pedal board is plugged in and stomped on: its switch is in the value, not in the number. */
export const pedals = async ({ cable, looper }) => {
  cable.plug();
  const seenAt = await cable.seen();
  const port = cable.ports[0];
  await until(() => port.received.length > 0, 'a lamp of the pedal board');
  const firstLampMs = port.received[0].at - seenAt;
  await pause(1000);
  const repaint = heard(port);
  const since = port.received.length;
  for (const track of [4, 5]) {
    port.send([0xb0, 104, track]);
    await pause(50);
    port.send([0xb0, 105, track]);
    await until(() => looper.states(track).includes('PLAYING'), `track ${track} plays`);
  }
  // Blinking lamps on most tracks, for as long as they wait for the bar line.
  for (const track of [4, 5, 6, 7]) {
    port.send([0xb0, 104, track]);
    port.send([0xb0, 105, track]);
  }
  await pause(2500);
  const lamps = heard(port, since);
  const burst = { in1000ms: most(port.received, 1000), in100ms: most(port.received, 100) };
  return { firstLampMs, repaint, lamps, burst, tracks: [4, 5].map((track) => looper.states(track)) };
};

const clockSeconds = 8;
const ticksPerSecond = 48; // 24 a beat at 120 BPM

/** What a drum machine hears that is plugged in while the looper runs. */
export const clock = async ({ drums }) => {
  drums.plug();
  const [port] = drums.ports;
  await until(() => port.received.some(({ bytes }) => bytes[0] === 0xf8), 'a tick');
  const since = port.received.length;
  await pause(clockSeconds * 1000);
  const heard = port.received.slice(since).filter(({ bytes }) => bytes[0] === 0xf8);
  const interval = 1000 / ticksPerSecond;
  const lengths = heard.slice(1).map(({ at }, index) => at - heard[index].at);
  drums.pull();
  return {
    ticks: heard.length,
    /** The tempo as heard over the whole time. */
    bpm: ((heard.length - 1) / (heard.at(-1).at - heard[0].at)) * 1000 * (60 / 24),
    jitterMs: spread(lengths.map((length) => Math.abs(length - interval))),
    others: [...new Set(port.received.map(({ bytes }) => hex(bytes)))].filter((bytes) => bytes !== 'f8'),
  };
};
