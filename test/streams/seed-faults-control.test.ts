import type { SessionEvent } from '../../src/core/session/event.ts';
import type { Session } from '../../src/streams/session.ts';
import { Show } from '../../src/streams/show.ts';
import { aSwitch, pads } from '../core/controller/a-profile.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { takesAll } from '../fakes/fake-audio-engine.ts';
import { FakeClient } from '../fakes/fake-client.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';
import { aRestingStage } from './a-stage.ts';
import { running } from './running.ts';

/** Faults of the seed (seed-contract.md) of front ends, controllers and states: each on a fake engine. */

const beat = (count: number) => ({ type: 'beat', frame: 216_000, bar: 2, beat: count }) as const;
const statesOf = (session: Session): string[] => session.state.tracks.map(({ state }) => state);

const profile = pads(3, {
  controls: [...pads(3).controls, aSwitch('shift', 60, { command: 'none' }, { longHold: { command: 'learn' } })],
  learnHold: true,
});

/** A session with a pad for each track, in bar 2 and before the threshold. */
const withPads = (answers = promptly) => {
  const { stage, session, audio, clock, pass } = aRestingStage(answers);
  const port = new FakeMidiPort();
  const show = new Show(stage, [], () => undefined);
  const learnt: unknown[] = [];
  show.learn$.subscribe((joined) => learnt.push(joined));
  show.join({ profile, port });
  const send = (...bytes: readonly number[]): void => port.triggerMessage(bytes, clock.now());
  return { session, audio, port, send, pass, learnt };
};

describe('fault 2: with no browser connected every action is ignored', () => {
  test('a track is captured, stopped, started and cleared with no front end there', () => {
    const { session, audio } = running(promptly);
    session.requestRecording(1, 1);
    session.stopPlaying(1);
    session.startPlaying(1);
    expect(statesOf(session)[0]).toBe('PLAYING');
    session.reset();
    expect(audio.sent.map(({ type }) => type)).toEqual(['capture', 'stop', 'start', 'clear']);
  });

  test('the same after the last front end has left', () => {
    const { session } = running(promptly);
    session.registerClient(new FakeClient())();
    session.requestRecording(1, 1);
    expect(statesOf(session)[0]).toBe('PLAYING');
  });
});

describe('fault 4: a client that goes away abruptly kills the beat task', () => {
  test('the beats go on for all others and in the stream', () => {
    const { session, audio } = running(promptly);
    const gone = new FakeClient();
    const stays = new FakeClient();
    const beats: number[] = [];
    session.registerClient(gone);
    session.registerClient(stays);
    session.click().subscribe((count) => beats.push(count));
    audio.triggerFact(beat(0));
    gone.gone = true;
    for (const count of [1, 2, 3]) audio.triggerFact(beat(count));
    expect(beats).toEqual([1, 2, 3, 4]);
    expect(stays.of('beat')).toEqual([1, 2, 3, 4]);
  });
});

describe('fault 8: TRIGGERED is never seen for a recording', () => {
  test('events, front ends and lamps see it before RECORDING, also when the engine answers at once', () => {
    const { session, port, send } = withPads();
    const client = new FakeClient();
    const events: SessionEvent[] = [];
    session.registerClient(client);
    session.moments$.subscribe((moment) => events.push(...moment.events));
    port.triggerConnected();
    port.take();
    client.told.length = 0;
    send(0x90, 36, 100);
    expect(events.flatMap((event) => (event.type === 'track' ? [event.state] : []))).toEqual([
      'TRIGGERED',
      'RECORDING',
      'PLAYING',
    ]);
    expect(client.statesOf(1)).toEqual(['TRIGGERED', 'RECORDING', 'PLAYING']);
    expect(port.take().map(([, , value]) => value)).toEqual([7, 3, 5]);
  });
});

