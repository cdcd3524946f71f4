import fc from 'fast-check';
import { profileText } from '../../../src/config/profile/write.ts';
import type { Action, Scale, TurnAction } from '../../../src/core/controller/action.ts';
import type { Trigger } from '../../../src/core/controller/trigger.ts';
import type { LearntForm, LearntFormControl } from '../../../src/core/learn/form.ts';
import { Folder } from '../files.ts';
import { loadProfile } from '../load-profile.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const readBack = (form: LearntForm) => loadProfile(folder.write(`${form.name}.yaml`, profileText(form)));

const form: LearntForm = {
  name: 'sparkfun',
  title: 'SparkFun SAMD21',
  input: '^SparkFun SAMD21:SparkFun SAMD21 MIDI 1$',
  controls: [
    { id: 'track-1', on: { kind: 'note', number: 36, pressAt: 1, channel: 10 }, release: true, lamp: '99 24 {colour}' },
    { id: 'next', on: { kind: 'program', number: 5 }, release: false, press: { command: 'tap' } },
  ],
  palette: { off: '00', on: '7F' },
  ignore: [{ kind: 'cc', number: 1, pressAt: 1 }],
};

test('a line for each control, and what is as usual left out', () => {
  expect(
    profileText(form),
  ).toBe(`# Learnt from the controller itself. It is yours: change what you like, docs/controllers.md says how.
# To learn it anew, learn again or remove this file.
# Its lamps are a guess, since a controller does not say how they are set: hence unverified.

name: sparkfun
title: SparkFun SAMD21
confidence: unverified
ports: { input: [ ^SparkFun SAMD21:SparkFun SAMD21 MIDI 1$ ] }
palette: { off: "00", on: 7F }
controls:
  track-1: { on: { note: 36, channel: 10 }, lamp: "99 24 {colour}" }
  next: { on: { program: 5 }, do: { command: tap } }
ignore:
  - { cc: 1 }
`);
});

test('lamps by the palette, and the port for output like that for input', () => {
  const profile = readBack(form);
  expect(profile.confidence).toBe('unverified');
  expect(profile.lamps.map(({ steady }) => steady)).toEqual([{ off: [[0x99, 36, 0]], on: [[0x99, 36, 127]] }]);
  expect(profile.ports).toEqual({ input: [form.input], output: [form.input] });
});

const data = fc.integer({ min: 0, max: 127 });
const channel = fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined });

const withChannel = (on: Trigger & { readonly kind: 'note' }, at: number | undefined): Trigger =>
  at === undefined ? on : { ...on, channel: at };

const note = (number: number): fc.Arbitrary<Trigger> =>
  fc
    .tuple(fc.integer({ min: 1, max: 127 }), channel)
    .map(([pressAt, at]) => withChannel({ kind: 'note', number, pressAt }, at));

const press: fc.Arbitrary<Action> = fc.oneof(
  fc.integer({ min: 1, max: 64 }).map((track) => ({ command: 'start' as const, track })),
  fc.integer({ min: 1, max: 32 }).map((bars) => ({ command: 'setBars' as const, bars })),
  fc.constantFrom<Action>(
    { command: 'tap' },
    { command: 'record', track: 2, bars: 4 },
    { command: 'clear', track: 3, at: 'bar' },
    { command: 'undo' },
    { command: 'redo', at: 'now' },
    { command: 'retake', track: 2, moreBars: -1, laterMs: 12.5 },
    { command: 'loadSet', by: -1 },
    { command: 'loadSet', name: 'null' },
    { command: 'saveSet', name: "it's #1: on" },
    { command: 'newSet' },
    { command: 'changeBpm', by: -0.5 },
    { command: 'setClickVolume', volume: 0 },
  ),
);

const scale: fc.Arbitrary<Scale> = fc.oneof(
  fc.record({
    kind: fc.constant('linear' as const),
    from: fc.double({ min: 20, max: 400, noNaN: true }),
    to: fc.double({ min: 20, max: 400, noNaN: true }),
    round: fc.boolean(),
    curve: fc.double({ min: 0.1, max: 10, noNaN: true }),
  }),
  fc
    .array(fc.integer({ min: 20, max: 400 }), { minLength: 1, maxLength: 16 })
    .map((values) => ({ kind: 'zones' as const, values })),
);

const fader: fc.Arbitrary<TurnAction> = fc.record({
  command: fc.constant('setBpm' as const),
  scale,
  pickUp: fc.boolean(),
});

type Body = Omit<LearntFormControl, 'id'>;

/** Numbers that differ keep controls apart. */
const control = (number: number): fc.Arbitrary<Body> =>
  fc.oneof(
    fc.record({ on: note(number), release: fc.boolean(), press }),
    fc.record({
      on: fc.constant<Trigger>({ kind: 'cc', number, pressAt: 1, value: 7 }),
      release: fc.constant(false),
      press,
    }),
    fc.record({ on: fc.constant<Trigger>({ kind: 'program', number }), release: fc.constant(false), press }),
    fc.record({
      on: fc.constant<Trigger>({ kind: 'sysex', prefix: [0xf0, number, 5] }),
      release: fc.constant(false),
      press,
    }),
    fc.record({
      on: fc.constant<Trigger>({ kind: 'cc', number, pressAt: 1 }),
      release: fc.constant(true),
      turn: fader,
    }),
    fc.record({
      on: fc.constant<Trigger>({ kind: 'cc', number, pressAt: 1 }),
      release: fc.constant(true),
      relative: fc.constantFrom('twosComplement' as const, 'signBit' as const, 'offset' as const),
      turn: fc.constant<TurnAction>({ command: 'changeBars', by: 1 }),
    }),
  );

const learnt: fc.Arbitrary<LearntForm> = fc.record({
  name: fc.constantFrom('pad', 'on', '1', 'null'),
  title: fc.string({ minLength: 1, unit: 'grapheme' }).filter((title) => title.trim() !== ''),
  input: fc.constantFrom('^Pad:Pad MIDI 1$', '^\\{a\\}: #1$', "^it's \\[x\\]$", '^- 5$'),
  controls: fc
    .uniqueArray(data, { maxLength: 20 })
    .chain((numbers) => fc.tuple(...numbers.map(control)))
    .map((controls) => controls.map((body, at) => ({ id: `c-${at}`, ...body }))),
  palette: fc.constantFrom({ off: '00', on: '7F' }, { off: '0C', on: '3C' }),
  ignore: fc
    .uniqueArray(data, { maxLength: 3 })
    .map((numbers) => numbers.map((number): Trigger => ({ kind: 'poly', number, pressAt: 1 }))),
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(learnt, (what) => {
      const profile = readBack(what);
      expect(profile).toMatchObject({ name: what.name, title: what.title, confidence: 'solid', ignore: what.ignore });
      expect(profile.ports).toEqual({ input: [what.input], output: [what.input] });
      expect(
        profile.controls.map(({ id, on, release, relative, bindings: { press: pressed, turn } }) => ({
          id,
          on,
          release,
          ...(relative && { relative }),
          ...(pressed && { press: pressed }),
          ...(turn && { turn }),
        })),
      ).toEqual(what.controls);
    }),
  );
});
