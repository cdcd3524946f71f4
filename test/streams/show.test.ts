import type { Profile } from '../../src/core/controller/profile.ts';
import { newSession } from '../../src/core/session/state.ts';
import type { EventLog, ShowEvent } from '../../src/ports/event-log.ts';
import { Session } from '../../src/streams/session.ts';
import { startShow } from '../../src/streams/show.ts';
import { generic, hex, launchpad } from '../core/lamps/profiles.ts';
import { settings } from '../engine/rig.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { FakeAudioEngine, takesAll } from '../fakes/fake-audio-engine.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';

/** Three tracks; a generic controller, and what is given besides. */
const show = ({
  answers = promptly,
  others = [] as readonly Profile[],
  logsBefore = [] as readonly EventLog[],
} = {}) => {
  const audio = new FakeAudioEngine(answers);
  audio.time = 200_000 / 48;
  const session = new Session(newSession({ ...settings, tracks: 3 }), audio, audio);
  const controllers = [generic, ...others].map((profile) => ({ profile, port: new FakeMidiPort(profile.name) }));
  const told: ShowEvent[] = [];
  const failures: unknown[] = [];
  const logs = [...logsBefore, { write: (event: ShowEvent) => void told.push(event) }];
  const end = startShow(session, controllers, audio, audio, logs, (error) => void failures.push(error));
  const ports = controllers.map(({ port }) => port);
  const [port = new FakeMidiPort()] = ports;
  return { session, audio, port, ports, told, failures, end };
};

const stomp1 = [0x90, 36, 100];
const stomp2 = [0x90, 37, 100];
const lampsOf = (port: FakeMidiPort): string[] => port.take().map(hex);

describe('a message', () => {
  test('acts at the frame of its arrival, not at the one at which it is handled', () => {
    const { audio, port } = show();
    audio.time = 1_000_000;
    port.triggerMessage(stomp1, 192_000 / 48 - 1);
    port.triggerMessage(stomp2, 192_000 / 48);
    expect(audio.sent).toMatchObject([
      { type: 'capture', track: 1, startBeat: 4, endBeat: 8 },
      { type: 'capture', track: 2, startBeat: 4, endBeat: 8 },
    ]);
    port.triggerMessage(stomp1, 191_999 / 48);
    port.triggerMessage(stomp2, 192_000 / 48);
    expect(audio.sent.slice(2)).toMatchObject([
      { type: 'stop', track: 1, atBeat: 8 },
      { type: 'stop', track: 2, atBeat: 12 },
    ]);
  });

  test('that means nothing does nothing', () => {
    const { port, told } = show({ answers: {} });
    for (const bytes of [[0x90, 36, 0], [0x80, 36, 64], [0xfe], [], [0xf0, 1, 2, 3, 0xf7]]) port.triggerMessage(bytes);
    expect(told).toEqual([]);
  });
});

describe('a controller', () => {
  test('shows all when it comes, and then what changes', () => {
    const { port } = show();
    port.triggerConnected();
    expect(lampsOf(port)).toEqual([
      '90 24 00',
      '90 25 00',
      '90 26 00',
      '90 27 00',
      '90 28 00',
      '90 29 00',
      '90 2A 00',
      '90 2B 00',
    ]);
    port.triggerMessage(stomp2, 200_000 / 48);
    expect(lampsOf(port)).toEqual(['90 25 07', '90 25 03', '90 25 05']);
  });

  test('that comes back is shown all as it is by then', () => {
    const { port, session } = show();
    port.triggerConnected();
    port.triggerGone();
    session.requestRecording(1, 1);
    port.take();
    port.triggerConnected();
    expect(lampsOf(port).slice(0, 2)).toEqual(['90 24 05', '90 25 00']);
    session.stopPlaying(1);
    expect(lampsOf(port)).toEqual(['90 24 07', '90 24 01']);
  });

  test('that is away disturbs no other one, and what it misses is not told', () => {
    const { ports, told } = show({ others: [launchpad] });
    const [away, there] = ports;
    there?.triggerConnected();
    told.length = 0;
    away?.triggerMessage(stomp1, 200_000 / 48);
    expect(there?.take().map(hex).slice(-3)).toEqual(['90 0B 0D', '90 0B 05', '90 0B 15']);
    const lamps = told.filter((event) => event.type === 'lamp');
    expect(lamps.map(({ controller }) => controller)).toEqual(Array(3).fill('launchpad-mini-mk3'));
    expect(away?.missed.length).toBeGreaterThan(0);
  });

  test('blinks with the beat while a track waits', () => {
    const { audio, port } = show({ answers: takesAll });
    port.triggerConnected();
    port.triggerMessage(stomp1, 200_000 / 48);
    port.take();
    for (const [bar, beat] of [
      [2, 1],
      [2, 2],
    ] as const) {
      audio.triggerFact({ type: 'beat', frame: 0, bar, beat });
      audio.triggerFact({ type: 'offbeat', frame: 0 });
    }
    expect(lampsOf(port)).toEqual(['90 24 00', '90 24 07', '90 24 00']);
  });
});

