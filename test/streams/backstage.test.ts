import { Subject } from 'rxjs';
import type { Profile } from '../../src/core/controller/profile.ts';
import type { LearntForm } from '../../src/core/learn/form.ts';
import type { Status } from '../../src/ports/status.ts';
import { ShowBackstage } from '../../src/streams/backstage.ts';
import type { Notice } from '../../src/streams/midi-routes.ts';
import { Show } from '../../src/streams/show.ts';
import { aProfile, hex, pads } from '../core/controller/a-profile.ts';
import { aSuccess } from '../core/session/a-measurement.ts';
import { someHealth, someState } from '../fakes/fake-front-of-house.ts';
import { FakeMidiPort } from '../fakes/fake-midi-port.ts';
import { aRestingStage } from './a-stage.ts';

/** A show with some controllers, looked at from behind. Lines of work and its end are kept. */
const behind = (...profiles: readonly Profile[]) => {
  const on = aRestingStage();
  const show = new Show(on.stage, [], (error) => {
    throw error;
  });
  const away = new Set<string>();
  const ports = profiles.map(({ name }) => new FakeMidiPort(name));
  for (const [index, port] of ports.entries()) {
    show.join({ profile: profiles[index] ?? aProfile({}), port });
    port.triggerConnected();
    port.take();
  }
  const kept: LearntForm[] = [];
  const notices$ = new Subject<Notice>();
  const notes$ = new Subject<string>();
  const seats = () =>
    ports.map(({ name }) => ({
      ...{ name, title: `The ${name}`, why: 'as told', input: `Box:${name} MIDI 1` },
      connected: !away.has(name),
    }));
  let isUsed = true;
  const keep = (form: LearntForm) => {
    kept.push(form);
    return { file: `/own/${form.name}.yaml`, isUsed };
  };
  const overrule = (): void => {
    isUsed = false;
  };
  const status = (): Status => ({
    ...{ version: '1.2.3', pid: 77, stateFolder: '/state', state: someState, health: someHealth },
    controllers: seats(),
  });
  const backstage = new ShowBackstage({ sets: undefined, show, ...on.stage, seats, keep, status, notices$, notes$ });
  const lines: string[] = [];
  const ends: (string | undefined)[] = [];
  const listener = { line: (line: string) => void lines.push(line), end: (why?: string) => void ends.push(why) };
  const say = (index: number, ...bytes: readonly number[]): void => ports[index]?.triggerMessage(bytes, on.clock.now());
  const tap = (note: number): void => {
    on.pass(500);
    say(0, 0x90, note, 100);
    on.pass(100);
    say(0, 0x90, note, 0);
    on.pass(100);
  };
  return { ...on, show, ports, away, kept, notices$, notes$, backstage, lines, ends, listener, say, tap, overrule };
};

const two = [
  { ...pads(2), name: 'left' },
  { ...pads(2), name: 'right' },
] as const;

describe('a monitor', () => {
  test('tells who is there, what comes, what it does, what is sent, what came of it, and notices', () => {
    const { backstage, listener, lines, say, notices$, pass } = behind(two[0]);
    backstage.monitor(listener);
    pass(1000 - ((200_000 / 48) % 1000));
    say(0, 0x90, 36, 100);
    say(0, 0x90, 99, 1);
    notices$.next({ text: 'clock: well', level: 'debug' });
    expect(lines[0]).toBe('left: The left, connected; as told');
    expect(lines).toContain('5.000 left  in   90 24 64  note 36 on channel 1, 100 -> track-1');
    expect(lines).toContain('5.000 left  did  press of track-1: stomp 1');
    expect(lines).toContain('track 1 is PLAYING');
    expect(lines.some((line) => line.startsWith('5.000 left  out  '))).toBe(true);
    expect(lines).toContain('5.000 left  in   90 63 01  note 99 on channel 1, 1 -> bound to nothing');
    expect(lines).toContain('clock: well');
  });

  test('tells refusals, and nothing more once it is stopped', () => {
    const { backstage, listener, lines, ends, session, say } = behind(two[0]);
    const work = backstage.monitor(listener);
    session.command({ type: 'stop', track: 1 });
    expect(lines.at(-1)).toMatch(/^refused: .* \(not-playing\)$/);
    work.stop();
    work.stop();
    const told = lines.length;
    say(0, 0x90, 36, 100);
    expect([lines.length, ends]).toEqual([told, [undefined]]);
  });
});

