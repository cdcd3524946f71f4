import { Subject } from 'rxjs';
import type { Profile } from '../../src/core/controller/profile.ts';
import type { Trace } from '../../src/ports/trace.ts';
import { JoinedController } from '../../src/streams/controller.ts';
import {
  aControl,
  aLamp,
  aPad,
  aPage,
  aProfile,
  aSwitch,
  cc,
  hex,
  looksOn,
  pads,
} from '../core/controller/a-profile.ts';
import { promptly } from '../fakes/engine-answers.ts';
import { takesAll } from '../fakes/fake-audio-engine.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';
import { aStage } from './a-stage.ts';

/** A stage with a controller on it, which is there already and shows all dark. */
const withController = (
  profile: Profile,
  answers = promptly,
  traces$ = new Subject<Trace>(),
  changed: Parameters<typeof aStage>[1] = {},
) => {
  const on = aStage(answers, changed);
  const port = new FakeMidiPort();
  const joined = new JoinedController({ profile, port }, on.stage, traces$);
  const learnt: number[] = [];
  joined.learn$.subscribe(() => learnt.push(on.clock.now()));
  const press = (note: number): void => port.triggerMessage([0x90, note, 100], on.clock.now());
  const release = (note: number): void => port.triggerMessage([0x90, note, 0], on.clock.now());
  const lamps = (): string[] => port.take().map(hex);
  port.triggerConnected();
  port.take();
  return { ...on, joined, port, press, release, lamps, learnt };
};

const stomps = [36, 37, 38];

describe('a message', () => {
  test('becomes a command at the frame of its arrival, however late it is handled', () => {
    const { audio, port, pass } = withController(pads(3), takesAll);
    pass(10_000);
    port.triggerMessage([0x90, 36, 100], 192_000 / 48 - 1);
    port.triggerMessage([0x90, 37, 100], 192_000 / 48);
    expect(audio.sent).toMatchObject([
      { type: 'capture', track: 1, startBeat: 4, endBeat: 8 },
      { type: 'capture', track: 2, startBeat: 4, endBeat: 8 },
    ]);
  });

  test('means what was heard when it came, not what was computed by then', () => {
    const late = { latencyFrames: 960, output: { share: 0.5, lessFrames: 80 } };
    const { audio, port, pass } = withController(pads(3), takesAll, new Subject(), late);
    pass(10_000);
    port.triggerMessage([0x90, 36, 100], (192_000 + 399) / 48);
    port.triggerMessage([0x90, 37, 100], (192_000 + 72_000 + 400) / 48);
    port.triggerMessage([0x90, 38, 100], (192_000 + 72_001 + 400) / 48);
    expect(audio.sent.filter(({ type }) => type === 'capture')).toMatchObject([
      { track: 1, endBeat: 8 },
      { track: 2, endBeat: 8 },
      { track: 3, endBeat: 12 },
    ]);
  });

  test('lights its lamp at the frame of its arrival, whatever was heard then', () => {
    const late = { latencyFrames: 960, output: { share: 0.5, lessFrames: 80 } };
    const { joined, session, audio, press } = withController(pads(3), takesAll, new Subject(), late);
    const lamps: unknown[] = [];
    const events: unknown[] = [];
    joined.events$.subscribe((event) => lamps.push(event));
    session.moments$.subscribe((moment) => events.push(...moment.events));
    press(36);
    audio.triggerFact({ type: 'captureStarted', frame: 200_100, track: 1, loopId: 1 });
    expect(events).toMatchObject([
      { type: 'track', state: 'TRIGGERED', frame: 199_600 },
      { type: 'track', state: 'RECORDING', frame: 200_100 },
    ]);
    expect(lamps).toMatchObject([
      { type: 'lamp', frame: 200_000 },
      { type: 'lamp', frame: 200_100 },
    ]);
  });

  test('that means nothing does nothing, also one that is cut short or has no end', () => {
    const { port, audio, lamps } = withController(pads(3), {});
    for (const bytes of [[0x90, 36, 0], [0x80, 36, 64], [0xfe], [], [0x90], [0xf0, 1, 2, 3], [0xf0, 1, 2, 0xf7]]) {
      port.triggerMessage(bytes, 4000);
    }
    expect([audio.sent, lamps()]).toEqual([[], []]);
  });

  test('of a fader moves what it is bound to', () => {
    const scale = { kind: 'zones', values: [1, 2, 4, 8] } as const;
    const bindings = { turn: { command: 'setBars', scale, pickUp: false } } as const;
    const { session, port } = withController(aProfile({ controls: [aControl('f', { on: cc(21), bindings })] }));
    port.triggerMessage([0xb0, 21, 127], 4000);
    expect(session.state.bars).toBe(8);
  });
});

