import type { Action } from '../../../src/core/controller/action.ts';
import { notYetPlayed, play } from '../../../src/core/controller/play.ts';
import type { Bindings } from '../../../src/core/controller/profile.ts';
import { hasToWait, waitingControls } from '../../../src/core/controller/take-back.ts';
import type { Step } from '../../../src/core/session/history.ts';
import type { SessionState } from '../../../src/core/session/state.ts';
import { sessionIn } from '../session/situations.ts';
import { Player } from './a-player.ts';
import { aControl, aPad, aPage, aProfile, aSwitch, note, pads } from './a-profile.ts';

const one = (bindings: Bindings) => aProfile({ controls: [aControl('a', { bindings })] });

describe('a press acts at once:', () => {
  test.each<[Action, unknown]>([
    [
      { command: 'stomp', track: 2 },
      { type: 'stomp', track: 2 },
    ],
    [
      { command: 'start', track: 2 },
      { type: 'start', track: 2 },
    ],
    [
      { command: 'stop', track: 2 },
      { type: 'stop', track: 2 },
    ],
    [
      { command: 'clear', track: 2 },
      { type: 'clear', track: 2 },
    ],
    [
      { command: 'clear', track: 2, at: 'bar' },
      { type: 'clear', track: 2, at: 'bar' },
    ],
    [{ command: 'undo' }, { type: 'undo' }],
    [
      { command: 'undo', at: 'bar' },
      { type: 'undo', at: 'bar' },
    ],
    [
      { command: 'redo', at: 'now' },
      { type: 'redo', at: 'now' },
    ],
    [
      { command: 'retake', moreBars: -1 },
      { type: 'retake', moreBars: -1 },
    ],
    [
      { command: 'retake', track: 2, laterBars: 1, laterBeats: -2, laterMs: 12.5, at: 'bar' },
      { type: 'retake', track: 2, laterBars: 1, laterBeats: -2, laterMs: 12.5, at: 'bar' },
    ],
    [
      { command: 'loadSet', name: 'opener' },
      { type: 'loadSet', name: 'opener' },
    ],
    [
      { command: 'loadSet', place: 3 },
      { type: 'loadSet', place: 3 },
    ],
    [
      { command: 'loadSet', by: -1 },
      { type: 'loadSet', by: -1 },
    ],
    [{ command: 'saveSet' }, { type: 'saveSet' }],
    [
      { command: 'saveSet', name: 'opener' },
      { type: 'saveSet', name: 'opener' },
    ],
    [{ command: 'newSet' }, { type: 'newSet' }],
    [
      { command: 'record', track: 3 },
      { type: 'record', track: 3 },
    ],
    [
      { command: 'record', track: 3, bars: 4 },
      { type: 'record', track: 3, bars: 4 },
    ],
    [{ command: 'reset' }, { type: 'reset' }],
    [{ command: 'muteClick' }, { type: 'muteClick' }],
    [{ command: 'tap' }, { type: 'tap' }],
    [{ command: 'calibrate' }, { type: 'calibrate', toggle: true }],
    [
      { command: 'calibrate', mute: true },
      { type: 'calibrate', toggle: true, mute: true },
    ],
    [
      { command: 'setBpm', bpm: 90 },
      { type: 'setBpm', bpm: 90 },
    ],
    [
      { command: 'setBars', bars: 8 },
      { type: 'setBars', bars: 8 },
    ],
    [
      { command: 'setClickVolume', volume: 0 },
      { type: 'setClickVolume', volume: 0 },
    ],
    [
      { command: 'changeBpm', by: -1 },
      { type: 'changeBpm', by: -1 },
    ],
    [
      { command: 'changeBars', by: 1 },
      { type: 'changeBars', by: 1 },
    ],
    [
      { command: 'changeClickVolume', by: 0.1 },
      { type: 'changeClickVolume', by: 0.1 },
    ],
  ])('%j', (press, command) => {
    const { orders } = play(notYetPlayed, one({ press }), sessionIn('EMPTY'), { type: 'press', control: 'a', at: 7 });
    expect(orders).toEqual([{ type: 'command', command, at: 7 }]);
  });

  test.each<[Action, unknown[]]>([
    [{ command: 'pageUp' }, [{ type: 'page', by: 1 }]],
    [{ command: 'pageDown' }, [{ type: 'page', by: -1 }]],
    [{ command: 'none' }, []],
  ])('%j', (press, orders) => {
    const played = { type: 'press', control: 'a', at: 7 } as const;
    expect(play(notYetPlayed, one({ press }), sessionIn('EMPTY'), played).orders).toEqual(orders);
  });

  test('and its release does only what is bound to it', () => {
    const bindings: Bindings = { press: { command: 'start', track: 2 }, release: { command: 'stop', track: 2 } };
    expect(new Player(one(bindings)).do([5, '+a'], [300, '-a']).orders).toEqual(['start 2 @ 5', 'stop 2 @ 300']);
    expect(new Player(pads(3)).do([5, '+track-1'], [300, '-track-1']).orders).toEqual(['stomp 1 @ 5']);
  });

  test('of a control that is not there, or that nothing is bound to, asks for nothing', () => {
    expect(new Player(one({})).do([5, '+a'], [900, '-a'], [1000, '+stranger'], [9000, '.']).orders).toEqual([]);
  });
});

