// Sends messages into a raw MIDI port as fast as asked, and tells when it begins and how many it got rid of: flood.mjs PATH PER_SECOND SECONDS
import { constants, openSync, writeSync } from 'node:fs';

const [path, perSecond, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const port = openSync(path, constants.O_WRONLY);
const start = performance.now();
let sent = 0;
console.log('begun');

/** Faders that run, notes that nothing is bound to, active sensing: what a broken cable or a wild host sends. */
const message = (count) => {
  if (count % 10 === 9) return [0xfe];
  return count % 2 === 0 ? [0xb0, 102, (count >> 1) & 127] : [0x90, count & 127, 100];
};

const timer = setInterval(() => {
  const passed = (performance.now() - start) / 1000;
  const due = Math.floor(Math.min(passed, seconds) * perSecond) - sent;
  const bytes = Array.from({ length: due }, (_, index) => message(sent + index)).flat();
  // Waits while the port takes no more.
  for (let done = 0; done < bytes.length; ) done += writeSync(port, Uint8Array.from(bytes.slice(done)));
  sent += due;
  if (passed < seconds) return;
  clearInterval(timer);
  console.log(JSON.stringify({ sent, seconds: (performance.now() - start) / 1000 }));
}, 2);
