import { joined } from '../../src/streams/controller.ts';
import { generic } from '../core/lamps/profiles.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';
import { running } from './running.ts';

const stomp = [0x90, 36, 100];
const dark = [36, 37, 38, 39, 40, 41, 42, 43].map((note) => [0x90, note, 0]);

test('a controller that is let go of goes dark and is deaf, while the session runs on', () => {
  const { session, audio } = running(promptly);
  const port = new FakeMidiPort();
  const leave = joined({ profile: generic, port }, session, audio, audio).subscribe();
  port.triggerConnected();
  port.triggerMessage(stomp, 200_000 / 48);
  expect(session.state.tracks[0]?.state).toBe('PLAYING');
  port.take();
  leave.unsubscribe();
  expect(port.take()).toEqual(dark);
  port.triggerMessage(stomp, 200_000 / 48);
  port.triggerConnected();
  session.requestRecording(2, 1);
  expect(session.state.tracks.map(({ state }) => state)).toEqual(['PLAYING', 'PLAYING', 'EMPTY']);
  expect(port.take()).toEqual([]);
});

test('a controller that is away as it is let go of hears of no darkness, and nothing breaks', () => {
  const { session, audio } = running(promptly);
  const port = new FakeMidiPort();
  joined({ profile: generic, port }, session, audio, audio).subscribe().unsubscribe();
  expect([port.received, port.missed]).toEqual([[], dark]);
});
