// The card's round trip: with its output wired to its input, the frames from an impulse's output to its return.
import { writeFileSync } from 'node:fs';
import { listCards } from './hindsight/dist/adapters/audio/cards.js';
import { NaudiodonDevice } from './hindsight/dist/engine/devices/naudiodon.js';

const blockFrames = 2048;
const { number } = listCards().find(({ id }) => id === 'Loopback');
const device = new NaudiodonDevice({
  input: `(hw:${number},1)`,
  output: `(hw:${number},0)`,
  rate: 48000,
  blockFrames,
  queueBlocks: 2,
  inputChannels: 2,
  outputChannels: 2,
  inputsThere: 2,
  outputsThere: 2,
});

/** Each second an impulse goes out; what it says is the frame at which it left. */
let frame = 0;
const trips = [];
await device.open(
  (input, output, frames) => {
    output.fill(0);
    for (let index = 0; index < frames; index += 1) {
      const sample = input[index * 2];
      if (sample > 0) trips.push(frame + index - Math.round(sample * 2 ** 24));
      if ((frame + index) % 48000 === 24000) output[index * 2] = (frame + index) / 2 ** 24;
    }
    frame += frames;
  },
  (reason) => {
    throw new Error(reason);
  },
);
while (trips.length < 5) await new Promise((resolve) => setTimeout(resolve, 100));
await device.close();
// The driver prints on standard output.
writeFileSync(process.argv[2], JSON.stringify(trips.slice(1)));
