import { jest } from '@jest/globals';
import type { PortWish } from '../../../src/adapters/midi/port-names.ts';
import { type ControllerWish, RtMidiPort } from '../../../src/adapters/midi/rtmidi-port.ts';
import { RtMidiWatch } from '../../../src/adapters/midi/rtmidi-watch.ts';
import type { MidiMessage } from '../../../src/ports/midi-port.ts';
import { FakeSequencer } from './fake-sequencer.ts';

const launchpad = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2 20:1';
const daw = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1 20:0';
const mpd = 'MPD218:MPD218 MIDI 1 24:0';
const knobs = 'X-TOUCH MINI:X-TOUCH MINI MIDI 1 28:0';
const through = 'Midi Through:Midi Through Port-0 14:0';

const like = (...patterns: readonly string[]): PortWish => ({ patterns, piece: undefined });
const setup = (...bytes: readonly number[]) => ({ bytes, waitMs: 0 });
const launchpadWish: Partial<ControllerWish> = {
  name: 'launchpad',
  input: like('MIDI 2$'),
  output: like('MIDI 2$'),
  init: [setup(0xf0, 1, 0xf7)],
  deinit: [setup(0xf0, 0, 0xf7)],
};

type Ears = { readonly port: RtMidiPort; readonly messages: MidiMessage[]; connects: number };

/** A watch over a fake sequencer, with what its ports heard and what it said. */
const watched = (...wishes: readonly Partial<ControllerWish>[]) => {
  const sequencer = new FakeSequencer();
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const ears = wishes.map((wish): Ears => {
    const whole = { name: 'any', input: like(), output: like(), init: [], deinit: [], ...wish };
    const port = new RtMidiPort(whole, { now: () => 1234.5 }, sequencer);
    const heard: Ears = { port, messages: [], connects: 0 };
    port.onMessage((message) => void heard.messages.push(message));
    port.onConnected(() => {
      heard.connects += 1;
    });
    return heard;
  });
  const ports = ears.map(({ port }) => port);
  const watch = new RtMidiWatch(ports, { debug: say, info: say, warn: say, error: say }, sequencer);
  return { sequencer, watch, ports, ears, takeSaid: () => said.splice(0) };
};

/** One controller alone. */
const alone = (wish: Partial<ControllerWish> = {}) => {
  const { ears, ports, ...rest } = watched({ name: 'pads', ...wish });
  const [heard] = ears;
  if (heard === undefined) throw new Error('one wish gives one port');
  return { ...rest, heard, port: heard.port };
};

