import type { Action } from '../../../src/core/controller/action.ts';
import { handOff, notYetPlayed, play } from '../../../src/core/controller/play.ts';
import type { Bindings, Profile } from '../../../src/core/controller/profile.ts';
import { loop, sessionIn, trackIn } from '../session/situations.ts';
import { Player } from './a-player.ts';
import { aPad, aPage, aProfile, aSwitch } from './a-profile.ts';

const tracks = (count: number) =>
  sessionIn('EMPTY', { tracks: Array.from({ length: count }, (_, index) => trackIn('EMPTY', index + 1)) });

const up: Bindings = { press: { command: 'pageUp' } };
const profile = (changed: Partial<Profile> = {}): Profile =>
  aProfile({
    controls: [
      aPad(1),
      aPad(2),
      aSwitch('up', 60, { command: 'pageUp' }),
      aSwitch('down', 61, { command: 'pageDown' }),
      aSwitch('extra', 62, { command: 'tap' }),
    ],
    pages: [aPage(), aPage(2, { extra: { press: { command: 'reset' } } }), aPage(4)],
    ...changed,
  });

const tap = (control: string, at: number) =>
  [
    [at, `+${control}`],
    [at + 50, `-${control}`],
  ] as const;

describe('a page', () => {
  test('moves the tracks of all controls on', () => {
    const player = new Player(profile(), tracks(6)).do(
      ...tap('up', 0),
      ...tap('track-1', 1000),
      ...tap('track-2', 2000),
    );
    expect(player.orders.slice(1)).toEqual(['stomp 3 @ 1000', 'stomp 4 @ 2000']);
    expect(new Player(profile(), tracks(6)).do(...tap('up', 0), [500, '+track-2'], [1200, '.']).orders).toEqual([
      'page 1',
      'stomp 4 @ 500',
      'clear 4 @ 1100',
    ]);
  });

  test('may bind a control otherwise, and leaves the others as they are', () => {
    const player = new Player(profile(), tracks(6)).do(...tap('extra', 0), ...tap('up', 500), ...tap('extra', 1000));
    expect(player.orders).toEqual(['tap @ 0', 'page 1', 'reset @ 1000']);
  });

  test('stays where it is at the last one and at the first', () => {
    const player = new Player(profile(), tracks(6)).do(...tap('up', 0), ...tap('up', 500), ...tap('up', 1000));
    expect(player.playing.page).toBe(2);
    player.do(...tap('down', 2000), ...tap('down', 3000), ...tap('down', 4000));
    expect(player.playing.page).toBe(0);
  });

  test.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 1],
    [5, 2],
    [8, 2],
  ])('past the last track is passed over: with %d tracks the last one is %d', (count, last) => {
    const player = new Player(profile(), tracks(count)).do(...tap('up', 0), ...tap('up', 500), ...tap('up', 1000));
    expect(player.playing.page).toBe(last);
  });

  test('is there even where none reaches a track', () => {
    const far = profile({ pages: [aPage(8), aPage(16)] });
    const player = new Player(far, tracks(3)).do(...tap('track-1', 0), ...tap('up', 500));
    expect(player.orders[0]).toBe('stomp 9 @ 0');
    expect(player.playing.page).toBe(0);
  });

  test('moves the tracks of chords on as well, which wait for no more on it than on the first', () => {
    const chords = [{ controls: ['track-1', 'track-2'], do: { command: 'clear', track: 1 } }] as const;
    const chorded = profile({
      chords,
      controls: [aPad(1), aPad(2, { press: { command: 'none' } }), aSwitch('up', 60, { command: 'pageUp' })],
    });
    const player = new Player(chorded, tracks(6)).do(...tap('up', 0), [500, '+track-1'], [530, '+track-2']);
    expect(player.orders).toEqual(['page 1', 'stomp 3 @ 500', 'clear 3 @ 530']);
  });
});

