import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Subject } from 'rxjs';
import { JoinedController } from '../../src/streams/controller.ts';
import { aControl, aPad, aSwitch, cc, pads } from '../core/controller/a-profile.ts';
import { takesAll } from '../fakes/fake-audio-engine.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';
import { aStage } from './a-stage.ts';

const heapBytes = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

/** Whatever a broken controller may send, again and again: all notes and controls, on all channels, and system messages. */
const messageOf = (index: number): readonly number[] => {
  const channel = index & 15;
  const data = (index * 37) & 127;
  const kinds: readonly (readonly number[])[] = [
    [0x90 + channel, data, index & 127],
    [0x80 + channel, data, 0],
    [0xb0 + channel, data, (index * 11) & 127],
    [0xc0 + channel, data],
    [0xe0 + channel, data, index & 127],
    [0xfe],
    [0xf8],
    [0xf0, data, index & 127],
    [0xf0, 0x7d, data, 0xf7],
    [0x90, 36 + (index % 3), index & 64],
  ];
  return kinds[index % kinds.length] ?? [];
};

const played = () => {
  const { stage, session, audio, time, clock } = aStage(takesAll);
  const scale = { kind: 'linear', from: 0, to: 1, round: false, curve: 1 } as const;
  const profile = pads(3, {
    controls: [
      ...pads(3).controls,
      aPad(1, {}, { id: 'pedal', on: cc(64) }),
      aControl('key', { on: { kind: 'ccs', numbers: [44, 45, 46], pressAt: 24, releaseAt: 8 } }),
      aSwitch('shift', 60, { command: 'muteClick' }, { longHold: { command: 'reset' } }),
      aControl('fader', {
        on: cc(1),
        fine: true,
        bindings: { turn: { command: 'setClickVolume', scale, pickUp: true } },
      }),
    ],
    chords: [{ controls: ['track-1', 'track-2'], do: { command: 'reset' } }],
    refreshOnRelease: true,
  });
  const port = new FakeMidiPort();
  new JoinedController({ profile, port }, stage, new Subject());
  port.triggerConnected();
  return { audio, session, time, clock, port };
};

test('a flood of 100,000 messages leaves nothing behind, and a stomp in it acts as ever', () => {
  const { audio, session, time, clock, port } = played();
  const flood = (messages: number): void => {
    for (let index = 0; index < messages; index += 1) {
      if (index % 10 === 0) time.advanceTo(time.scheduler.now() + 1);
      port.triggerMessage(messageOf(index), clock.now());
      if (index % 1000 === 0) {
        audio.sent.length = 0;
        port.take();
      }
    }
  };
  flood(10_000);
  const before = heapBytes();
  const pending = time.scheduler.actions.length;
  flood(100_000);
  expect(heapBytes() - before).toBeLessThan(3_000_000);
  expect(time.scheduler.actions.length).toBeLessThanOrEqual(pending + 5);
  session.reset();
  time.advanceTo(time.scheduler.now() + 1000);
  audio.sent.length = 0;
  port.triggerMessage([0x90, 38, 100], clock.now());
  expect(audio.sent).toMatchObject([{ type: 'capture', track: 3 }]);
});