describe('a hold', () => {
  test('acts by itself when its time has come: the track is cleared while the foot is still down', () => {
    const { press, pass, states, lamps } = withController(pads(3));
    press(36);
    pass(599);
    expect(states()[0]).toBe('PLAYING');
    pass(1);
    expect(states()[0]).toBe('EMPTY');
    expect(lamps().at(-1)).toBe('90 24 01');
  });

  test('of one pad is not disturbed by others', () => {
    const { press, release, pass, states } = withController(pads(3));
    press(36);
    pass(300);
    press(37);
    pass(200);
    release(37);
    pass(100);
    expect(states()).toEqual(['EMPTY', 'PLAYING', 'EMPTY']);
  });

  test('comes to nothing when the controller goes while it lasts', () => {
    const { press, pass, states, port } = withController(pads(3));
    press(36);
    pass(300);
    port.triggerGone();
    port.triggerConnected();
    pass(5000);
    expect(states()[0]).toBe('PLAYING');
  });

  test('that is long is warned of by its lamp, which is itself again after a release, and after a replug', () => {
    const shift = aSwitch('shift', 60, { command: 'muteClick' }, { longHold: { command: 'reset' } });
    const lamp = aLamp('shift', looksOn(60, { off: 0, white: 11, orange: 5 }));
    const { press, release, pass, lamps, port } = withController(aProfile({ controls: [shift], lamps: [lamp] }));
    press(60);
    expect(lamps()).toEqual(['90 3C 00']);
    pass(599);
    expect(lamps()).toEqual([]);
    pass(400);
    expect(lamps()).toEqual(['90 3C 0B', '90 3C 00', '90 3C 0B']);
    release(60);
    press(60);
    release(60);
    lamps();
    press(60);
    pass(800);
    lamps();
    port.triggerConnected();
    expect(lamps()).toEqual(['90 3C 00']);
    pass(5000);
    expect(lamps()).toEqual([]);
  });
});

describe('the interface that is lost', () => {
  test('is seen on all lamps at once, with each beat, until it is back', () => {
    const { audio, lamps } = withController(pads(3));
    const beat = (lit: boolean) =>
      audio.triggerFact(lit ? { type: 'beat', frame: 1, bar: 3, beat: 1 } : { type: 'offbeat', frame: 2 });
    const [red, usual] = [
      ['90 24 03', '90 25 03', '90 26 03'],
      ['90 24 01', '90 25 01', '90 26 01'],
    ];
    beat(true);
    lamps();
    audio.triggerFact({ type: 'interfaceLost', frame: 200_000 });
    expect(lamps()).toEqual(red);
    beat(false);
    expect(lamps()).toEqual(usual);
    beat(true);
    expect(lamps()).toEqual(red);
    audio.triggerFact({ type: 'interfaceBack', frame: 300_000 });
    expect(lamps()).toEqual(usual);
    beat(false);
    beat(true);
    expect(lamps()).toEqual([]);
  });
});