describe('the second of two quick presses', () => {
  test('does what a double press does, in place of what a press does', () => {
    const bindings: Bindings = { press: { command: 'stomp', track: 1 }, double: { command: 'reset' } };
    const player = new Player(one(bindings)).do([0, '+a'], [100, '-a'], [300, '+a'], [400, '-a'], [700, '+a']);
    expect(player.orders).toEqual(['stomp 1 @ 0', 'reset @ 300', 'stomp 1 @ 700']);
  });

  test('is a press like any other where no double press is bound', () => {
    const player = new Player(pads(3)).do([0, '+track-1'], [90, '-track-1'], [180, '+track-1'], [200, '-track-1']);
    expect(player.orders).toEqual(['stomp 1 @ 0', 'stomp 1 @ 180']);
  });
});

describe('a pad of a track that is held', () => {
  test.each(['EMPTY', 'PLAYING', 'STOPPED', 'RECORDING', 'STOPPING', 'TRIGGERED/start'] as const)(
    'clears it, whatever the stomp did: from %s',
    (situation) => {
      const player = new Player(pads(3), sessionIn(situation)).do([5000, '+track-2'], [5700, '-track-2']);
      expect(player.orders).toEqual(['stomp 2 @ 5000', 'clear 2 @ 5600']);
      expect(player.states).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
    },
  );

  test('does nothing more where that is bound to nothing', () => {
    const profile = aProfile({ controls: [aPad(1, { hold: { command: 'none' } })] });
    expect(new Player(profile).do([0, '+track-1'], [3000, '-track-1']).orders).toEqual(['stomp 1 @ 0']);
  });

  test('clears nothing when it is let go of before', () => {
    expect(new Player(pads(3)).do([0, '+track-1'], [599, '-track-1'], [9000, '.']).orders).toEqual(['stomp 1 @ 0']);
  });
});

describe('a setting that a press has changed is put back by what comes of the press:', () => {
  test.each<[Action, string]>([
    [{ command: 'setBpm', bpm: 90 }, 'setBpm 120 @ 5'],
    [{ command: 'changeBpm', by: 5 }, 'setBpm 120 @ 5'],
    [{ command: 'setBars', bars: 8 }, 'setBars 1 @ 5'],
    [{ command: 'changeBars', by: 1 }, 'setBars 1 @ 5'],
    [{ command: 'setClickVolume', volume: 1 }, 'setClickVolume 0.5 @ 5'],
    [{ command: 'changeClickVolume', by: 0.1 }, 'setClickVolume 0.5 @ 5'],
    [{ command: 'muteClick' }, 'muteClick false @ 5'],
  ])('%j', (press, putBack) => {
    const player = new Player(one({ press, hold: { command: 'reset' } }), sessionIn('EMPTY'));
    const before = player.session;
    player.do([5, '+a'], [700, '-a']);
    expect(player.orders.slice(1)).toEqual([putBack, 'reset @ 605']);
    expect(player.session).toEqual(before);
  });

  test('once, by a hold, and not again by the long hold after it', () => {
    const bindings: Bindings = {
      press: { command: 'muteClick' },
      hold: { command: 'changeBars', by: 1 },
      longHold: { command: 'reset' },
    };
    const { orders } = new Player(one(bindings)).do([0, '+a'], [2500, '-a']);
    expect(orders).toEqual(['muteClick @ 0', 'muteClick false @ 0', 'changeBars 1 @ 600', 'reset @ 2000']);
  });
});

/** The commands of each gesture with the time that they mean. They reach no session: it stays as it is. */
const playedOn = (bindings: Bindings, session: SessionState, ...types: readonly ('press' | 'hold' | 'release')[]) => {
  const at = { press: 5, hold: 605, release: 400 } as const;
  let playing = notYetPlayed;
  return types.map((type) => {
    const answer = play(playing, one(bindings), session, { type, control: 'a', at: at[type] });
    playing = answer.playing;
    return answer.orders.map((order) => (order.type === 'command' ? [order.command, order.at] : order.type));
  });
};

