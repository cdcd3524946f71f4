// All scenes, one after the other, on one looper. Each leaves what it saw in /out, or what went wrong; the host judges.
import { writeFileSync } from 'node:fs';
import { clock, pedals } from './cabled.mjs';
import { Gadget } from './gadget.mjs';
import { Looper } from './looper.mjs';
import { face, heard } from './pads.mjs';
import { appears, comesBack, manyPlugs, twins } from './plugging.mjs';
import { bareRoundTrips, flooded, stomps, stompToLamp } from './stomping.mjs';
import { pause, spread, until } from './wait.mjs';

const launchpad = { usb: '1235:0113', maker: 'Focusrite - Novation', product: 'Launchpad Mini MK3', portCount: 2 };
const pad = new Gadget({ name: 'pad', udc: 0, ...launchpad });
const twin = new Gadget({ name: 'twin', udc: 1, ...launchpad });
const cable = new Gadget({ name: 'cable', udc: 2, usb: '0582:012a', maker: 'Roland', product: 'UM-ONE', portCount: 1 });
const drums = new Gadget({
  name: 'drums',
  udc: 3,
  usb: '1209:0001',
  maker: 'Nobody',
  product: 'Drum Machine',
  portCount: 1,
});
const gadgets = [pad, twin, cable, drums];

/** The looper is asked to end. */
const leaves = async () => {
  const since = [pad, twin].map((gadget) => face(gadget).received.length);
  const ended = await looper.stop();
  await pause(200);
  return { ...ended, last: [pad, twin].map((gadget, index) => heard(face(gadget), since[index])) };
};

const scenes = { appears, stomps, stompToLamp, comesBack, twins, manyPlugs, pedals, clock, flooded, leaves };

const floor = spread(await bareRoundTrips(pad, 200));
writeFileSync('/out/floor.json', JSON.stringify(floor));
pad.pull();

const looper = new Looper('looper', 'controllers.yaml');
await looper.ready();
// A bar has to have been played before a stomp can catch it.
await pause(2500);

for (const [name, scene] of Object.entries(scenes)) {
  const start = performance.now();
  const result = await scene({ pad, twin, cable, drums, looper }).catch((error) => ({ error: error.stack }));
  writeFileSync(`/out/${name}.json`, JSON.stringify(result, undefined, 1));
  console.log(
    `guest: ${name} took ${Math.round(performance.now() - start)} ms${result.error ? `: ${result.error}` : ''}`,
  );
}
// A port that is still read from would hold this program.
for (const gadget of gadgets) gadget.pull();
await until(() => gadgets.every((gadget) => !gadget.isThere), 'all gone');
process.exit(0);