describe('a switch for the calibration', () => {
  test('begins it, is white while it lasts, and gives it up', () => {
    const control = aSwitch('c', 60, { command: 'calibrate' });
    const lamp = aLamp('c', looksOn(60, { off: 0, 'dim-white': 1, white: 2, green: 3, red: 4 }));
    const { audio, press, release, lamps } = withController(aProfile({ controls: [control], lamps: [lamp] }), takesAll);
    press(60);
    release(60);
    expect(lamps()).toEqual(['90 3C 02']);
    press(60);
    release(60);
    expect(lamps()).toEqual(['90 3C 01']);
    press(60);
    audio.triggerFact({ type: 'measureStarted', frame: 200_000, id: 2 });
    audio.triggerFact({ type: 'measureEnded', frame: 210_000, id: 2, how: 'feedback' });
    expect(lamps()).toEqual(['90 3C 02', '90 3C 04']);
    expect(audio.sent.map(({ type }) => type)).toEqual(['measure', 'stopMeasuring', 'measure']);
  });
});

describe('a controller that connects', () => {
  test('is told all as it is by then, each time', () => {
    const { session, port, lamps } = withController(pads(3));
    const all = ['90 24 01', '90 25 01', '90 26 01'];
    port.triggerConnected();
    expect(lamps()).toEqual(all);
    port.triggerGone();
    session.requestRecording(2, 1);
    port.triggerConnected();
    expect(lamps()).toEqual(['90 25 05', '90 24 01', '90 26 01']);
  });

  test('a thousand times still has one hand on it, and one lamp for one change', () => {
    const { port, press, pass, audio, clock, lamps, time } = withController(pads(3), takesAll);
    for (let plug = 0; plug < 1000; plug += 1) {
      port.triggerConnected();
      port.triggerMessage([0x90, 37, 100], clock.now());
      port.triggerMessage([0x90, 37, 0], clock.now());
      pass(10);
      port.triggerGone();
    }
    port.triggerConnected();
    audio.sent.length = 0;
    lamps();
    expect(time.scheduler.actions.length).toBeLessThan(5);
    press(36);
    expect(audio.sent).toHaveLength(1);
    expect(lamps()).toEqual(['90 24 07']);
  });
});

describe('a page', () => {
  const paged = aProfile({
    controls: [
      aPad(1),
      aPad(2),
      aSwitch('up', 60, { command: 'pageUp' }),
      aSwitch('down', 61, { command: 'pageDown' }),
    ],
    lamps: [1, 2].map((track) => aLamp(`track-${track}`, looksOn(35 + track))),
    pages: [aPage(), aPage(2)],
  });

  test('shows its own tracks as soon as it is turned to, and stomps on them', () => {
    const { session, press, release, lamps, joined } = withController(paged, takesAll);
    session.requestRecording(1, 1);
    lamps();
    press(60);
    release(60);
    expect([joined.page, lamps()]).toEqual([1, ['90 24 01', '90 25 00']]);
    press(36);
    expect(session.state.tracks.map(({ state }) => state)).toEqual(['TRIGGERED', 'EMPTY', 'TRIGGERED']);
    press(61);
    expect([joined.page, lamps().at(-1)]).toEqual([0, '90 25 01']);
  });

  test('is kept through a replug, and each controller has its own', () => {
    const { stage, press, port, joined } = withController(paged, takesAll);
    const other = new JoinedController({ profile: paged, port: new FakeMidiPort('other') }, stage, new Subject());
    press(60);
    port.triggerConnected();
    expect([joined.page, other.page]).toEqual([1, 0]);
  });
});

describe('a lamp that a press disturbs', () => {
  const told = (profile: Profile): string[] => {
    const { press, release, lamps } = withController({ ...profile, refreshOnRelease: true }, takesAll);
    press(36);
    lamps();
    release(36);
    return lamps();
  };

  test('is set again after the release, and no other one', () => {
    expect(told(pads(3))).toEqual(['90 24 07']);
  });

  test('is set again with all others where all go in one message', () => {
    const lamps = [1, 2].map((track) => aLamp(`track-${track}`, { off: [[0]], yellow: [[7]] }));
    const frame = [0xf0, 0x7d, { lamp: 'track-1' }, { lamp: 'track-2' }, 0xf7];
    expect(told(aProfile({ controls: [aPad(1), aPad(2)], lamps, frame }))).toEqual(['F0 7D 07 00 F7']);
  });

  test('is not set again on a device that does not disturb it', () => {
    const { press, release, lamps } = withController(pads(3), takesAll);
    press(36);
    lamps();
    release(36);
    expect(lamps()).toEqual([]);
  });
});

