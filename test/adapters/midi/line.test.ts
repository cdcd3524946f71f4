import { jest } from '@jest/globals';
import { ours, profileOf } from './profiles.ts';
import { nextLook, watched } from './rig.ts';

const synth = 'Synth:Synth in 130:0';
const mpd = 'MPD218:MPD218 MIDI 1 24:0';
const through = 'Midi Through:Midi Through Port-0 14:0';
const own = 'RtMidi Input Client:RtMidi Input 128:0';
const clock = [0xf8];

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('an outlet', () => {
  test('takes the first output that has the piece, when it comes, goes and comes again', async () => {
    const { sequencer, watch, takeSaid } = watched([]);
    const outlet = watch.outlet('synth');
    await watch.open();
    expect([outlet.name, outlet.send(clock)]).toEqual(['synth', false]);
    sequencer.plugDevice({ inputs: [], outputs: [synth] });
    await nextLook();
    expect(outlet.send(clock)).toBe(true);
    sequencer.unplug(synth);
    await nextLook();
    expect([outlet.send(clock), sequencer.clients()]).toEqual([false, 2]);
    sequencer.plugDevice({ inputs: [], outputs: [synth] });
    await nextLook();
    expect(outlet.send(clock)).toBe(true);
    expect(sequencer.take()).toEqual([
      [synth, 0xf8],
      [synth, 0xf8],
    ]);
    expect(takeSaid()).toEqual([
      'midi: there is no output "synth" yet; it is taken when it comes',
      'midi: the output "synth" is Synth:Synth in',
      'midi: the output "synth" is gone',
      'midi: the output "synth" is Synth:Synth in',
    ]);
    await watch.close();
    expect([outlet.send(clock), sequencer.clients()]).toEqual([false, 0]);
  });

  test('may be the port of a controller, and is opened anew after a plug that nobody saw', async () => {
    const { sequencer, watch, heard } = watched([ours(profileOf('pads', ['^MPD']))]);
    const outlet = watch.outlet('MPD');
    sequencer.plug(mpd);
    await watch.open();
    sequencer.unplug(mpd);
    sequencer.plug(mpd);
    await nextLook();
    outlet.send(clock);
    heard[0]?.port.send([0x90, 1, 1]);
    expect(sequencer.take()).toEqual([
      [mpd, 0xf8],
      [mpd, 0x90, 1, 1],
    ]);
    expect(sequencer.clients()).toBe(5);
  });

  test('may be what is no controller, but no end of our own', async () => {
    const { sequencer, watch } = watched([]);
    const [loop, ourselves] = [watch.outlet('Through'), watch.outlet('RtMidi')];
    sequencer.plug(through);
    sequencer.plug(own);
    await watch.open();
    expect([loop.send(clock), ourselves.send(clock)]).toEqual([true, false]);
  });

  test('that takes nothing is opened anew', async () => {
    const { sequencer, watch, takeSaid } = watched([]);
    const outlet = watch.outlet('synth');
    sequencer.plug(synth);
    await watch.open();
    sequencer.mute = true;
    expect(outlet.send(clock)).toBe(false);
    expect(takeSaid().at(-1)).toBe('midi: the output "synth" takes nothing (the driver takes nothing); trying again');
    sequencer.mute = false;
    await nextLook();
    expect(outlet.send(clock)).toBe(true);
  });

  test('that cannot be opened is tried again, said once, and leaves no client behind', async () => {
    const { sequencer, watch, takeSaid } = watched([]);
    const outlet = watch.outlet('synth');
    sequencer.plug(synth);
    sequencer.vanishing.add(synth);
    await watch.open();
    for (let look = 0; look < 5; look += 1) await nextLook();
    expect(takeSaid()).toEqual(['midi: the output "synth" cannot be opened (it has gone again); trying again']);
    expect(sequencer.clients()).toBe(2);
    sequencer.vanishing.clear();
    await nextLook();
    expect(outlet.send(clock)).toBe(true);
  });
});

test('an inlet hears all but active sensing, and nothing once it is closed', async () => {
  const { sequencer, watch } = watched([]);
  const heard: [readonly number[], number][] = [];
  watch.inlet('synth', (bytes, time) => void heard.push([bytes, time]));
  sequencer.plug(synth);
  await watch.open();
  for (const bytes of [[0x90, 1, 1], clock, [0xf0, 1, 0xf7], [0xfe], [0xfa]]) sequencer.triggerMessage(synth, bytes);
  expect(heard).toEqual([
    [[0x90, 1, 1], 1234.5],
    [[0xf8], 1234.5],
    [[0xf0, 1, 0xf7], 1234.5],
    [[0xfa], 1234.5],
  ]);
  await watch.close();
  sequencer.triggerMessage(synth, clock);
  expect([heard.length, sequencer.clients()]).toEqual([4, 0]);
});