const aStep: Step = { deed: 'clear', bpm: 120, beatsPerBar: 4, before: [], after: [] };

describe('what was undone is done again by what comes of the press', () => {
  const undoing: Bindings = { press: { command: 'undo' }, hold: { command: 'redo' } };

  test('where there was something to undo', () => {
    const session = sessionIn('EMPTY', { history: { past: [aStep], future: [] } });
    expect(playedOn(undoing, session, 'press', 'hold')).toEqual([
      [[{ type: 'undo' }, 5]],
      [
        [{ type: 'redo' }, 5],
        [{ type: 'redo' }, 605],
      ],
    ]);
  });

  test('and where there was nothing, nothing is: else it would do again what was undone before', () => {
    const session = sessionIn('EMPTY', { history: { past: [], future: [aStep] } });
    expect(playedOn(undoing, session, 'press', 'hold')).toEqual([[[{ type: 'undo' }, 5]], [[{ type: 'redo' }, 605]]]);
  });
});

describe('of what is done to loops that are there, and to sets', () => {
  test.each<[Action, Action]>([
    [{ command: 'undo', at: 'bar' }, { command: 'redo' }],
    [{ command: 'redo' }, { command: 'undo' }],
    [{ command: 'redo' }, { command: 'reset' }],
    [
      { command: 'retake', track: 1, laterMs: 5 },
      { command: 'retake', track: 1, laterMs: -5 },
    ],
    [
      { command: 'retake', track: 1, moreBars: 1 },
      { command: 'clear', track: 1 },
    ],
    [{ command: 'retake', track: 1, moreBars: 1 }, { command: 'reset' }],
    [{ command: 'retake', moreBars: 1 }, { command: 'undo' }],
    [
      { command: 'stomp', track: 1 },
      { command: 'clear', track: 1, at: 'bar' },
    ],
    [{ command: 'stomp', track: 1 }, { command: 'undo' }],
    [{ command: 'stomp', track: 1 }, { command: 'newSet' }],
    [
      { command: 'clear', track: 1, at: 'bar' },
      { command: 'start', track: 1 },
    ],
    [
      { command: 'loadSet', by: 1 },
      { command: 'loadSet', by: -1 },
    ],
    [{ command: 'saveSet' }, { command: 'newSet' }],
    [{ command: 'newSet' }, { command: 'undo' }],
  ])('%j waits, as %j does not make it good', (press, hold) => {
    expect(hasToWait('a', { press, hold }, { chords: [] })).toBe(true);
    const [pressed, held] = playedOn({ press, hold }, sessionIn('PLAYING'), 'press', 'hold');
    expect([pressed, held?.length]).toEqual([[], 1]);
  });

  test.each<[Action, Action]>([
    [{ command: 'undo' }, { command: 'redo' }],
    [{ command: 'undo', at: 'now' }, { command: 'reset' }],
    [{ command: 'undo' }, { command: 'undo' }],
    [{ command: 'changeBars', by: 1 }, { command: 'redo' }],
    [{ command: 'pageUp' }, { command: 'undo' }],
    [
      { command: 'stomp', track: 1 },
      { command: 'clear', track: 1, at: 'now' },
    ],
    [
      { command: 'clear', track: 1, at: 'bar' },
      { command: 'clear', track: 1 },
    ],
    [{ command: 'loadSet', place: 1 }, { command: 'none' }],
  ])('%j acts at once, before %j', (press, hold) => {
    expect(hasToWait('a', { press, hold }, { chords: [] })).toBe(false);
  });

  test.each<[Action, number]>([
    [{ command: 'retake', track: 1, moreBars: 1 }, 400],
    [{ command: 'retake', track: 1, moreBars: 1, at: 'bar' }, 5],
    [{ command: 'redo', at: 'now' }, 400],
    [{ command: 'redo', at: 'bar' }, 5],
    [{ command: 'undo', at: 'bar' }, 5],
    [{ command: 'clear', track: 1 }, 400],
    [{ command: 'clear', track: 1, at: 'bar' }, 5],
    [{ command: 'loadSet', by: 1 }, 400],
    [{ command: 'saveSet' }, 400],
    [{ command: 'newSet' }, 400],
  ])('%j that has waited means the bar of its press where it means a bar: %d ms', (press, at) => {
    const bindings: Bindings = { press, hold: { command: 'tap' } };
    const [, released] = playedOn(bindings, sessionIn('PLAYING'), 'press', 'release');
    expect(released).toEqual([[expect.anything(), at]]);
  });
});