describe('a guest', () => {
  const tasks = (look: number) => [{ id: 'own', messages: [[0x90, 99, look]] }];
  const guest = () => {
    const heard: (readonly number[])[] = [];
    const connects: number[] = [];
    return {
      heard,
      connects,
      guest: {
        onMessage: ({ bytes }: { bytes: readonly number[] }) => void heard.push(bytes),
        onConnected: () => void connects.push(1),
        onGone: () => undefined,
      },
    };
  };

  test('has the controller to himself: it plays nothing, and shows what he says', () => {
    const { joined, press, audio, lamps, session, states, pass } = withController(pads(3));
    const { guest: visitor, heard } = guest();
    const stay = joined.receive(visitor);
    press(36);
    session.requestRecording(2, 1);
    pass(5000);
    expect([heard, states()[0], audio.sent.length, lamps()]).toEqual([[[0x90, 36, 100]], 'EMPTY', 1, []]);
    stay.show(tasks(1));
    stay.show(tasks(1));
    stay.show(tasks(2));
    expect(lamps()).toEqual(['90 63 01', '90 63 02']);
  });

  test('ends what the hand was doing: the pad that he came by is not held any more', () => {
    const { joined, press, pass, states } = withController(pads(3));
    press(36);
    pass(300);
    const stay = joined.receive(guest().guest);
    pass(5000);
    stay.leave();
    pass(5000);
    expect(states()[0]).toBe('PLAYING');
  });

  test('gives it back: all lamps are shown anew, and it plays', () => {
    const { joined, press, lamps, states } = withController(pads(3));
    const stay = joined.receive(guest().guest);
    stay.leave();
    expect(lamps()).toEqual(['90 24 01', '90 25 01', '90 26 01']);
    press(37);
    expect(states()).toEqual(['EMPTY', 'PLAYING', 'EMPTY']);
    stay.show(tasks(1));
    stay.leave();
    expect(lamps()).not.toContain('90 63 01');
  });

  test('is told when it comes back, and what he shows then goes out anew', () => {
    const { joined, port, lamps } = withController(pads(3));
    const { guest: visitor, connects } = guest();
    const stay = joined.receive(visitor);
    stay.show(tasks(1));
    lamps();
    port.triggerConnected();
    expect([connects.length, lamps()]).toEqual([1, []]);
    stay.show(tasks(1));
    expect(lamps()).toEqual(['90 63 01']);
  });

  test('goes when another one comes', () => {
    const { joined, press, lamps } = withController(pads(3));
    const [first, second] = [guest(), guest()];
    const gone = joined.receive(first.guest);
    joined.receive(second.guest);
    press(36);
    gone.show(tasks(1));
    gone.leave();
    expect([first.heard.length, second.heard.length, lamps()]).toEqual([0, 1, []]);
  });
});

describe('learning', () => {
  test('is asked for by a pad that is held for 5 s before the first loop, once', () => {
    const { press, release, pass, learnt } = withController(pads(3, { learnHold: true }));
    press(38);
    pass(4999);
    expect(learnt).toHaveLength(0);
    pass(1);
    pass(20_000);
    release(38);
    expect(learnt).toHaveLength(1);
  });

  test('is never asked for during a show, whatever is held', () => {
    const { press, release, pass, learnt } = withController(pads(3, { learnHold: true }));
    press(36);
    pass(100);
    release(36);
    for (const note of stomps) press(note);
    pass(30_000);
    for (const note of stomps) release(note);
    press(36);
    pass(30_000);
    expect(learnt).toEqual([]);
  });
});

