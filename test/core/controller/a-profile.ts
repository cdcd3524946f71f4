import { defaultStyle } from '../../../src/config/profile/style.ts';
import type { Action } from '../../../src/core/controller/action.ts';
import type { Shade } from '../../../src/core/controller/colour.ts';
import type { Bindings, Control, Lamp, Looks, Page, Profile } from '../../../src/core/controller/profile.ts';
import type { Trigger } from '../../../src/core/controller/trigger.ts';

/** As the documentation of profiles tells them. */
export const defaultTimes: Profile['times'] = {
  bounceMs: 0,
  holdMs: 600,
  longHoldMs: 2000,
  doubleMs: 300,
  chordMs: 60,
  stuckMs: 10_000,
};
export const defaultPace: Profile['pace'] = { bytesPerSecond: 20_000, burstBytes: 2000, gapMs: 0, kindGapMs: 0 };

/** A profile that knows nothing but what it is told. */
export const aProfile = (changed: Partial<Profile> = {}): Profile => ({
  name: 'pads',
  title: 'Pads',
  confidence: 'solid',
  usb: [],
  ports: { input: [], output: [] },
  setUp: [],
  init: [],
  deinit: [],
  times: defaultTimes,
  pace: defaultPace,
  clock: false,
  style: defaultStyle,
  refreshOnRelease: false,
  controls: [],
  lamps: [],
  layout: [],
  pages: [aPage()],
  chords: [],
  ignore: [],
  learnHold: false,
  ...changed,
});

export const aPage = (trackOffset = 0, bindings: Readonly<Record<string, Bindings>> = {}): Page => ({
  name: `from track ${trackOffset + 1}`,
  trackOffset,
  bindings: new Map(Object.entries(bindings)),
});

export const note = (number: number): Trigger => ({ kind: 'note', number, pressAt: 1 });
export const cc = (number: number): Trigger => ({ kind: 'cc', number, pressAt: 1 });

/** A switch on note 1 that tells its release, unless it is said otherwise. */
export const aControl = (id: string, changed: Partial<Control> = {}): Control => ({
  id,
  on: note(1),
  release: true,
  fine: false,
  bindings: {},
  ...changed,
});

/** Stomps on its track and clears it when held; on the note 35 above its track, as the generic controller has it. */
export const aPad = (track: number, bindings: Bindings = {}, changed: Partial<Control> = {}): Control =>
  aControl(`track-${track}`, {
    on: note(35 + track),
    bindings: { press: { command: 'stomp', track }, hold: { command: 'clear', track }, ...bindings },
    ...changed,
  });

export const aSwitch = (id: string, number: number, press: Action, rest: Bindings = {}): Control =>
  aControl(id, { on: note(number), bindings: { press, ...rest } });

const colours: Readonly<Partial<Record<Shade, number>>> = {
  off: 0,
  'dim-white': 1,
  red: 3,
  green: 5,
  yellow: 7,
  blue: 9,
  white: 11,
};

/** What sets a lamp on a note: the palette's colours as velocities. */
export const looksOn = (number: number, palette = colours, status = 0x90): Looks =>
  Object.fromEntries(Object.entries(palette).map(([shade, value]) => [shade, [[status, number, value]]]));

export const aLamp = (id: string, steady: Looks, changed: Partial<Lamp> = {}): Lamp => ({
  id,
  show: { kind: 'control', control: id },
  steady,
  ...changed,
});

/** Pads with a lamp each, on the same notes. */
export const pads = (tracks: number, changed: Partial<Profile> = {}): Profile => {
  const ids = Array.from({ length: tracks }, (_, index) => index + 1);
  return aProfile({
    controls: ids.map((track) => aPad(track)),
    lamps: ids.map((track) => aLamp(`track-${track}`, looksOn(35 + track))),
    ...changed,
  });
};

export const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
