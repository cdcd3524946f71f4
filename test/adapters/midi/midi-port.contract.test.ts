import { RtMidiPort } from '../../../src/adapters/midi/rtmidi-port.ts';
import type { MidiMessage, MidiPort } from '../../../src/ports/midi-port.ts';
import { FakeMidiPort } from '../../fakes/fake-midi-port.ts';
import { Pedal, until } from '../gpio/a-pedal.ts';
import { FakeSequencer } from './fake-sequencer.ts';
import { profileOf } from './profiles.ts';

/** A port, and a hand on its plug and its pads. */
type Bench = {
  readonly port: MidiPort;
  connect(): Promise<unknown>;
  disconnect(): void | Promise<void>;
  /** A press or a release, as it comes in at a time. */
  press(bytes: readonly number[], time: number): void | Promise<void>;
  /** What the device was told, as far as it does not show its last state only. */
  received(): readonly (readonly number[])[];
  close?(): Promise<void>;
};

const fake = (): Bench => {
  const port = new FakeMidiPort();
  return {
    port,
    connect: async () => port.triggerConnected(),
    disconnect: () => port.triggerGone(),
    press: (bytes, time) => port.triggerMessage(bytes, time),
    received: () => port.received,
  };
};

const rtMidi = (): Bench => {
  const name = 'pads:pads 20:0';
  const sequencer = new FakeSequencer();
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const clock = { time: 0, now: () => clock.time };
  const port = new RtMidiPort('pads', profileOf('pads'), { clock, log, sequencer });
  sequencer.plug(name);
  return {
    port,
    connect: () => port.sit({ inputs: [name], output: name, plug: '' }),
    disconnect: () => port.leave(),
    press: (bytes, time) => {
      const deltaSeconds = (time - clock.time) / 1000;
      clock.time = time;
      sequencer.triggerMessage(name, bytes, deltaSeconds);
    },
    received: () => sequencer.received.map((message) => message.slice(1).map(Number)),
  };
};

/** Four switches on the pins 10 to 13, with lamps on 20 to 23. */
const gpio = (): Bench => {
  const pedal = new Pedal({ switches: [10, 11, 12, 13], lamps: [20, 21, 22, 23] });
  const { port } = pedal;
  let isOpen = false;
  return {
    port,
    connect: async () => {
      // It comes back by itself.
      if (isOpen) await until(() => port.isConnected);
      else await pedal.open();
      isOpen = true;
    },
    disconnect: () => pedal.killTool(),
    press: async ([status, note = 0], time) => {
      await pedal.edge(note - 26, status === 0x90 ? 'low' : 'high', time);
    },
    received: () => pedal.lamps.sets.map(([pin, isLit]) => [0x90, pin + 16, isLit ? 1 : 0]),
    close: () => pedal.close(),
  };
};

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

describe.each([
  ['the fake', 'pads', fake],
  ['RtMidi', 'pads', rtMidi],
  ['pins of this machine', 'gpio', gpio],
])('a MIDI port: %s', (_name, name, make) => {
  const made = (): Bench => {
    const bench = make();
    if (bench.close !== undefined) closes.push(bench.close);
    return bench;
  };
  const listened = () => {
    const bench = made();
    const messages: MidiMessage[] = [];
    const connects: boolean[] = [];
    bench.port.onMessage((message) => void messages.push(message));
    bench.port.onConnected(() => void connects.push(bench.port.send([0x90, 36, 1])));
    return { ...bench, messages, connects };
  };

  test('has a name', () => {
    expect(made().port.name).toBe(name);
  });

  test('tells of each connect once, when lamps can be set already', async () => {
    const { connect, disconnect, connects, received } = listened();
    await connect();
    await disconnect();
    await connect();
    expect(connects).toEqual([true, true]);
    expect(received()).toEqual([
      [0x90, 36, 1],
      [0x90, 36, 1],
    ]);
  });

  test('sends only while it is connected, and says so', async () => {
    const { port, connect, disconnect, received } = listened();
    expect(port.send([0x90, 37, 1])).toBe(false);
    await connect();
    expect(port.send([0x90, 38, 1])).toBe(true);
    await disconnect();
    expect(port.send([0x90, 39, 1])).toBe(false);
    expect(received()).toEqual([
      [0x90, 36, 1],
      [0x90, 38, 1],
    ]);
  });

  test('passes on what comes, in order, with its time', async () => {
    const { connect, press, messages } = listened();
    await connect();
    await press([0x90, 36, 127], 1000);
    await press([0x80, 36, 0], 1250);
    await until(() => messages.length >= 2);
    expect(messages).toEqual([
      { bytes: [0x90, 36, 127], time: 1000 },
      { bytes: [0x80, 36, 0], time: 1250 },
    ]);
  });
});