const nextLook = () => jest.advanceTimersByTimeAsync(1000);

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('seating', () => {
  test('goes in the order of the ports, each to the first that it wishes for', async () => {
    const { sequencer, watch, ports, takeSaid } = watched(launchpadWish, { name: 'any' }, { name: 'more' });
    sequencer.plug(through);
    sequencer.plug(mpd);
    sequencer.plug(daw, launchpad);
    await watch.open();
    expect(ports.map(({ seat }) => seat?.input)).toEqual([launchpad, mpd, undefined]);
    expect(ports.map(({ seat }) => seat?.output)).toEqual([launchpad, mpd, undefined]);
    expect(takeSaid()).toEqual([
      'midi: launchpad is Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
      'midi: any is MPD218:MPD218 MIDI 1',
    ]);
  });

  test('readies the controller, then says that it is connected, then passes on what it sends', async () => {
    const { sequencer, watch, heard, port } = alone({ init: [setup(0xf0, 1, 0xf7), setup(0x90, 9, 9)] });
    port.onConnected(() => void port.send([0xb0, 1, 2]));
    sequencer.plug(mpd);
    expect(port.send([0x90, 1, 1])).toBe(false);
    await watch.open();
    expect(port.send([0x90, 2, 2])).toBe(true);
    expect(sequencer.take()).toEqual([
      [mpd, 0xf0, 1, 0xf7],
      [mpd, 0x90, 9, 9],
      [mpd, 0xb0, 1, 2],
      [mpd, 0x90, 2, 2],
    ]);
    sequencer.triggerMessage(mpd, [0x90, 36, 127]);
    expect(heard.messages).toEqual([{ bytes: [0x90, 36, 127], time: 1234.5 }]);
  });

  test('waits between the messages of the setup, and hears nothing until it is through', async () => {
    const { sequencer, watch, heard } = alone({ init: [{ bytes: [0xf0, 1, 0xf7], waitMs: 50 }, setup(0xf0, 2, 0xf7)] });
    sequencer.plug(mpd);
    const opened = watch.open();
    await jest.advanceTimersByTimeAsync(49);
    expect(sequencer.take()).toEqual([[mpd, 0xf0, 1, 0xf7]]);
    sequencer.triggerMessage(mpd, [0x90, 36, 127]);
    expect(heard).toMatchObject({ connects: 0, messages: [] });
    await jest.advanceTimersByTimeAsync(1);
    await opened;
    expect(sequencer.take()).toEqual([[mpd, 0xf0, 2, 0xf7]]);
    expect(heard.connects).toBe(1);
  });

  test('leaves the other face of a device alone', async () => {
    const { sequencer, watch, ports } = watched(launchpadWish, { name: 'any' });
    sequencer.plug(daw, launchpad);
    await watch.open();
    expect(ports.map(({ seat }) => seat?.input)).toEqual([launchpad, undefined]);
  });

  test('gives lamps of their own port where the wish has one, and none where there is none', async () => {
    const { sequencer, watch, ports, takeSaid } = watched({ name: 'two', output: like('X-TOUCH') }, { name: 'deaf' });
    sequencer.plugDevice({ inputs: [mpd], outputs: [] });
    sequencer.plugDevice({ inputs: [], outputs: [knobs] });
    sequencer.plugDevice({ inputs: [launchpad], outputs: [] });
    await watch.open();
    expect(ports.map(({ seat }) => [seat?.input, seat?.output])).toEqual([
      [mpd, knobs],
      [launchpad, undefined],
    ]);
    expect(ports.map((port) => port.send([0x90, 1, 1]))).toEqual([true, false]);
    expect(takeSaid().at(-1)).toMatch(/, no lamps$/);
  });

  test('comes later for one that is plugged in later, without new clients for each look', async () => {
    const { sequencer, watch, heard } = alone();
    await watch.open();
    for (let look = 0; look < 100; look += 1) await nextLook();
    expect(sequencer.made()).toBe(2);
    sequencer.plug(mpd);
    await jest.advanceTimersByTimeAsync(999);
    await jest.advanceTimersByTimeAsync(1);
    expect(heard.connects).toBe(1);
    expect(sequencer.clients()).toBe(4);
  });
});

