import { RtMidiPort } from '../../../src/adapters/midi/rtmidi-port.ts';
import type { MidiMessage, MidiPort } from '../../../src/ports/midi-port.ts';
import { FakeMidiPort } from '../../fakes/fake-midi-port.ts';
import { FakeSequencer } from './fake-sequencer.ts';
import { profileOf } from './profiles.ts';

/** A port, and a hand on its plug and its pads. */
type Bench = {
  readonly port: MidiPort;
  connect(): Promise<unknown>;
  disconnect(): void;
  press(bytes: readonly number[]): void;
  received(): readonly (readonly number[])[];
};

const fake = (): Bench => {
  const port = new FakeMidiPort();
  return {
    port,
    connect: async () => port.triggerConnected(),
    disconnect: () => port.triggerGone(),
    press: (bytes) => port.triggerMessage(bytes),
    received: () => port.received,
  };
};

const real = (): Bench => {
  const name = 'pads:pads 20:0';
  const sequencer = new FakeSequencer();
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const port = new RtMidiPort('pads', profileOf('pads'), { clock: { now: () => 0 }, log, sequencer });
  sequencer.plug(name);
  return {
    port,
    connect: () => port.sit({ inputs: [name], output: name, plug: '' }),
    disconnect: () => port.leave(),
    press: (bytes) => sequencer.triggerMessage(name, bytes),
    received: () => sequencer.received.map((message) => message.slice(1).map(Number)),
  };
};

describe.each([
  ['the fake', fake],
  ['RtMidi', real],
])('a MIDI port: %s', (_name, make) => {
  const listened = () => {
    const bench = make();
    const messages: MidiMessage[] = [];
    const connects: boolean[] = [];
    bench.port.onMessage((message) => void messages.push(message));
    bench.port.onConnected(() => void connects.push(bench.port.send([0x90, 0, 1])));
    return { ...bench, messages, connects };
  };

  test('has a name', () => {
    expect(make().port.name).toBe('pads');
  });

  test('tells of each connect once, when lamps can be set already', async () => {
    const { connect, disconnect, connects, received } = listened();
    await connect();
    disconnect();
    await connect();
    expect(connects).toEqual([true, true]);
    expect(received()).toEqual([
      [0x90, 0, 1],
      [0x90, 0, 1],
    ]);
  });

  test('sends only while it is connected, and says so', async () => {
    const { port, connect, disconnect, received } = listened();
    expect(port.send([0x90, 1, 1])).toBe(false);
    await connect();
    expect(port.send([0x90, 2, 2])).toBe(true);
    disconnect();
    expect(port.send([0x90, 3, 3])).toBe(false);
    expect(received()).toEqual([
      [0x90, 0, 1],
      [0x90, 2, 2],
    ]);
  });

  test('passes on what comes, in order, with its time', async () => {
    const { connect, press, messages } = listened();
    await connect();
    press([0x90, 36, 127]);
    press([0x80, 36, 0]);
    expect(messages).toEqual([
      { bytes: [0x90, 36, 127], time: 0 },
      { bytes: [0x80, 36, 0], time: 0 },
    ]);
  });
});