/** What a press cannot take back, with what may come of it. */
const waiting: readonly Bindings[] = [
  { press: { command: 'tap' }, hold: { command: 'reset' } },
  { press: { command: 'tap' }, longHold: { command: 'clear', track: 1 } },
  { press: { command: 'stomp', track: 1 }, hold: { command: 'clear', track: 2 } },
  { press: { command: 'stomp', track: 1 }, hold: { command: 'muteClick' } },
  { press: { command: 'reset' }, hold: { command: 'stomp', track: 1 } },
];

const acting: readonly Bindings[] = [
  { press: { command: 'stomp', track: 1 } },
  { press: { command: 'tap' }, release: { command: 'reset' }, double: { command: 'reset' } },
  { press: { command: 'stomp', track: 1 }, hold: { command: 'clear', track: 1 } },
  { press: { command: 'record', track: 1 }, hold: { command: 'reset' } },
  { press: { command: 'start', track: 1 }, longHold: { command: 'reset' } },
  { press: { command: 'muteClick' }, hold: { command: 'tap' } },
  { press: { command: 'changeBpm', by: 1 }, hold: { command: 'stomp', track: 1 } },
  { press: { command: 'pageUp' }, hold: { command: 'reset' } },
  { press: { command: 'tap' }, hold: { command: 'none' } },
  { press: { command: 'tap' }, longHold: { command: 'learn' } },
  { press: { command: 'none' }, hold: { command: 'reset' } },
  { hold: { command: 'reset' } },
];

describe('a press that cannot be taken back', () => {
  test.each(waiting)('waits for its release: %j', (bindings) => {
    expect(hasToWait('a', bindings, { chords: [] })).toBe(true);
    expect(waitingControls(one(bindings))).toEqual(['a']);
    const player = new Player(one(bindings)).do([0, '+a'], [100, '.']);
    expect(player.orders).toEqual([]);
    player.do([400, '-a']);
    expect(player.orders).toHaveLength(1);
    // What is thrown away or switched is so when it is; what is in the music, when it was meant.
    const isOfMusic = ['stomp', 'record', 'start', 'stop', 'tap'].includes(bindings.press?.command ?? '');
    expect(player.orders[0]).toMatch(isOfMusic ? / @ 0$/ : / @ 400$/);
  });

  test.each(waiting)('does not act when it is held: %j', (bindings) => {
    const { orders } = new Player(one(bindings)).do([0, '+a'], [3000, '-a']);
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatch(/ @ (600|2000)$/);
  });

  test.each(acting)('is no other one: %j', (bindings) => {
    expect(waitingControls(one(bindings))).toEqual([]);
    const acts = bindings.press === undefined || bindings.press.command === 'none' ? 0 : 1;
    expect(new Player(one(bindings)).do([0, '+a']).given).toHaveLength(acts);
  });

  test('acts on a release that comes after a hold that nothing is bound to, and before the long hold', () => {
    const bindings: Bindings = { press: { command: 'tap' }, longHold: { command: 'reset' } };
    expect(new Player(one(bindings)).do([0, '+a'], [1500, '-a'], [9000, '.']).orders).toEqual(['tap @ 0']);
  });

  test('acts before what its release does', () => {
    const bindings: Bindings = {
      press: { command: 'start', track: 1 },
      release: { command: 'stop', track: 1 },
      hold: { command: 'clear', track: 2 },
    };
    expect(new Player(one(bindings)).do([0, '+a'], [200, '-a']).orders).toEqual(['start 1 @ 0', 'stop 1 @ 200']);
  });

  test('acts at once where the control does not tell its release', () => {
    const profile = aProfile({
      controls: [
        aControl('a', { release: false, bindings: { press: { command: 'tap' }, hold: { command: 'reset' } } }),
      ],
    });
    expect(new Player(profile).do([40, '+a'], [9000, '.']).orders).toEqual(['tap @ 40']);
  });

  test('never acts when its release never comes', () => {
    const bindings: Bindings = { press: { command: 'tap' }, hold: { command: 'reset' } };
    expect(new Player(one(bindings)).do([0, '+a'], [20_000, '.'], [20_100, '-a']).orders).toEqual(['reset @ 600']);
  });

  test('is told of once, though it waits on two pages, and of a page that binds it so', () => {
    const waits: Bindings = { press: { command: 'tap' }, hold: { command: 'reset' } };
    const plain = aSwitch('b', 2, { command: 'tap' });
    const controls = [aControl('a', { bindings: waits }), plain];
    expect(waitingControls(aProfile({ controls, pages: [aPage(), aPage(8)] }))).toEqual(['a']);
    expect(waitingControls(aProfile({ controls: [plain], pages: [aPage(), aPage(8, { b: waits })] }))).toEqual(['b']);
  });
});