describe('learning', () => {
  test('has the controller to itself, ends in a profile, and gives it back', () => {
    const { backstage, listener, lines, ends, kept, tap, states, ports, say, clock, pass } = behind(two[0]);
    const work = backstage.learn('left', listener);
    expect(lines[0]).toMatch(/^1 of \d+, track 1: press a switch/);
    ports[0]?.take();
    tap(60);
    expect(states()).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
    expect(ports[0]?.take().map(hex)).toContain('90 3C 7F');
    tap(61);
    work.say('finish');
    expect(lines.at(-1)).toBe(
      'written to /own/learnt-box-left-midi-1.yaml; it is in use now, and will be at each start',
    );
    expect(ends).toEqual([undefined]);
    expect(kept).toMatchObject([
      {
        input: '^Box:left MIDI 1$',
        controls: [
          { id: 'track-1', on: { kind: 'note', number: 60 }, press: { command: 'stomp', track: 1 } },
          { id: 'track-2', on: { kind: 'note', number: 61 } },
        ],
      },
    ]);
    pass(1000);
    say(0, 0x90, 36, 100);
    expect([states()[0], clock.now() > 0]).toEqual(['PLAYING', true]);
  });

  test('that is given up leaves nothing behind', () => {
    const { backstage, listener, lines, ends, kept, tap } = behind(two[0]);
    const work = backstage.learn(undefined, listener);
    tap(60);
    work.say('cancel');
    expect(lines.at(-1)).toMatch('cancelled');
    expect([ends, kept]).toEqual([[undefined], []]);
  });

  test('says what to write where another profile goes before the learnt one', () => {
    const { backstage, listener, lines, tap, overrule } = behind(two[0]);
    overrule();
    const work = backstage.learn('left', listener);
    tap(60);
    work.say('finish');
    expect(lines.at(-1)).toMatch('write { profile: learnt-box-left-midi-1 } in midi.controllers');
  });

  test('ends when the controller is let go of, and when somebody else takes it', async () => {
    const { backstage, listener, ends, show } = behind(two[0]);
    backstage.learn('left', listener);
    backstage.learn('left', listener);
    expect(ends).toEqual(['somebody else has the controller now']);
    await show.close();
    expect(ends.slice(1)).toEqual(['the controller is let go of']);
  });

  test('leaves no lamp lit that is none of the profile', () => {
    const { backstage, listener, tap, ports } = behind(two[0]);
    const work = backstage.learn('left', listener);
    tap(60);
    ports[0]?.take();
    work.stop();
    expect(ports[0]?.take().map(hex)).toContain('90 3C 00');
  });

  test('shows all again when the controller was pulled meanwhile', () => {
    const { backstage, listener, tap, ports } = behind(two[0]);
    backstage.learn('left', listener);
    tap(60);
    ports[0]?.triggerGone();
    ports[0]?.take();
    ports[0]?.triggerConnected();
    expect(ports[0]?.take().map(hex)).toContain('90 3C 7F');
  });

  test.each([
    ['of one of two that is not named', undefined, 'there are left, right; say which one with --controller NAME'],
    ['of one that is not there', 'pads', 'there is no controller "pads"; there are left, right'],
  ])('%s is refused', (_, name, why) => {
    const { backstage, listener, ends } = behind(...two);
    backstage.learn(name, listener);
    expect(ends).toEqual([why]);
  });

  test('of one that needs more than learning finds out is refused', () => {
    const { backstage, listener, ends } = behind({
      ...pads(2),
      init: [{ bytes: [0xf0, 0xf7], waitMs: 0, timeoutMs: 0 }],
    });
    backstage.learn(undefined, listener);
    expect(ends[0]).toMatch('copy the profile');
  });

  test('without any controller is refused', () => {
    const { backstage, listener, ends, away } = behind(two[0]);
    away.add('left');
    backstage.learn(undefined, listener);
    expect(ends).toEqual(['no controller is plugged in']);
  });
});