describe('a controller that is let go of', () => {
  test('goes dark and is deaf, while the session runs on', () => {
    const { joined, press, pass, port, session, states, lamps, time } = withController(pads(3));
    press(36);
    lamps();
    joined.leave();
    joined.leave();
    expect(lamps()).toEqual(['90 24 00', '90 25 00', '90 26 00']);
    press(37);
    port.triggerConnected();
    session.requestRecording(3, 1);
    pass(30_000);
    expect(states()).toEqual(['PLAYING', 'EMPTY', 'PLAYING']);
    expect([lamps(), time.scheduler.actions.length]).toEqual([[], 0]);
  });

  test('sends a guest away with it', () => {
    const { joined, press, lamps } = withController(pads(3));
    const heard: unknown[] = [];
    const stay = joined.receive({
      onMessage: (message) => heard.push(message),
      onConnected: () => heard.push('back'),
      onGone: () => undefined,
    });
    joined.leave();
    lamps();
    press(36);
    stay.show([{ id: 'own', messages: [[0x90, 99, 1]] }]);
    stay.leave();
    expect([heard, lamps()]).toEqual([[], []]);
  });

  test('while it is away hears of no darkness, and nothing breaks', () => {
    const { stage } = aStage();
    const port = new FakeMidiPort();
    new JoinedController({ profile: pads(1), port }, stage, new Subject()).leave();
    expect([port.received, port.missed.map(hex)]).toEqual([[], ['90 24 00']]);
  });
});

/** Counts what is made, whether anybody looks or not. */
class CountedTraces extends Subject<Trace> {
  made = 0;

  override next(trace: Trace): void {
    this.made += 1;
    super.next(trace);
  }
}

describe('somebody who looks over its shoulder', () => {
  test('sees what came in, what it did, and what was sent, each with its time', () => {
    const traces$ = new Subject<Trace>();
    const { press, release, port, clock } = withController(pads(3), takesAll, traces$);
    const seen: Trace[] = [];
    traces$.subscribe((trace) => seen.push(trace));
    const time = clock.now();
    press(36);
    release(36);
    port.triggerMessage([0xfe], time);
    const head = { controller: 'pads', time };
    expect(seen).toEqual([
      { ...head, type: 'in', bytes: [0x90, 36, 100], controls: ['track-1'] },
      { ...head, type: 'did', control: 'track-1', gesture: 'press', order: 'stomp 1' },
      { ...head, type: 'out', bytes: [0x90, 36, 7] },
      { ...head, type: 'in', bytes: [0x90, 36, 0], controls: ['track-1'] },
      { ...head, type: 'in', bytes: [0xfe], controls: [] },
    ]);
  });

  test('costs nothing while he is not there', () => {
    const traces$ = new CountedTraces();
    const { press } = withController(pads(3), takesAll, traces$);
    press(36);
    expect(traces$.made).toBe(0);
    const looking = traces$.subscribe();
    press(37);
    const made = traces$.made;
    looking.unsubscribe();
    press(38);
    expect([made > 0, traces$.made]).toEqual([true, made]);
  });
});

describe('a controller that nobody knows', () => {
  const unknown = aProfile({ learnHold: true });

  const held = (on: ReturnType<typeof withController>): void => {
    on.press(99);
    on.pass(5000);
    on.release(99);
  };

  test('asks to be learnt by a pad that is held, the first thing of all', () => {
    const on = withController(unknown);
    held(on);
    expect(on.learnt).toHaveLength(1);
    held(on);
    expect(on.learnt).toHaveLength(1);
  });

  test('can ask again once it was plugged in anew, or whoever had it has left', () => {
    const on = withController(unknown);
    held(on);
    on.port.triggerConnected();
    held(on);
    expect(on.learnt).toHaveLength(2);
    on.joined.receive({ onMessage: () => undefined, onConnected: () => undefined, onGone: () => undefined }).leave();
    held(on);
    expect(on.learnt).toHaveLength(3);
  });

  test('does not ask once a loop was captured, whatever has become of it', () => {
    const on = withController(unknown);
    on.session.requestRecording(1, 1);
    on.session.reset();
    held(on);
    expect(on.learnt).toEqual([]);
  });

  test('does not ask where the profile does not say so', () => {
    const on = withController(aProfile({}));
    held(on);
    expect(on.learnt).toEqual([]);
  });
});