describe('the log of a show', () => {
  test('has acceptance, facts and lamps in their order, each with its frame', () => {
    const { port, audio, told } = show({ answers: takesAll });
    audio.time = 192_000 / 48;
    port.triggerConnected();
    told.length = 0;
    port.triggerMessage(stomp1, 200_000 / 48);
    audio.triggerFact({ type: 'captureStarted', frame: 200_100, track: 1, loopId: 1 });
    const loop = { track: 1, startFrame: 96_000, endFrame: 192_000 };
    const lamp = { type: 'lamp', controller: 'generic' };
    expect(told).toEqual([
      { type: 'track', frame: 200_000, state: 'TRIGGERED', ...loop },
      { ...lamp, frame: 200_000, bytes: [0x90, 36, 7] },
      { type: 'track', frame: 200_100, state: 'RECORDING', ...loop },
      { ...lamp, frame: 200_100, bytes: [0x90, 36, 3] },
    ]);
  });

  test('has the lamps of a connect at the frame of the connect', () => {
    const { port, audio, told } = show();
    audio.time = 192_000 / 48;
    port.triggerConnected();
    expect(told.map(({ frame }) => frame)).toEqual(Array(8).fill(192_000));
  });
});

describe('the end of a show', () => {
  test('darkens what is there, and is deaf from then on', () => {
    const { session, audio, port, told, end } = show({ others: [launchpad] });
    session.requestRecording(1, 1);
    port.triggerConnected();
    port.take();
    told.length = 0;
    end();
    expect(lampsOf(port)).toEqual([
      '90 24 00',
      '90 25 00',
      '90 26 00',
      '90 27 00',
      '90 28 00',
      '90 29 00',
      '90 2A 00',
      '90 2B 00',
    ]);
    audio.sent.length = 0;
    port.triggerMessage(stomp1, 200_000 / 48);
    port.triggerConnected();
    session.requestRecording(2, 1);
    audio.triggerFact({ type: 'clip', frame: 0 });
    expect([audio.sent, port.take(), told]).toEqual([[], [], []]);
  });
});

describe('a log that throws', () => {
  const full = new Error('the disk is full');
  let writes = 0;
  const failing: EventLog = {
    write: () => {
      writes += 1;
      throw full;
    },
  };

  test('is told of once, gets no more, and ends neither the show nor the other logs', () => {
    const { session, told, failures, port } = show({ logsBefore: [failing] });
    port.triggerMessage(stomp1, 200_000 / 48);
    session.reset();
    expect([writes, failures]).toEqual([1, [full]]);
    expect(told.filter(({ type }) => type === 'track').length).toBeGreaterThan(1);
  });
});

test('the engine has heard of a stomp before a lamp is sent: sound does not wait for light', () => {
  const { audio, port } = show();
  port.triggerConnected();
  const before: number[] = [];
  const send = port.send.bind(port);
  port.send = (bytes) => {
    before.push(audio.sent.length);
    return send(bytes);
  };
  port.triggerMessage(stomp1, 200_000 / 48);
  expect(before.length).toBeGreaterThan(0);
  expect(before.every((sent) => sent > 0)).toBe(true);
});
