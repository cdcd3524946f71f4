import { jest } from '@jest/globals';
import { listControllers } from '../../../src/adapters/midi/rtmidi-names.ts';
import { ours, profileOf, setup, theirs } from './profiles.ts';
import { nextLook, watched } from './rig.ts';

const launchpad = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2 20:1';
const daw = 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 1 20:0';
const mpd = 'MPD218:MPD218 MIDI 1 24:0';
const knobs = 'X-TOUCH MINI:X-TOUCH MINI MIDI 1 28:0';
const through = ['Midi Through:Midi Through Port-0 14:0', 'Midi Through:Midi Through Port-1 14:1'] as const;
const synth = 'Synth:in 130:0';

const launchpadProfile = profileOf('launchpad', ['MIDI 2$'], {
  init: [setup(0xf0, 1, 0xf7)],
  deinit: [setup(0xf0, 0, 0xf7)],
});
const generic = profileOf('generic');
const pads = profileOf('pads', ['^MPD'], { init: [setup(0xf0, 1, 0xf7)], deinit: [setup(0xf0, 0, 0xf7)] });
const slow = (ms: number) => ({ ...setup(0xf0, 1, 0xf7), waitMs: ms });

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('seating', () => {
  test('gives each device the profile that fits, tells of it, and says so once', async () => {
    const { sequencer, watch, heard, takeSaid } = watched([ours(generic), ours(launchpadProfile)]);
    sequencer.plug(...through);
    sequencer.plugDevice({ inputs: [mpd], outputs: [] });
    sequencer.plugUsb({ usb: '1235:0113', usbPath: '1-1.2' }, daw, launchpad);
    await watch.open();
    await nextLook();
    expect(heard.map(({ name, profile, connects }) => [name, profile, connects])).toEqual([
      ['launchpad', launchpadProfile, 1],
      ['generic', generic, 1],
    ]);
    expect(takeSaid()).toEqual([
      'midi: launchpad is Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
      'midi: generic is MPD218:MPD218 MIDI 1, no lamps',
    ]);
    expect(watch.seats()).toEqual([
      {
        name: 'launchpad',
        title: 'LAUNCHPAD',
        profile: 'launchpad',
        why: 'name matches /MIDI 2$/',
        device: 'Launchpad Mini MK3 USB 1235:0113 at 1-1.2',
        inputs: ['Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2'],
        output: 'Launchpad Mini MK3:Launchpad Mini MK3 MIDI 2',
        connected: true,
      },
      {
        name: 'generic',
        title: 'GENERIC',
        profile: 'generic',
        why: 'no other profile knows it',
        device: 'MPD218',
        inputs: ['MPD218:MPD218 MIDI 1'],
        output: undefined,
        connected: true,
      },
    ]);
  });

  test('comes within a second of the plug, without new clients for each look', async () => {
    const { sequencer, watch, heard } = watched([ours(generic)]);
    await watch.open();
    for (let look = 0; look < 100; look += 1) await nextLook();
    expect(sequencer.made()).toBe(2);
    sequencer.plug(mpd);
    await nextLook();
    expect([heard[0]?.connects, sequencer.clients()]).toEqual([1, 4]);
  });

  test('comes 60 ms after the last of a device’s nodes', async () => {
    const { sequencer, events, watch, heard } = watched([ours(generic)]);
    await watch.open();
    sequencer.plug(mpd);
    events.trigger();
    await jest.advanceTimersByTimeAsync(59);
    events.trigger();
    await jest.advanceTimersByTimeAsync(59);
    expect(heard).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(heard[0]?.connects).toBe(1);
  });

  test('needs no knowledge of cards', async () => {
    const { sequencer, watch, heard } = watched([ours(pads)]);
    sequencer.going = undefined;
    sequencer.plug(mpd);
    await watch.open();
    await nextLook();
    expect(heard.map(({ connects }) => connects)).toEqual([1]);
  });

  test('waits for nobody else’s setup', async () => {
    const { sequencer, watch, heard } = watched([ours({ ...pads, init: [slow(5000)] }), ours(generic)]);
    sequencer.plug(mpd);
    void watch.open();
    await nextLook();
    sequencer.plug(knobs);
    await nextLook();
    expect(heard.map(({ name, connects }) => [name, connects])).toEqual([
      ['pads', 0],
      ['generic', 1],
    ]);
    await jest.advanceTimersByTimeAsync(4000);
    expect(heard[0]?.connects).toBe(1);
  });

  test('is done anew when the device gets more ports', async () => {
    const { sequencer, watch, heard, seats } = watched([ours(profileOf('launchpad', ['^Launchpad']))]);
    sequencer.plug(launchpad);
    await watch.open();
    sequencer.plug(daw);
    await nextLook();
    expect(heard.map(({ connects, letGo }) => [connects, letGo])).toEqual([[2, 0]]);
    expect(seats()[0]).toHaveLength(4);
    expect(sequencer.clients()).toBe(5);
  });

  test('is as the config wishes, over two devices if need be', async () => {
    const wish = { profile: 'generic', input: 'Port-0', output: 'Port-1' };
    const { sequencer, watch, heard } = watched([ours(generic), ours(launchpadProfile)], [wish]);
    sequencer.plug(...through);
    sequencer.plug(launchpad);
    await watch.open();
    sequencer.triggerMessage(through[0], [0x90, 1, 1]);
    heard[0]?.port.send([0x90, 2, 2]);
    expect(heard.map(({ messages }) => messages.length)).toEqual([1]);
    expect(sequencer.take()).toEqual([[through[1], 0x90, 2, 2]]);
  });

  test('does not change for a wish that has a device when another comes before it', async () => {
    const { sequencer, watch, heard } = watched([ours(generic)], [{ profile: 'generic' }]);
    sequencer.plug(knobs);
    await watch.open();
    sequencer.plug(mpd);
    await nextLook();
    sequencer.triggerMessage(knobs, [0x90, 1, 1]);
    expect(heard.map(({ connects, messages }) => [connects, messages.length])).toEqual([[1, 1]]);
  });
});

