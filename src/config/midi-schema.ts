import type { z } from 'zod';
import { thruLoop } from '../core/controller/thru-route.ts';
import { transportModes } from '../core/time/ticks.ts';
import { list, oneOf, optionalSection, path, section, text } from './fields.ts';
import { tell } from './rule.ts';

const port = () =>
  text(
    'a piece of the name of the MIDI port',
    /^\s*\d+(:\d+)?\s*$/,
    'numbers change with every plug: write a piece of the name',
  );

const place = () => text('a piece of the USB path or the serial number');

/** With the names of the profiles that there are, others are refused. */
const profile = (names: readonly string[] | undefined): z.ZodType<string> =>
  names === undefined ? text('the name of a profile') : oneOf(names);

const thru = () =>
  list(section({ from: port(), to: port() }), 'a list of ways, each with from and to').superRefine(
    (routes, context) => {
      const loop = thruLoop(routes);
      if (loop === undefined) return;
      const way = loop.map((name) => `"${name}"`).join(' to ');
      const text = `${way} is a loop; what a port sends must not come back to it; take one of these ways out`;
      tell(context, [{ path: [], code: 'thru-loop', text }]);
    },
  );

export const midiSection = (profiles: readonly string[] | undefined) =>
  optionalSection({
    /** The player's own profiles; null is the usual place. */
    profiles: path('a folder').nullable().default(null),
    /** Empty: every known controller that is plugged in. */
    controllers: list(
      section({
        profile: profile(profiles),
        input: port().exactOptional(),
        output: port().exactOptional(),
        /** Where it is plugged in, or its serial number. */
        at: place().exactOptional(),
      }),
      'a list of controllers, each with a profile',
    ),
    clock: optionalSection({
      ports: list(port(), 'a list of pieces of the names of MIDI ports'),
      /** When what gets it runs. */
      transport: oneOf(transportModes).default('always'),
    }),
    thru: thru(),
  });