describe('a calibration from behind', () => {
  const begun = (on: ReturnType<typeof behind>, id = 1): void =>
    on.audio.triggerFact({ type: 'measureStarted', frame: 200_000, id });
  const ended = (on: ReturnType<typeof behind>, how: 'done' | 'feedback' = 'done'): void =>
    on.audio.triggerFact({ type: 'measureEnded', frame: 656_000, id: 1, how });

  test('is told line by line, with its picture, and ends when it has succeeded', () => {
    const on = behind(two[0]);
    const { backstage, listener, lines, ends, session, notes$, pass } = on;
    backstage.calibrate(false, listener);
    begun(on);
    pass(2000);
    ended(on);
    notes$.next('the picture of it: /state/calibration.svg');
    session.report({ type: 'measured', id: 1, measurement: aSuccess(480) });
    expect(lines).toEqual([
      'calibration: eight bursts in ten seconds; be quiet',
      '1 of 10 s',
      '2 of 10 s',
      'calibration: looking at what came in',
      'the picture of it: /state/calibration.svg',
      expect.stringContaining('480.25 frames'),
      expect.stringContaining('480 frames = 10.00 ms, measured'),
    ]);
    expect(ends).toEqual([undefined]);
  });

  test('that fails ends with why', () => {
    const on = behind(two[0]);
    on.backstage.calibrate(false, on.listener);
    begun(on);
    ended(on, 'feedback');
    expect(on.ends).toEqual([expect.stringMatching(/turn the speaker.*\(feedback\)/)]);
  });

  test('is refused while a track plays, unless it may be muted', () => {
    const { backstage, listener, ends, session, audio } = behind(two[0]);
    session.requestRecording(1, 1);
    backstage.calibrate(false, listener);
    expect(ends).toEqual([expect.stringMatching(/track 1 is PLAYING.*\(tracks-playing\)/)]);
    backstage.calibrate(true, listener);
    expect([ends.length, audio.sent.at(-1)]).toEqual([1, { type: 'measure', id: 1 }]);
  });

  test('that is stopped is given up, once', () => {
    const on = behind(two[0]);
    const work = on.backstage.calibrate(false, on.listener);
    begun(on);
    work.stop();
    work.stop();
    expect(on.audio.sent.map(({ type }) => type)).toEqual(['measure', 'stopMeasuring']);
    expect([on.ends, on.session.state.calibration]).toEqual([[undefined], { phase: 'idle' }]);
  });

  test('is seen by a monitor', () => {
    const on = behind(two[0]);
    on.backstage.monitor(on.listener);
    on.session.calibrate();
    begun(on);
    on.session.cancelCalibration();
    on.audio.triggerFact({ type: 'gap', frame: 200_100, frames: 480 });
    expect(on.lines.slice(1)).toEqual([
      'calibration: eight bursts in ten seconds; be quiet',
      'calibration: cancelled; all is as it was',
      expect.stringContaining('480 frames are lost'),
    ]);
  });
});

/** The lamps of two tracks with nothing in them. */
const empty = [1, 1];

describe('a lamp test', () => {
  test('shows each shade, each state and each lamp of each controller, then what was there', () => {
    const { backstage, listener, lines, ends, ports, pass } = behind(...two);
    backstage.testLamps(undefined, listener);
    for (let step = 0; step < 2000 && ends.length === 0; step += 1) pass(50);
    expect(ends).toEqual([undefined]);
    for (const name of ['left', 'right']) {
      const told = lines.filter((line) => line.startsWith(`${name}: `));
      expect(told).toContain(`${name}: all lamps green`);
      expect(told).toContain(`${name}: PLAYING: green steady`);
      expect(told).toContain(`${name}: only track-2`);
    }
    expect(lines.findIndex((line) => line.startsWith('right'))).toBeGreaterThan(
      lines.findLastIndex((line) => line.startsWith('left')),
    );
    const last = new Map(ports[0]?.received.map(([, note, value]) => [note, value]));
    expect([last.get(36), last.get(37)]).toEqual(empty);
  });

  test('can be stopped; what the lamps showed is shown again', () => {
    const { backstage, listener, ends, ports, pass, say, states } = behind(two[0]);
    const work = backstage.testLamps('left', listener);
    pass(100);
    work.stop();
    expect(ends).toEqual([undefined]);
    expect(
      ports[0]
        ?.take()
        .slice(-2)
        .map((bytes) => bytes[2]),
    ).toEqual(empty);
    say(0, 0x90, 36, 100);
    expect(states()[0]).toBe('PLAYING');
  });

  test('of a controller without lamps says so', () => {
    const { backstage, listener, lines, ends } = behind(aProfile({ name: 'bare' }));
    backstage.testLamps(undefined, listener);
    expect([lines, ends]).toEqual([['bare has no lamps'], [undefined]]);
  });
});

describe('a controller that is not on the sequencer', () => {
  const withPins = (connected: boolean) => {
    const on = behind({ ...pads(2), name: 'left' });
    const port = new FakeMidiPort('pins');
    const view = { name: 'pins', title: 'Own pins', why: 'the settings', connected };
    on.show.join({ profile: { ...pads(2), name: 'pins' }, port, seat: () => ({ ...view, input: 'pins' }) });
    return { ...on, port, view };
  };

  test('tells itself how it is, beside those that are', () => {
    const { backstage, view } = withPins(false);
    expect(backstage.controllers().map(({ name }) => name)).toEqual(['left', 'pins']);
    expect(backstage.controllers()[1]).toMatchObject(view);
  });

  test('can be named, but not learnt', () => {
    const { backstage, listener, ends } = withPins(true);
    backstage.learn('pins', listener);
    expect(ends).toEqual([expect.stringContaining('copy the profile pins into your own folder')]);
  });
});