describe('a controller that goes', () => {
  test('is let go of, and seated anew when it comes back, with its setup, by whoever knew it', async () => {
    const { sequencer, watch, heard, takeSaid } = watched([ours(pads)]);
    sequencer.plug(mpd);
    await watch.open();
    sequencer.unplug(mpd);
    await nextLook();
    expect([heard[0]?.port.send([0x90, 1, 1]), watch.seats()[0]?.connected, sequencer.clients()]).toEqual([
      false,
      false,
      2,
    ]);
    const moved = mpd.replace('24:0', '32:0');
    sequencer.plug(moved);
    await nextLook();
    expect(heard.map(({ connects, letGo }) => [connects, letGo])).toEqual([[2, 0]]);
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
    const { sequencer, watch, heard } = watched([ours(pads)]);
    sequencer.plug(mpd);
    await watch.open();
    sequencer.unplug(mpd);
    sequencer.plug(mpd);
    await nextLook();
    sequencer.triggerMessage(mpd, [0x90, 36, 127]);
    expect(heard).toMatchObject([{ connects: 2, messages: [{ bytes: [0x90, 36, 127], time: 1234.5 }] }]);
    expect(sequencer.clients()).toBe(4);
    await nextLook();
    expect(heard[0]?.connects).toBe(2);
  });

  test('in pieces, its ports last, is not taken for another', async () => {
    const { sequencer, watch, heard, takeSaid } = watched([ours(pads)]);
    sequencer.plugUsb({ usbPath: '1-1' }, mpd);
    await watch.open();
    sequencer.going = new Set([2]);
    await nextLook();
    sequencer.unplug(mpd);
    sequencer.going = new Set();
    await nextLook();
    sequencer.plugUsb({ usbPath: '1-1' }, mpd);
    await nextLook();
    expect(heard.map(({ name, connects }) => [name, connects])).toEqual([['pads', 2]]);
    expect(takeSaid()).toEqual([
      'midi: pads is MPD218:MPD218 MIDI 1',
      'midi: pads is gone (MPD218:MPD218 MIDI 1)',
      'midi: pads is MPD218:MPD218 MIDI 1',
    ]);
  });

  test('takes no other one with it', async () => {
    const { sequencer, watch, heard } = watched([ours(generic), ours(pads)]);
    sequencer.plug(mpd);
    sequencer.plug(knobs);
    await watch.open();
    sequencer.unplug(mpd);
    await nextLook();
    sequencer.triggerMessage(knobs, [0x90, 1, 1]);
    expect(heard.map(({ connects, messages }) => [connects, messages.length])).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  test('a thousand times leaves no client behind, and is the same one each time', async () => {
    const { sequencer, watch, heard } = watched([ours(pads)]);
    await watch.open();
    for (let plug = 0; plug < 1000; plug += 1) {
      const name = mpd.replace('24:0', `${16 + 4 * (plug % 28)}:0`);
      sequencer.plugUsb({ usbPath: `1-${plug % 4}` }, name);
      await nextLook();
      expect(sequencer.clients()).toBe(4);
      sequencer.unplug(name);
      await nextLook();
    }
    expect([sequencer.clients(), heard.length, heard[0]?.connects]).toEqual([2, 1, 1000]);
  });
});

describe('two of the same kind', () => {
  const at = (client: number) => `MPD218:MPD218 MIDI 1 ${client}:0`;

  test.each([
    ['by their sockets', { usbPath: '1-1' }, { usbPath: '1-2' }],
    ['by their serial numbers', { serial: 'A' }, { serial: 'B' }],
  ])('are told apart %s, in whatever order they come back', async (_case, one, other) => {
    const { sequencer, watch, heard, seats } = watched([ours(pads)]);
    sequencer.plugUsb(one, at(20));
    sequencer.plugUsb(other, at(24));
    await watch.open();
    expect(heard.map(({ name }) => name)).toEqual(['pads', 'pads (2)']);
    sequencer.unplug(at(20));
    sequencer.unplug(at(24));
    await nextLook();
    sequencer.plugUsb(other, at(20));
    sequencer.plugUsb(one, at(24));
    await nextLook();
    sequencer.triggerMessage(at(24), [0x90, 1, 1]);
    expect(heard.map(({ connects, messages }) => [connects, messages.length])).toEqual([
      [2, 1],
      [2, 0],
    ]);
    expect(seats()).toHaveLength(2);
  });

  test('one that comes back in another socket is who it was', async () => {
    const { sequencer, watch, heard } = watched([ours(pads)]);
    sequencer.plugUsb({ usbPath: '1-1' }, at(20));
    sequencer.plugUsb({ usbPath: '1-2' }, at(24));
    await watch.open();
    sequencer.unplug(at(24));
    await nextLook();
    sequencer.plugUsb({ usbPath: '1-3' }, at(28));
    await nextLook();
    sequencer.unplug(at(28));
    await nextLook();
    sequencer.plugUsb({ usbPath: '1-3' }, at(28));
    await nextLook();
    expect(heard.map(({ name, connects }) => [name, connects])).toEqual([
      ['pads', 1],
      ['pads (2)', 3],
    ]);
  });

  test('one that is new while the other is there gets a name of its own', async () => {
    const { sequencer, watch, heard } = watched([ours(pads)]);
    for (const client of [20, 24, 28]) sequencer.plugUsb({ usbPath: `1-${client}` }, at(client));
    await watch.open();
    expect(heard.map(({ name }) => name)).toEqual(['pads', 'pads (2)', 'pads (3)']);
  });
});

describe('other profiles', () => {
  test('change those that fit otherwise by them: goodbye, then the new one, under the same name', async () => {
    const { sequencer, watch, heard, takeSaid } = watched([ours(generic), ours(pads)]);
    sequencer.plug(mpd);
    sequencer.plug(knobs);
    await watch.open();
    sequencer.take();
    takeSaid();
    const learnt = { ...pads, init: [setup(0xf0, 2, 0xf7)] };
    watch.use([ours({ ...generic }), theirs(learnt)], []);
    await nextLook();
    expect(heard.map(({ name, connects, letGo }) => [name, connects, letGo])).toEqual([
      ['pads', 1, 1],
      ['generic', 1, 0],
      ['pads', 1, 0],
    ]);
    expect(sequencer.take()).toEqual([
      [mpd, 0xf0, 0, 0xf7],
      [mpd, 0xf0, 2, 0xf7],
    ]);
    expect(takeSaid()).toEqual(['midi: pads is MPD218:MPD218 MIDI 1']);
    expect(sequencer.clients()).toBe(6);
  });

  test('a device that gets one of its own is no longer generic', async () => {
    const { sequencer, watch, heard, seats } = watched([ours(generic)]);
    sequencer.plug(mpd);
    await watch.open();
    watch.use([ours(generic), theirs(pads)], []);
    await nextLook();
    expect(heard.map(({ name, letGo }) => [name, letGo])).toEqual([
      ['generic', 1],
      ['pads', 0],
    ]);
    expect(seats()).toEqual([['pads', 'MPD218:MPD218 MIDI 1', true]]);
  });

  test('wait until the goodbye is said', async () => {
    const { sequencer, watch, heard } = watched([ours({ ...pads, deinit: [slow(300), setup(0xb0, 0, 0)] })]);
    sequencer.plug(mpd);
    await watch.open();
    watch.use([ours(generic)], []);
    await jest.advanceTimersByTimeAsync(299);
    expect(heard).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(heard.map(({ name, connects }) => [name, connects])).toEqual([
      ['pads', 1],
      ['generic', 1],
    ]);
    expect(sequencer.take().at(-1)).toEqual([mpd, 0xb0, 0, 0]);
  });

  test('let go of one that is away, if its own is no more', async () => {
    const { sequencer, watch, heard } = watched([ours(pads), ours(launchpadProfile)]);
    sequencer.plug(mpd);
    sequencer.plug(launchpad);
    await watch.open();
    sequencer.unplug(mpd);
    sequencer.unplug(launchpad);
    await nextLook();
    watch.use([ours(generic), ours({ ...launchpadProfile })], []);
    expect(heard.map(({ name, letGo }) => [name, letGo])).toEqual([
      ['launchpad', 0],
      ['pads', 1],
    ]);
  });

  test('that leave a device with none leave it as it was found', async () => {
    const { sequencer, watch, heard } = watched([ours(pads)]);
    sequencer.plug(mpd);
    await watch.open();
    watch.use([ours(pads)], [{ profile: 'pads', input: 'another' }]);
    await nextLook();
    expect([heard[0]?.letGo, sequencer.clients(), sequencer.take().at(-1)]).toEqual([1, 2, [mpd, 0xf0, 0, 0xf7]]);
  });
});

describe('closing', () => {
  test('lets all know, leaves each controller as it was found, lets go of all, once, and looks no more', async () => {
    const { sequencer, events, watch, heard } = watched([ours(launchpadProfile), ours(pads)]);
    sequencer.plug(launchpad);
    sequencer.plug(mpd);
    await watch.open();
    sequencer.take();
    expect(sequencer.clients()).toBe(6);
    await watch.close();
    expect(sequencer.take()).toEqual([
      [launchpad, 0xf0, 0, 0xf7],
      [mpd, 0xf0, 0, 0xf7],
    ]);
    await watch.close();
    await nextLook();
    expect([sequencer.clients(), sequencer.made(), jest.getTimerCount(), events.isOpen()]).toEqual([0, 6, 0, false]);
    expect(heard.map(({ connects, letGo }) => [connects, letGo])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test('waits as the messages ask', async () => {
    const { sequencer, watch } = watched([ours({ ...pads, deinit: [slow(50), setup(0xb0, 0, 0)] })]);
    sequencer.plug(mpd);
    await watch.open();
    sequencer.take();
    const closed = watch.close();
    await jest.advanceTimersByTimeAsync(49);
    expect(sequencer.take()).toEqual([[mpd, 0xf0, 1, 0xf7]]);
    await jest.advanceTimersByTimeAsync(1);
    await closed;
    expect([sequencer.take(), sequencer.clients()]).toEqual([[[mpd, 0xb0, 0, 0]], 0]);
  });

  test('during a setup ends it: nothing more of it is sent', async () => {
    const { sequencer, watch, heard } = watched([ours({ ...pads, init: [slow(50), setup(0x90, 9, 9)] })]);
    sequencer.plug(mpd);
    const opened = watch.open();
    await jest.advanceTimersByTimeAsync(20);
    await watch.close();
    await jest.advanceTimersByTimeAsync(2000);
    await opened;
    expect(sequencer.take()).toEqual([
      [mpd, 0xf0, 1, 0xf7],
      [mpd, 0xf0, 0, 0xf7],
    ]);
    expect([heard[0]?.connects, sequencer.clients(), jest.getTimerCount()]).toEqual([0, 0, 0]);
  });

  test('lets go of all even when the driver takes nothing and clings', async () => {
    const { sequencer, watch, takeSaid } = watched([ours(launchpadProfile), ours(pads)]);
    sequencer.plug(launchpad);
    sequencer.plug(mpd);
    await watch.open();
    takeSaid();
    sequencer.mute = true;
    sequencer.clinging = true;
    await watch.close();
    expect([sequencer.clients(), jest.getTimerCount()]).toEqual([0, 0]);
    expect(takeSaid()).toEqual([
      'midi: launchpad cannot be left as it was found (the driver takes nothing)',
      'midi: pads cannot be left as it was found (the driver takes nothing)',
    ]);
  });

  test('before anything was opened is quiet', async () => {
    const { sequencer, watch, takeSaid } = watched([ours(generic)]);
    await watch.close();
    expect([sequencer.made(), takeSaid()]).toEqual([0, []]);
  });
});

test('what is there is listed without a watch, and leaves no client behind', () => {
  const { sequencer } = watched([]);
  sequencer.plugUsb({ usb: '09e8:0034', usbPath: '1-1' }, mpd);
  sequencer.plugDevice({ inputs: [], outputs: [synth] });
  const listed = listControllers([ours(generic), ours(profileOf('pads', [], { usb: ['09e8:0034'] }))], [], sequencer);
  expect(listed.map(({ device, chosen, why }) => [device.name, device.card, chosen?.profile.name, why])).toEqual([
    ['MPD218', 2, 'pads', 'USB id 09e8:0034'],
    ['Synth', undefined, undefined, 'it sends nothing'],
  ]);
  expect(sequencer.clients()).toBe(0);
});
