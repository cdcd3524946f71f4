import { jest } from '@jest/globals';
import type { KnownProfile } from '../../../src/adapters/midi/fit.ts';
import type { ControllerWish } from '../../../src/adapters/midi/match.ts';
import { RtMidiWatch } from '../../../src/adapters/midi/rtmidi-watch.ts';
import type { Profile } from '../../../src/core/controller/profile.ts';
import type { MidiMessage, MidiPort } from '../../../src/ports/midi-port.ts';
import { FakeSequencer } from './fake-sequencer.ts';

/** What somebody who is told of a controller knows of it. */
export type Heard = {
  readonly name: string;
  readonly profile: Profile;
  readonly port: MidiPort;
  readonly messages: MidiMessage[];
  connects: number;
  letGo: number;
};

/** Plug events by hand. A second listener throws. */
export const fakeEvents = () => {
  let listener: (() => void) | undefined;
  return {
    listen: (changed: () => void) => {
      listener = changed;
    },
    close: () => {
      listener = undefined;
    },
    trigger: () => listener?.(),
    isOpen: () => listener !== undefined,
  };
};

/** A watch over a fake sequencer, with whom it told of and what it said. */
export const watched = (profiles: readonly KnownProfile[], wishes: readonly ControllerWish[] = []) => {
  const sequencer = new FakeSequencer();
  const events = fakeEvents();
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const log = { debug: say, info: say, warn: say, error: say };
  const watch = new RtMidiWatch({ clock: { now: () => 1234.5 }, log, sequencer, events });
  const heard: Heard[] = [];
  watch.onController(({ profile, port }) => {
    const one: Heard = { name: port.name, profile, port, messages: [], connects: 0, letGo: 0 };
    heard.push(one);
    port.onMessage((message) => void one.messages.push(message));
    port.onConnected(() => {
      one.connects += 1;
    });
    return () => {
      one.letGo += 1;
    };
  });
  watch.use(profiles, wishes);
  const seats = () => watch.seats().map(({ name, inputs, connected }) => [name, ...inputs, connected]);
  return { sequencer, events, watch, heard, seats, takeSaid: () => said.splice(0) };
};

/** As long as it may take until nobody can have missed a plug. */
export const nextLook = () => jest.advanceTimersByTimeAsync(500);