describe('a chord', () => {
  const chords = [{ controls: ['track-1', 'track-2'], do: { command: 'reset' } }] as const;
  const chorded = pads(3, { chords });

  test('takes back what its first press did, and its second one does nothing', () => {
    const player = new Player(chorded, sessionIn('PLAYING')).do([5000, '+track-1'], [5040, '+track-2'], [5090, '.']);
    expect(player.orders).toEqual(['stomp 1 @ 5000', 'reset @ 5040']);
    expect(player.states).toEqual(['EMPTY', 'EMPTY', 'EMPTY']);
  });

  test('puts back a setting', () => {
    const controls = [aSwitch('a', 1, { command: 'muteClick' }), aSwitch('b', 2, { command: 'tap' })];
    const profile = aProfile({ controls, chords: [{ controls: ['a', 'b'], do: { command: 'calibrate' } }] });
    const { orders, session } = new Player(profile).do([0, '+a'], [40, '+b'], [300, '-a'], [300, '-b'], [900, '.']);
    expect(orders).toEqual(['muteClick @ 0', 'muteClick false @ 0', 'calibrate true @ 40']);
    expect(session.click.muted).toBe(false);
  });

  test('is two presses when they come too far apart', () => {
    expect(new Player(chorded).do([0, '+track-1'], [60, '+track-2']).orders).toEqual(['stomp 1 @ 0', 'stomp 2 @ 60']);
  });

  test('lets a press wait that it could not take back, which acts as of its own time when it stays alone', () => {
    const controls = [aSwitch('a', 1, { command: 'tap' }), aSwitch('b', 2, { command: 'muteClick' })];
    const profile = aProfile({ controls, chords: [{ controls: ['a', 'b'], do: { command: 'reset' } }] });
    expect(waitingControls(profile)).toEqual(['a']);
    expect(new Player(profile).do([0, '+a'], [59, '.']).orders).toEqual([]);
    expect(new Player(profile).do([0, '+a'], [60, '.'], [400, '-a']).orders).toEqual(['tap @ 0']);
    expect(new Player(profile).do([0, '+a'], [30, '-a'], [400, '.']).orders).toEqual(['tap @ 0']);
    expect(new Player(profile).do([0, '+a'], [60, '+b']).orders).toEqual(['tap @ 0', 'muteClick @ 60']);
    expect(new Player(profile).do([0, '+a'], [59, '+b'], [900, '.']).orders).toEqual(['reset @ 59']);
  });

  test('is over with its releases and holds: neither of its controls means anything more until it is pressed anew', () => {
    const mute: Bindings = {
      press: { command: 'muteClick' },
      release: { command: 'tap' },
      hold: { command: 'calibrate' },
    };
    const controls = ['a', 'b'].map((id, index) => aControl(id, { on: note(index), bindings: mute }));
    const profile = aProfile({ controls, chords: [{ controls: ['a', 'b'], do: { command: 'reset' } }] });
    const player = new Player(profile).do(
      [0, '+b'],
      [100, '-b'],
      [5000, '+a'],
      [5030, '+b'],
      [7000, '-b'],
      [7000, '-a'],
    );
    expect(player.orders.slice(2)).toEqual(['muteClick @ 5000', 'muteClick true @ 5000', 'reset @ 5030']);
    expect(player.do([8000, '+a'], [8100, '-a']).orders.slice(5)).toEqual(['muteClick @ 8000', 'tap @ 8100']);
  });

  test('is made in either order, and a third switch that goes down meanwhile is pressed as ever', () => {
    const player = new Player(chorded).do([0, '+track-2'], [20, '+track-1'], [30, '+track-3']);
    expect(player.orders).toEqual(['stomp 2 @ 0', 'reset @ 20', 'stomp 3 @ 30']);
  });
});

test('presses that overlap each do their own', () => {
  const player = new Player(pads(3), sessionIn('PLAYING')).do(
    [5000, '+track-1'],
    [5010, '+track-2'],
    [5020, '+track-3'],
    [5100, '-track-2'],
    [5650, '-track-1'],
    [5650, '-track-3'],
  );
  expect(player.orders).toEqual([
    'stomp 1 @ 5000',
    'stomp 2 @ 5010',
    'stomp 3 @ 5020',
    'clear 1 @ 5600',
    'clear 3 @ 5620',
  ]);
});