describe('fault 9: the store grows for ever', () => {
  test('memory that loops took is free again when they are cleared: 10,000 captures fit where one does', () => {
    // A bar and its seam, 97,200 frames, in whole pieces of 4096.
    const { session, events } = running(promptly, { budgetFrames: 98_304 });
    for (let round = 0; round < 10_000; round += 1) {
      session.requestRecording(1, 1);
      session.reset();
    }
    expect(events.filter(({ type }) => type === 'refused')).toHaveLength(0);
    expect(events.filter((event) => event.type === 'track' && event.state === 'PLAYING')).toHaveLength(10_000);
  });

  test('the state of a session is as large after 10,000 bars of playing as after a hundred', () => {
    const { session, audio } = running(promptly);
    const size = (): number => JSON.stringify(session.state).length;
    const playBar = (bar: number): void => {
      session.command({ type: 'tap' }, bar * 96_000);
      session.command({ type: 'stomp', track: 1 }, bar * 96_000);
      audio.triggerFact({ ...beat(0), bar });
      session.command({ type: 'clear', track: 1 }, bar * 96_000);
    };
    // As many as are remembered for undo.
    for (let bar = 100; bar < 200; bar += 1) playBar(bar);
    const small = size();
    for (let bar = 200; bar < 10_200; bar += 1) playBar(bar);
    // Numbers grow longer by digits, lists by nothing.
    expect(size()).toBeLessThan(small * 1.2);
    expect(session.state.taps.length).toBeLessThanOrEqual(9);
  });
});

describe('fault 13: one client only; the last one wins', () => {
  test('the first one is told all that the last one is', () => {
    const { session, audio } = running(promptly);
    const [first, last] = [new FakeClient(), new FakeClient()];
    session.registerClient(first);
    session.registerClient(last);
    first.told.length = 0;
    last.told.length = 0;
    session.requestRecording(1, 1);
    audio.triggerFact(beat(0));
    expect(first.told).toHaveLength(4);
    expect(first.told).toEqual(last.told);
  });
});

describe('fault 14: note-on with velocity 0 counts as a press', () => {
  test('a press and its release, in either form, are one stomp', () => {
    const { session, audio, send } = withPads(takesAll);
    send(0x90, 36, 100);
    send(0x90, 36, 0);
    send(0x90, 37, 100);
    send(0x80, 37, 64);
    expect(audio.sent.map(({ type }) => type)).toEqual(['capture', 'capture']);
    expect(statesOf(session)).toEqual(['TRIGGERED', 'TRIGGERED', 'EMPTY']);
  });
});

describe('fault 18: 1.x acts when the button is released; two overlapping presses lose both, and arm the learn mode', () => {
  test('a press acts before its release', () => {
    const { audio, send } = withPads(takesAll);
    send(0x90, 36, 100);
    expect(audio.sent).toMatchObject([{ type: 'capture', track: 1 }]);
  });

  test('presses that overlap all act, each once, and so does what comes after', () => {
    const { session, send } = withPads();
    send(0x90, 36, 100);
    send(0x90, 37, 100);
    send(0x90, 36, 0);
    send(0x90, 38, 100);
    send(0x90, 38, 0);
    send(0x90, 37, 0);
    expect(statesOf(session)).toEqual(['PLAYING', 'PLAYING', 'PLAYING']);
    send(0x90, 37, 100);
    expect(statesOf(session)).toEqual(['PLAYING', 'STOPPED', 'PLAYING']);
  });

  test('overlapping presses arm nothing: no hold during a show is a wish to learn, be it of the pad that is for it', () => {
    const { session, send, pass, learnt } = withPads();
    send(0x90, 36, 100);
    send(0x90, 37, 100);
    send(0x90, 36, 0);
    send(0x90, 37, 0);
    expect(statesOf(session)).toEqual(['PLAYING', 'PLAYING', 'EMPTY']);
    for (const note of [60, 38, 37]) send(0x90, note, 100);
    pass(8000);
    for (const note of [37, 38, 60]) send(0x90, note, 0);
    expect(statesOf(session)).toEqual(['PLAYING', 'EMPTY', 'EMPTY']);
    expect(learnt).toEqual([]);
  });
});
