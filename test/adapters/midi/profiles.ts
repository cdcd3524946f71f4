import type { KnownProfile } from '../../../src/adapters/midi/fit.ts';
import type { Profile, SetupMessage } from '../../../src/core/controller/profile.ts';

const style = { colour: 'white', dim: false, as: 'steady' } as const;

/** A profile without controls. Its output has the patterns of its input unless told otherwise. */
export const profileOf = (
  name: string,
  input: readonly string[] = [],
  rest: Partial<Profile> & { readonly output?: readonly string[] } = {},
): Profile => {
  const { output = input, ...others } = rest;
  return {
    name,
    title: name.toUpperCase(),
    confidence: 'solid',
    usb: [],
    ports: { input, output },
    setUp: [],
    init: [],
    deinit: [],
    times: { bounceMs: 0, holdMs: 600, longHoldMs: 2000, doubleMs: 300, chordMs: 60, stuckMs: 10_000 },
    pace: { bytesPerSecond: 20_000, burstBytes: 2000, gapMs: 0, kindGapMs: 0 },
    clock: false,
    style: {
      EMPTY: style,
      STOPPED: style,
      RECORDING: style,
      PLAYING: style,
      TRIGGERED: style,
      STOPPING: style,
    },
    refreshOnRelease: false,
    controls: [],
    lamps: [],
    layout: [],
    pages: [{ name: 'all', trackOffset: 0, bindings: new Map() }],
    chords: [],
    ignore: [],
    learnHold: false,
    ...others,
  };
};

export const ours = (profile: Profile): KnownProfile => ({ profile, own: false });
export const theirs = (profile: Profile): KnownProfile => ({ profile, own: true });

export const setup = (...bytes: readonly number[]): SetupMessage => ({ bytes, waitMs: 0, timeoutMs: 500 });

/** A control that is pressed by a system exclusive message. */
export const sysexControl: Profile['controls'][number] = {
  id: 'sysex',
  on: { kind: 'sysex', prefix: [0xf0, 0x7d] },
  release: false,
  fine: false,
  bindings: {},
};
