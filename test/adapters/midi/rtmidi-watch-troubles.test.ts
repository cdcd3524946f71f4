import { jest } from '@jest/globals';
import { ours, profileOf, setup } from './profiles.ts';
import { nextLook, watched } from './rig.ts';

const mpd = 'MPD218:MPD218 MIDI 1 24:0';
const own = ['RtMidi Input Client:RtMidi Input 128:0', 'RtMidi Output Client:RtMidi Output 129:0'];
const pads = profileOf('pads', ['^MPD'], { init: [setup(0xf0, 1, 0xf7)] });

const looks = async (count: number) => {
  for (let look = 0; look < count; look += 1) await nextLook();
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a sequencer that is missing is said once, and found later', async () => {
  const { sequencer, watch, heard, takeSaid } = watched([ours(pads)]);
  sequencer.missing = 'no such file';
  sequencer.plug(mpd);
  await watch.open();
  await looks(5);
  expect(takeSaid()).toEqual([expect.stringMatching(/^midi: no sequencer \(no such file\); trying again/)]);
  sequencer.missing = undefined;
  await nextLook();
  expect(takeSaid()).toEqual(['midi: the sequencer is there now', 'midi: pads is MPD218:MPD218 MIDI 1']);
  expect([heard[0]?.connects, sequencer.clients()]).toEqual([1, 4]);
});

test('a sequencer that goes keeps no client of the watch, and costs no seat', async () => {
  const { sequencer, watch, heard } = watched([ours(pads)]);
  sequencer.plug(mpd);
  await watch.open();
  sequencer.missing = 'no such file';
  await nextLook();
  expect([watch.seats()[0]?.connected, sequencer.clients()]).toEqual([true, 2]);
  sequencer.missing = undefined;
  await nextLook();
  expect([heard[0]?.connects, sequencer.clients()]).toEqual([1, 4]);
});

test.each<readonly [string, string, 'refused' | 'vanishing']>([
  ['cannot be opened', 'the driver refuses', 'refused'],
  ['vanishes between listing and opening', 'it has gone again', 'vanishing'],
])('a port that %s is tried again, said once, and leaves no client behind', async (_case, reason, how) => {
  const { sequencer, watch, heard, takeSaid } = watched([ours(pads)]);
  sequencer.plug(mpd);
  sequencer[how].add(mpd);
  await watch.open();
  await looks(5);
  expect(takeSaid()).toEqual([`midi: pads cannot be opened (${reason}); trying again`]);
  expect([sequencer.clients(), heard.length, heard[0]?.connects]).toEqual([2, 1, 0]);
  sequencer[how].clear();
  await nextLook();
  expect(takeSaid()).toEqual(['midi: pads is MPD218:MPD218 MIDI 1']);
  expect([sequencer.clients(), heard[0]?.connects]).toEqual([4, 1]);
});

test('a port whose setup cannot be sent is not seated', async () => {
  const { sequencer, watch, heard } = watched([ours(pads)]);
  sequencer.plug(mpd);
  sequencer.mute = true;
  await watch.open();
  expect([heard[0]?.connects, sequencer.clients()]).toEqual([0, 2]);
  sequencer.mute = false;
  await nextLook();
  expect(heard[0]?.connects).toBe(1);
});

test('a message that cannot be sent costs the seat, not the show', async () => {
  const { sequencer, watch, heard, takeSaid } = watched([ours(pads)]);
  sequencer.plug(mpd);
  await watch.open();
  sequencer.mute = true;
  sequencer.clinging = true;
  expect([heard[0]?.port.send([0x90, 1, 1]), heard[0]?.port.send([0x90, 1, 1])]).toEqual([false, false]);
  expect(sequencer.clients()).toBe(2);
  expect(takeSaid().at(-1)).toBe('midi: pads takes nothing (the driver takes nothing); trying again');
  sequencer.mute = false;
  await nextLook();
  expect([heard[0]?.connects, heard[0]?.port.send([0x90, 1, 1])]).toEqual([2, true]);
});

test('a lamp that cannot be set at the connection leaves the port unseated, and unsaid to be', async () => {
  const { sequencer, watch, takeSaid } = watched([ours(pads)]);
  watch.onController(({ port }) => {
    port.onConnected(() => {
      sequencer.mute = true;
      port.send([0x90, 1, 1]);
    });
    return () => undefined;
  });
  sequencer.plug(mpd);
  await watch.open();
  expect([watch.seats()[0]?.connected, sequencer.clients()]).toEqual([false, 2]);
  expect(takeSaid()).toEqual(['midi: pads takes nothing (the driver takes nothing); trying again']);
});

test('a look that throws is said once, and followed by others', async () => {
  const { sequencer, watch, heard, takeSaid } = watched([ours(profileOf('odd', ['(']))]);
  sequencer.plug(mpd);
  await watch.open();
  await looks(2);
  expect(takeSaid()).toEqual([expect.stringMatching(/^midi: cannot look for controllers \(.*regular expression/i)]);
  watch.use([ours(pads)], []);
  await nextLook();
  expect(heard[0]?.connects).toBe(1);
});

test('one who cannot let go keeps no port open', async () => {
  const { sequencer, watch } = watched([ours(pads)]);
  watch.onController(() => () => {
    throw new Error('cannot let go');
  });
  sequencer.plug(mpd);
  await watch.open();
  watch.use([], []);
  await nextLook();
  expect(sequencer.clients()).toBe(2);
});

test('ends of our own are no controllers, not even by name', async () => {
  const { sequencer, watch, heard } = watched([ours(profileOf('any', ['RtMidi'])), ours(profileOf('generic'))]);
  sequencer.plug(...own);
  await watch.open();
  watch.use([ours(profileOf('generic'))], [{ profile: 'generic', input: 'RtMidi' }]);
  await nextLook();
  expect(heard).toEqual([]);
});
