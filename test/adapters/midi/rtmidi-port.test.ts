import { jest } from '@jest/globals';
import { type PortProfile, RtMidiPort } from '../../../src/adapters/midi/rtmidi-port.ts';
import type { MidiMessage } from '../../../src/ports/midi-port.ts';
import { FakeSequencer } from './fake-sequencer.ts';
import { profileOf, setup, sysexControl } from './profiles.ts';

const first = 'PACER:PACER MIDI1 20:0';
const second = 'PACER:PACER MIDI2 20:1';
const seat = { inputs: [first, second], output: first, plug: '' };

/** A port over a device with two faces, what it heard and what it said. */
const played = (profile: Partial<PortProfile> = {}) => {
  const sequencer = new FakeSequencer();
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const messages: MidiMessage[] = [];
  let connects = 0;
  const log = { debug: say, info: say, warn: say, error: say };
  const port = new RtMidiPort(
    'pads',
    { ...profileOf('pads'), ...profile },
    { clock: { now: () => 12.5 }, log, sequencer },
  );
  port.onMessage((message) => void messages.push(message));
  port.onConnected(() => {
    connects += 1;
  });
  sequencer.plug(first, second);
  return { sequencer, port, messages, said, connects: () => connects };
};

const inquiry = { ...setup(0xf0, 0x7e, 0xf7), expect: [0xf0, 'any', 6] as const };
const answer = [0xf0, 1, 6, 2, 0xf7];

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('all inputs are heard, the output gets the lamps', async () => {
  const { sequencer, port, messages } = played();
  expect(await port.sit(seat)).toBe(true);
  sequencer.triggerMessage(second, [0x90, 1, 2]);
  sequencer.triggerMessage(first, [0x90, 3, 4]);
  expect(messages).toEqual([
    { bytes: [0x90, 1, 2], time: 12.5 },
    { bytes: [0x90, 3, 4], time: 12.5 },
  ]);
  expect(port.send([0xb0, 1, 1])).toBe(true);
  expect(sequencer.take()).toEqual([[first, 0xb0, 1, 1]]);
  port.leave();
  expect([sequencer.clients(), port.send([0xb0, 1, 1])]).toEqual([0, false]);
});

describe('an answer that is expected', () => {
  test('is waited for before the next message, by how it begins; nothing is passed on meanwhile', async () => {
    const { sequencer, port, messages, connects } = played({ init: [inquiry, setup(0xb0, 9, 9)] });
    const sat = port.sit(seat);
    for (const bytes of [
      [0xf0, 1, 7, 2, 0xf7],
      [0xf0, 1],
      [0x90, 1, 1],
    ])
      sequencer.triggerMessage(first, bytes);
    await jest.advanceTimersByTimeAsync(499);
    expect([sequencer.take().length, connects()]).toEqual([1, 0]);
    sequencer.triggerMessage(second, answer);
    expect(await sat).toBe(true);
    expect(sequencer.take()).toEqual([[first, 0xb0, 9, 9]]);
    expect([messages, connects(), jest.getTimerCount()]).toEqual([[], 1, 0]);
  });

  test('is heard when it comes at once', async () => {
    const { sequencer, port, said } = played({ init: [inquiry] });
    sequencer.onReceived = (name) => sequencer.triggerMessage(name, answer);
    expect(await port.sit(seat)).toBe(true);
    expect([said, jest.getTimerCount()]).toEqual([[], 0]);
  });

  test('is given up in time, which is said, and the rest goes on', async () => {
    const { sequencer, port, said, connects } = played({ init: [{ ...inquiry, timeoutMs: 80 }, setup(0xb0, 9, 9)] });
    const sat = port.sit(seat);
    await jest.advanceTimersByTimeAsync(79);
    expect(said).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await sat).toBe(true);
    expect(said).toEqual(['midi: pads does not answer its setup; going on']);
    expect([sequencer.take().at(-1), connects()]).toEqual([[first, 0xb0, 9, 9], 1]);
  });

  test('is sent back with one byte changed', async () => {
    const { sequencer, port } = played({ init: [{ ...inquiry, patch: { offset: 3, value: 0x7f } }] });
    const sat = port.sit(seat);
    sequencer.take();
    sequencer.triggerMessage(first, [0xf0, 1, 6]);
    sequencer.triggerMessage(first, answer);
    await sat;
    expect(sequencer.take()).toEqual([[first, 0xf0, 1, 6, 0x7f, 0xf7]]);
  });

  test('is waited for no longer when the device is let go of, which is said by nobody', async () => {
    const { sequencer, port, said, connects } = played({ init: [inquiry, setup(0xb0, 9, 9)] });
    const sat = port.sit(seat);
    port.leave();
    expect(await sat).toBe(false);
    expect([said, connects(), jest.getTimerCount(), sequencer.clients()]).toEqual([[], 0, 0, 0]);
  });

  test('that was for the last plug is none for this', async () => {
    const { sequencer, port, connects } = played({ init: [inquiry] });
    const before = port.sit(seat);
    port.leave();
    const after = port.sit({ ...seat });
    await jest.advanceTimersByTimeAsync(100);
    sequencer.triggerMessage(first, answer);
    expect([await before, await after, connects()]).toEqual([false, true, 1]);
  });

  test('is not waited for when its question cannot be sent', async () => {
    const { sequencer, port } = played({ init: [inquiry] });
    sequencer.mute = true;
    await expect(port.sit(seat)).rejects.toThrow('the driver takes nothing');
    expect([sequencer.clients(), jest.getTimerCount()]).toEqual([0, 0]);
  });
});

describe('system exclusive messages', () => {
  const sysex = [0xf0, 0x7d, 1, 0xf7];

  test.each<readonly [string, Partial<PortProfile>, boolean]>([
    ['no control speaks it', {}, false],
    ['only the setup needs it', { init: [{ ...inquiry, timeoutMs: 0 }] }, false],
    ['a control speaks it', { controls: [sysexControl] }, true],
    ['a control speaks MMC', { controls: [{ ...sysexControl, on: { kind: 'mmc', command: 2 } }] }, true],
    [
      'the release of one speaks it',
      { controls: [{ ...sysexControl, on: { kind: 'start' }, off: sysexControl.on }] },
      true,
    ],
  ])('are let in while it is played only when they mean something: %s', async (_case, profile, isHeard) => {
    const { sequencer, port, messages } = played(profile);
    const sat = port.sit(seat);
    await jest.advanceTimersByTimeAsync(1);
    await sat;
    sequencer.triggerMessage(first, sysex);
    sequencer.triggerMessage(first, [0xf8]);
    sequencer.triggerMessage(first, [0xfe]);
    expect(messages.map(({ bytes }) => bytes)).toEqual(isHeard ? [sysex] : []);
  });
});

test('a port that vanishes between listing and opening is refused, and leaves nothing open', async () => {
  const { sequencer, port, connects } = played();
  sequencer.vanishing.add(second);
  await expect(port.sit(seat)).rejects.toThrow('it has gone again');
  expect([port.seat, sequencer.clients(), connects()]).toEqual([undefined, 0, 0]);
});

test('a device without lamps is sent no setup', async () => {
  const { sequencer, port, connects } = played({ init: [inquiry] });
  expect(await port.sit({ ...seat, output: undefined })).toBe(true);
  expect([sequencer.take(), connects(), jest.getTimerCount()]).toEqual([[], 1, 0]);
});
