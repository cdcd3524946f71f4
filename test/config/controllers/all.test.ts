import { loadProfiles } from '../../../src/config/profiles.ts';
import { behaviours } from '../../../src/core/controller/colour.ts';
import type { Profile } from '../../../src/core/controller/profile.ts';
import { waitingControls } from '../../../src/core/controller/take-back.ts';
import { isLearnable } from '../../../src/core/learn/learnable.ts';
import { trackStates } from '../../../src/core/track/state.ts';
import { inRepository } from '../files.ts';

const { profiles: loaded, mistakes } = loadProfiles([inRepository('config/controllers')]);
const profiles = loaded.map(({ profile }) => profile);
const byName = profiles.map((profile) => [profile.name, profile] as const);

test('they are all there, without a mistake', () => {
  expect(mistakes).toEqual([]);
  expect(profiles.map(({ name }) => name)).toEqual([
    'apc-mini',
    'apc-mini-mk2',
    'arduino',
    'beatstep',
    'fcb1010',
    'fcb1010-eurekaprom',
    'generic',
    'generic-cc',
    'generic-program',
    'gpio',
    'keyboard',
    'launchpad-mini-mk3',
    'launchpad-pro-mk3',
    'launchpad-s',
    'launchpad-x',
    'lpd8',
    'lpd8-mk2',
    'm-vave-chocolate',
    'mcu',
    'morningstar',
    'mpd218',
    'mpk-mini',
    'nanokontrol2',
    'pacer',
    'softstep-2',
    'twelve-step',
    'x-touch-mini',
  ]);
});

test('no USB id is claimed by two', () => {
  const ids = profiles.flatMap(({ usb }) => usb);
  expect(ids).toEqual([...new Set(ids)]);
});

test('only the generic one takes any port', () => {
  expect(profiles.filter(({ ports }) => ports.input.length === 0).map(({ name }) => name)).toEqual(['generic']);
});

test('the grids of pads show whether all is well', () => {
  const showing = profiles.filter(({ lamps }) => lamps.some(({ show }) => show.kind === 'health'));
  expect(showing.map(({ name }) => name)).toEqual([
    'apc-mini',
    'apc-mini-mk2',
    'launchpad-mini-mk3',
    'launchpad-pro-mk3',
    'launchpad-s',
    'launchpad-x',
  ]);
});

const shownIn = ({ layout }: Profile): string[] => layout.flat().filter((id) => id !== undefined);

describe.each(byName)('%s', (_name, profile) => {
  test('its picture shows each of its controls and lamps once, in rows of the same length', () => {
    const all = [...profile.controls, ...profile.lamps].map(({ id }) => id);
    expect(shownIn(profile).sort()).toEqual([...new Set(all)].sort());
    expect(new Set(profile.layout.map((row) => row.length)).size).toBe(1);
  });

  test('no two lamps are set by the same messages', () => {
    if (profile.frame !== undefined) return;
    const looks = profile.lamps.flatMap(({ steady }) =>
      Object.values(steady).map((messages) => JSON.stringify(messages)),
    );
    expect(new Set(looks).size).toBe(looks.length);
  });

  test('no press waits: each acts at once', () => {
    expect(waitingControls(profile)).toEqual([]);
  });

  test('it can throw everything away, and stomps on tracks from the first on', () => {
    const bound = profile.controls.flatMap(({ bindings }) => Object.values(bindings));
    const actions = [...bound, ...profile.chords.map((chord) => chord.do)];
    expect(actions.filter(({ command }) => command === 'reset')).toHaveLength(1);
    const tracks = profile.controls.flatMap(({ bindings: { press } }) =>
      press?.command === 'stomp' ? [press.track] : [],
    );
    expect(tracks.toSorted((a, b) => a - b)).toEqual(tracks.map((_, at) => at + 1));
    expect(tracks.length).toBeGreaterThanOrEqual(6);
  });

  test('learning is offered only where it finds out all that the device needs', () => {
    const offers = profile.learnHold || profile.controls.some(({ bindings }) => bindings.longHold?.command === 'learn');
    expect(!offers || isLearnable(profile)).toBe(true);
  });

  test('a track that is held cannot lead to learning', () => {
    const stomping = profile.controls.filter(({ bindings }) => bindings.press?.command === 'stomp');
    expect(stomping.filter(({ bindings }) => bindings.longHold?.command === 'learn')).toEqual([]);
  });

  test('states differ by more than their colour', () => {
    const shown = trackStates.map((state) => profile.style[state].as);
    expect(new Set(shown.filter((as) => as !== 'steady')).size).toBe(behaviours.length - 1);
  });
});