describe('on a page', () => {
  const session = tracks(6);
  const played = (press: Action, page: number) => {
    const { orders } = play({ ...notYetPlayed, page }, profile({ controls: [aSwitch('a', 60, press)] }), session, {
      type: 'press',
      control: 'a',
      at: 0,
    });
    return orders.map((order) => (order.type === 'command' ? order.command : order.type));
  };

  test('the track of a retake is moved on as well, and one without a track stays without', () => {
    expect(played({ command: 'retake', track: 1, laterBeats: 1 }, 1)).toEqual([
      { type: 'retake', track: 3, laterBeats: 1 },
    ]);
    expect(played({ command: 'retake', laterBeats: 1 }, 1)).toEqual([{ type: 'retake', laterBeats: 1 }]);
  });

  test('a track is cleared when the first page clears its own', () => {
    expect(played({ command: 'clear', track: 2, at: 'bar' }, 2)).toEqual([{ type: 'clear', track: 6, at: 'bar' }]);
  });

  test.each<[Action, unknown]>([
    [{ command: 'undo' }, { type: 'undo' }],
    [
      { command: 'loadSet', place: 1 },
      { type: 'loadSet', place: 1 },
    ],
  ])('what is of no track is the same: %j', (press, command) => {
    expect(played(press, 1)).toEqual([command]);
  });
});

describe('a hold means what its press meant', () => {
  test('when the page has been turned meanwhile', () => {
    const player = new Player(profile(), tracks(6)).do([0, '+track-1'], ...tap('up', 200), [700, '.']);
    expect(player.orders).toEqual(['stomp 1 @ 0', 'page 1', 'clear 1 @ 600']);
  });

  test('when it is a page itself that is taken back', () => {
    const held = profile({ controls: [aSwitch('up', 60, { command: 'pageUp' }, { hold: { command: 'reset' } })] });
    const player = new Player(held, tracks(6)).do([0, '+up'], [100, '.']);
    expect(player.playing.page).toBe(1);
    player.do([700, '-up']);
    expect([player.playing.page, player.orders]).toEqual([0, ['page 1', 'page -1', 'reset @ 600']]);
  });

  test.each(['pageUp', 'pageDown'] as const)(
    'and %s is not taken back where there was no page to turn to',
    (command) => {
      const only = profile({
        controls: [
          aSwitch('turn', 60, { command }, { hold: { command: 'reset' } }),
          aSwitch('up', 61, { command: 'pageUp' }),
        ],
        pages: [aPage(), aPage(2)],
      });
      const player = new Player(only, tracks(6));
      if (command === 'pageUp') player.do(...tap('up', 0));
      const { page } = player.playing;
      player.do([1000, '+turn'], [1700, '-turn']);
      expect(player.playing.page).toBe(page);
    },
  );
});

test('a controller that comes back is on the page that it was on, with no hand on it', () => {
  const warned = aSwitch(
    'a',
    60,
    { command: 'none' },
    { ...up, press: { command: 'tap' }, longHold: { command: 'reset' } },
  );
  const player = new Player(profile({ controls: [warned, aSwitch('up', 61, { command: 'pageUp' })] }), tracks(6));
  player.do(...tap('up', 0), [1000, '+a'], [1700, '.']);
  expect(player.playing.warning).toBeDefined();
  const { page, presses, faders, warning } = handOff(player.playing);
  expect([page, presses.size, faders.size, warning]).toEqual([1, 0, 0, undefined]);
});

test('tracks that were held on another page keep playing: a page is only where the hand is', () => {
  const playing = sessionIn('EMPTY', {
    tracks: [1, 2, 3, 4].map((id) => trackIn(id === 1 ? 'PLAYING' : 'EMPTY', id, { ...loop, id })),
  });
  const player = new Player(profile(), playing).do(...tap('up', 0), ...tap('track-1', 5000));
  expect(player.states).toEqual(['PLAYING', 'EMPTY', 'TRIGGERED', 'EMPTY']);
});
