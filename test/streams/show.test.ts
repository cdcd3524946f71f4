import type { EventLog, ShowEvent } from '../../src/ports/event-log.ts';
import type { Trace } from '../../src/ports/trace.ts';
import type { JoinedController } from '../../src/streams/controller.ts';
import { Show } from '../../src/streams/show.ts';
import { hex, pads } from '../core/controller/a-profile.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { takesAll } from '../fakes/fake-audio-engine.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';
import { aRestingStage } from './a-stage.ts';

/** Three tracks, and controllers with a pad for each. */
const show = ({ answers = promptly, ports = ['pads'], logsBefore = [] as readonly EventLog[] } = {}) => {
  const { stage, session, audio, pass } = aRestingStage(answers);
  const told: ShowEvent[] = [];
  const failures: unknown[] = [];
  const logs = [...logsBefore, { write: (event: ShowEvent) => void told.push(event) }];
  const running = new Show(stage, logs, (error) => void failures.push(error));
  const controllers = ports.map((name) => {
    const port = new FakeMidiPort(name);
    return { port, joined: running.join({ profile: pads(3, { learnHold: true }), port }) };
  });
  const [first] = controllers;
  if (first === undefined) throw new Error('no controller');
  return { session, audio, pass, ...first, controllers, told, failures, show: running };
};

const stomp1 = [0x90, 36, 100];
const stomp2 = [0x90, 37, 100];
const now = 200_000 / 48;
const lampsOf = (port: FakeMidiPort): string[] => port.take().map(hex);
const dark = ['90 24 00', '90 25 00', '90 26 00'];

describe('a controller', () => {
  test('shows all when it comes, and then what changes', () => {
    const { port } = show();
    port.triggerConnected();
    expect(lampsOf(port)).toEqual(['90 24 01', '90 25 01', '90 26 01']);
    port.triggerMessage(stomp2, now);
    expect(lampsOf(port)).toEqual(['90 25 07', '90 25 03', '90 25 05']);
  });

  test('that comes back is shown all as it is by then', () => {
    const { port, session } = show();
    port.triggerConnected();
    port.triggerGone();
    session.requestRecording(1, 1);
    port.take();
    port.triggerConnected();
    expect(lampsOf(port).slice(0, 2)).toEqual(['90 24 05', '90 25 01']);
  });

  test('that is away disturbs no other one, and what it misses is not told', () => {
    const { controllers, told } = show({ ports: ['away', 'there'] });
    const [away, there] = controllers;
    there?.port.triggerConnected();
    told.length = 0;
    away?.port.triggerMessage(stomp1, now);
    expect(there?.port.take().map(hex).slice(-3)).toEqual(['90 24 07', '90 24 03', '90 24 05']);
    const lamps = told.filter((event) => event.type === 'lamp');
    expect(lamps.map(({ controller }) => controller)).toEqual(Array(3).fill('there'));
    expect(away?.port.missed.length).toBeGreaterThan(0);
  });

  test('blinks with the beat while a track waits', () => {
    const { audio, port } = show({ answers: takesAll });
    port.triggerConnected();
    port.triggerMessage(stomp1, now);
    port.take();
    for (const beat of [1, 2]) {
      audio.triggerFact({ type: 'beat', frame: 0, bar: 2, beat });
      audio.triggerFact({ type: 'offbeat', frame: 0 });
    }
    expect(lampsOf(port)).toEqual(['90 24 00', '90 24 07', '90 24 00']);
  });

  test('may join at any time, and is heard and shown like those that were there', () => {
    const { show: running, session, told } = show();
    session.requestRecording(1, 1);
    const port = new FakeMidiPort('late');
    const late = running.join({ profile: pads(3), port });
    expect(running.controllers.includes(late)).toBe(true);
    port.triggerConnected();
    expect(lampsOf(port)).toEqual(['90 24 05', '90 25 01', '90 26 01']);
    port.triggerMessage(stomp2, now);
    expect(session.state.tracks[1]?.state).toBe('PLAYING');
    expect(told.at(-1)).toMatchObject({ type: 'lamp', controller: 'late' });
  });

  test('may leave at any time: it goes dark, and neither the others nor the session notice', () => {
    const { show: running, controllers, session } = show({ ports: ['leaves', 'stays'] });
    const [leaves, stays] = controllers;
    if (leaves === undefined || stays === undefined) throw new Error('two controllers');
    for (const { port } of controllers) port.triggerConnected();
    for (const { port } of controllers) port.take();
    running.leave(leaves.joined);
    expect([lampsOf(leaves.port), running.controllers.map(({ name }) => name)]).toEqual([dark, ['stays']]);
    stays.port.triggerMessage(stomp1, now);
    leaves.port.triggerMessage(stomp2, now);
    expect(session.state.tracks.map(({ state }) => state)).toEqual(['PLAYING', 'EMPTY', 'EMPTY']);
    expect([lampsOf(leaves.port), lampsOf(stays.port).at(-1)]).toEqual([[], '90 24 05']);
  });

  test('that asks to be learnt is named', () => {
    const { show: running, controllers, pass } = show({ ports: ['one', 'other'] });
    const asking: JoinedController[] = [];
    running.learn$.subscribe((joined) => asking.push(joined));
    const other = controllers[1];
    other?.port.triggerMessage(stomp1, now);
    pass(5001);
    expect(asking.map(({ name }) => name)).toEqual(['other']);
  });

  test('that is looked at shows what it says and is told, under its name', () => {
    const { show: running, controllers } = show({ ports: ['one', 'other'] });
    const seen: Trace[] = [];
    running.traces$.subscribe((trace) => seen.push(trace));
    controllers[1]?.port.triggerMessage([0xfe], now);
    expect(seen).toEqual([{ type: 'in', controller: 'other', time: now, bytes: [0xfe], controls: [] }]);
  });
});

describe('the log of a show', () => {
  test('has acceptance, facts and lamps in their order, each with its frame', () => {
    const { port, audio, told } = show({ answers: takesAll });
    port.triggerConnected();
    told.length = 0;
    port.triggerMessage(stomp1, now);
    audio.triggerFact({ type: 'captureStarted', frame: 200_100, track: 1, loopId: 1 });
    const loop = { track: 1, startFrame: 96_000, endFrame: 192_000 };
    const lamp = { type: 'lamp', controller: 'pads' };
    expect(told).toEqual([
      { type: 'track', frame: 200_000, state: 'TRIGGERED', ...loop },
      { ...lamp, frame: 200_000, bytes: [0x90, 36, 7] },
      { type: 'track', frame: 200_100, state: 'RECORDING', ...loop },
      { ...lamp, frame: 200_100, bytes: [0x90, 36, 3] },
    ]);
  });

  test('has the lamps of a connect at the frame of the connect', () => {
    const { port, pass, told } = show();
    pass(1000);
    port.triggerConnected();
    expect(told.map(({ frame }) => frame)).toEqual(Array(3).fill(248_000));
  });
});

describe('the end of a show', () => {
  test('darkens what is there, and is deaf from then on', () => {
    const { session, audio, port, told, show: running } = show({ ports: ['pads', 'away'] });
    session.requestRecording(1, 1);
    port.triggerConnected();
    port.take();
    told.length = 0;
    running.close();
    expect([lampsOf(port), running.controllers]).toEqual([dark, []]);
    audio.sent.length = 0;
    port.triggerMessage(stomp1, now);
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
    port.triggerMessage(stomp1, now);
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
  port.triggerMessage(stomp1, now);
  expect(before.length).toBeGreaterThan(0);
  expect(before.every((sent) => sent > 0)).toBe(true);
});