describe('a controller that goes', () => {
  test('is let go of, and seated anew when it comes back, with its setup', async () => {
    const { sequencer, watch, heard, port, takeSaid } = alone({ init: [setup(0xf0, 1, 0xf7)] });
    sequencer.plug(mpd);
    await watch.open();
    sequencer.unplug(mpd);
    await nextLook();
    expect(port.seat).toBeUndefined();
    expect(port.send([0x90, 1, 1])).toBe(false);
    expect(sequencer.clients()).toBe(2);
    const moved = mpd.replace('24:0', '32:0');
    sequencer.plug(moved);
    await nextLook();
    expect(heard.connects).toBe(2);
    expect(sequencer.take()).toEqual([
      [mpd, 0xf0, 1, 0xf7],
      [moved, 0xf0, 1, 0xf7],
    ]);
    expect(takeSaid()).toEqual([
      'midi: pads is MPD218:MPD218 MIDI 1',
      'midi: pads is gone (MPD218:MPD218 MIDI 1)',
      'midi: pads is MPD218:MPD218 MIDI 1',
    ]);
  });

  test('and is back under the same name before anybody looked is seated anew all the same', async () => {
    const { sequencer, watch, heard, port } = alone({ init: [setup(0xf0, 1, 0xf7)] });
    sequencer.plug(mpd);
    await watch.open();
    sequencer.unplug(mpd);
    sequencer.plug(mpd);
    sequencer.triggerMessage(mpd, [0x90, 36, 127]);
    expect(heard.messages).toEqual([]);
    await nextLook();
    sequencer.triggerMessage(mpd, [0x90, 36, 127]);
    expect(heard).toMatchObject({ connects: 2, messages: [{ bytes: [0x90, 36, 127] }] });
    sequencer.take();
    expect(port.send([0x90, 1, 1])).toBe(true);
    expect(sequencer.take()).toEqual([[mpd, 0x90, 1, 1]]);
    expect(sequencer.clients()).toBe(4);
    await nextLook();
    expect(heard.connects).toBe(2);
  });

  test('and is back before anybody looked has its port for lamps opened anew too', async () => {
    const { sequencer, watch, heard } = alone({ output: like('X-TOUCH') });
    sequencer.plugDevice({ inputs: [mpd], outputs: [] });
    sequencer.plugDevice({ inputs: [], outputs: [knobs] });
    await watch.open();
    sequencer.unplug(knobs);
    sequencer.plugDevice({ inputs: [], outputs: [knobs] });
    await nextLook();
    expect(heard.connects).toBe(2);
  });

  test('takes no other one with it', async () => {
    const { sequencer, watch, ears } = watched({ name: 'one', input: like('MPD') }, { name: 'two' });
    sequencer.plug(mpd);
    sequencer.plug(knobs);
    await watch.open();
    sequencer.unplug(mpd);
    await nextLook();
    sequencer.triggerMessage(knobs, [0x90, 1, 1]);
    expect(ears.map(({ port, connects, messages }) => [port.seat?.input, connects, messages.length])).toEqual([
      [undefined, 1, 0],
      [knobs, 1, 1],
    ]);
  });
});

describe('what fails', () => {
  test('a sequencer that is missing is said once, and found later', async () => {
    const { sequencer, watch, heard, takeSaid } = alone();
    sequencer.missing = 'no such file';
    sequencer.plug(mpd);
    await watch.open();
    for (let look = 0; look < 5; look += 1) await nextLook();
    expect(takeSaid()).toEqual([
      expect.stringMatching(/^midi: no sequencer \(no such file\); trying again each second/),
    ]);
    sequencer.missing = undefined;
    await nextLook();
    expect(takeSaid()).toEqual(['midi: the sequencer is there now', 'midi: pads is MPD218:MPD218 MIDI 1']);
    expect(heard.connects).toBe(1);
    expect(sequencer.clients()).toBe(4);
  });

  test('a sequencer that goes keeps no client of the watch, and costs no seat', async () => {
    const { sequencer, watch, heard } = alone();
    sequencer.plug(mpd);
    await watch.open();
    sequencer.missing = 'no such file';
    await nextLook();
    expect([heard.port.seat?.input, sequencer.clients()]).toEqual([mpd, 2]);
    sequencer.missing = undefined;
    await nextLook();
    expect([heard.connects, sequencer.clients()]).toEqual([1, 4]);
  });

  test('a port that cannot be opened is tried again, said once, and leaves no client behind', async () => {
    const { sequencer, watch, heard, takeSaid } = alone();
    sequencer.plug(mpd);
    sequencer.refused.add(mpd);
    await watch.open();
    for (let look = 0; look < 5; look += 1) await nextLook();
    expect(takeSaid()).toEqual(['midi: pads cannot be opened (the driver refuses); trying again each second']);
    expect(sequencer.clients()).toBe(2);
    sequencer.refused.clear();
    await nextLook();
    expect(takeSaid()).toEqual(['midi: pads is MPD218:MPD218 MIDI 1']);
    expect(heard.connects).toBe(1);
    expect(sequencer.clients()).toBe(4);
    sequencer.unplug(mpd);
    await nextLook();
    sequencer.plug(mpd);
    sequencer.refused.add(mpd);
    await nextLook();
    expect(takeSaid().at(-1)).toMatch(/cannot be opened/);
  });

  test('a port whose setup cannot be sent is not seated', async () => {
    const { sequencer, watch, heard, port } = alone({ init: [setup(0xf0, 1, 0xf7)] });
    sequencer.plug(mpd);
    sequencer.mute = true;
    await watch.open();
    expect([port.seat, heard.connects, sequencer.clients()]).toEqual([undefined, 0, 2]);
    sequencer.mute = false;
    await nextLook();
    expect([port.seat?.input, heard.connects]).toEqual([mpd, 1]);
  });

  test('a message that cannot be sent costs the seat, not the show', async () => {
    const { sequencer, watch, heard, port, takeSaid } = alone({ init: [setup(0xf0, 1, 0xf7)] });
    sequencer.plug(mpd);
    await watch.open();
    sequencer.mute = true;
    sequencer.clinging = true;
    expect(port.send([0x90, 1, 1])).toBe(false);
    expect(port.send([0x90, 1, 1])).toBe(false);
    expect(port.seat).toBeUndefined();
    expect(sequencer.clients()).toBe(2);
    expect(takeSaid().at(-1)).toBe('midi: pads takes nothing (the driver takes nothing); trying again');
    sequencer.mute = false;
    await nextLook();
    expect(heard.connects).toBe(2);
    expect(port.send([0x90, 1, 1])).toBe(true);
  });

  test('a message that cannot be sent during the setup ends it', async () => {
    const { sequencer, watch, heard, port } = alone({
      init: [{ bytes: [0xf0, 1, 0xf7], waitMs: 50 }, setup(0x90, 9, 9)],
    });
    sequencer.plug(mpd);
    const opened = watch.open();
    sequencer.mute = true;
    expect(port.send([0x90, 1, 1])).toBe(false);
    sequencer.mute = false;
    await jest.advanceTimersByTimeAsync(50);
    await opened;
    expect(sequencer.take()).toEqual([[mpd, 0xf0, 1, 0xf7]]);
    expect([heard.connects, sequencer.clients()]).toEqual([0, 2]);
    await nextLook();
    await jest.advanceTimersByTimeAsync(50);
    expect([heard.connects, sequencer.clients()]).toEqual([1, 4]);
  });

  test('a lamp that cannot be set at the connection leaves the port unseated, and unsaid to be', async () => {
    const { sequencer, watch, port, takeSaid } = alone();
    port.onConnected(() => {
      sequencer.mute = true;
      port.send([0x90, 1, 1]);
    });
    sequencer.plug(mpd);
    await watch.open();
    expect([port.seat, sequencer.clients()]).toEqual([undefined, 2]);
    expect(takeSaid()).toEqual(['midi: pads takes nothing (the driver takes nothing); trying again']);
  });

  test('a look that throws is said once, and followed by others', async () => {
    const { sequencer, watch, ears, takeSaid } = watched({ name: 'odd', input: like('(') });
    sequencer.plug(mpd);
    await watch.open();
    await nextLook();
    expect(takeSaid()).toEqual([expect.stringMatching(/^midi: cannot look for controllers \(.*regular expression/i)]);
    sequencer.unplug(mpd);
    await nextLook();
    sequencer.plug(mpd);
    await nextLook();
    expect(takeSaid()).toHaveLength(1);
    expect(ears[0]?.connects).toBe(0);
  });
});

describe('closing', () => {
  test('leaves each controller as it was found, then lets go of all, once, and looks no more', async () => {
    const { sequencer, watch, ears } = watched(launchpadWish, { name: 'any', deinit: [setup(0xb0, 0, 0)] });
    sequencer.plug(launchpad);
    sequencer.plug(mpd);
    await watch.open();
    sequencer.take();
    expect(sequencer.clients()).toBe(6);
    await watch.close();
    expect(sequencer.take()).toEqual([
      [launchpad, 0xf0, 0, 0xf7],
      [mpd, 0xb0, 0, 0],
    ]);
    expect([sequencer.clients(), sequencer.made()]).toEqual([0, 6]);
    await watch.close();
    await nextLook();
    expect([sequencer.clients(), sequencer.made(), jest.getTimerCount()]).toEqual([0, 6, 0]);
    expect(ears.map(({ connects }) => connects)).toEqual([1, 1]);
  });

  test('waits as the messages ask', async () => {
    const { sequencer, watch } = alone({ deinit: [{ bytes: [0xf0, 0, 0xf7], waitMs: 50 }, setup(0xb0, 0, 0)] });
    sequencer.plug(mpd);
    await watch.open();
    const closed = watch.close();
    await jest.advanceTimersByTimeAsync(49);
    expect(sequencer.take()).toEqual([[mpd, 0xf0, 0, 0xf7]]);
    await jest.advanceTimersByTimeAsync(1);
    await closed;
    expect(sequencer.take()).toEqual([[mpd, 0xb0, 0, 0]]);
    expect(sequencer.clients()).toBe(0);
  });

  test('lets go of all even when the driver takes nothing and clings', async () => {
    const { sequencer, watch, takeSaid } = watched(launchpadWish, { name: 'any', deinit: [setup(0xb0, 0, 0)] });
    sequencer.plug(launchpad);
    sequencer.plug(mpd);
    await watch.open();
    takeSaid();
    sequencer.mute = true;
    sequencer.clinging = true;
    await watch.close();
    expect([sequencer.clients(), sequencer.made(), jest.getTimerCount()]).toEqual([0, 6, 0]);
    expect(takeSaid()).toEqual([
      'midi: launchpad cannot be left as it was found (the driver takes nothing)',
      'midi: any cannot be left as it was found (the driver takes nothing)',
    ]);
  });

  test('during a setup ends it: nothing more is opened or sent', async () => {
    const init = [{ bytes: [0xf0, 1, 0xf7], waitMs: 50 }, setup(0x90, 9, 9)];
    const { sequencer, watch, ears } = watched({ ...launchpadWish, init }, { name: 'any' });
    sequencer.plug(launchpad);
    sequencer.plug(mpd);
    const opened = watch.open();
    await jest.advanceTimersByTimeAsync(20);
    await watch.close();
    await jest.advanceTimersByTimeAsync(2000);
    await opened;
    expect(sequencer.take()).toEqual([
      [launchpad, 0xf0, 1, 0xf7],
      [launchpad, 0xf0, 0, 0xf7],
    ]);
    expect([sequencer.clients(), sequencer.made(), jest.getTimerCount()]).toEqual([0, 3, 0]);
    expect(ears.map(({ connects }) => connects)).toEqual([0, 0]);
  });

  test('during a setup sends no more of it, even while it waits itself', async () => {
    const wait = (ms: number, byte: number) => ({ bytes: [0xf0, byte, 0xf7], waitMs: ms });
    const { sequencer, watch, heard } = alone({ init: [wait(50, 1), wait(0, 2)], deinit: [wait(100, 3), wait(0, 4)] });
    sequencer.plug(mpd);
    const opened = watch.open();
    const closed = watch.close();
    await jest.advanceTimersByTimeAsync(100);
    await Promise.all([opened, closed]);
    expect(sequencer.take().map(([, , byte]) => byte)).toEqual([1, 3, 4]);
    expect([heard.connects, sequencer.clients(), sequencer.made()]).toEqual([0, 0, 3]);
  });

  test('before anything was opened is quiet', async () => {
    const { sequencer, watch, takeSaid } = alone();
    await watch.close();
    expect([sequencer.made(), takeSaid()]).toEqual([0, []]);
  });
});
