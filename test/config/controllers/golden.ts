import type { Action, TurnAction } from '../../../src/core/controller/action.ts';
import type { Shade } from '../../../src/core/controller/colour.ts';
import { bindingsOn } from '../../../src/core/controller/page.ts';
import type { Confidence, Lamp, Profile } from '../../../src/core/controller/profile.ts';
import { type Move, newReader, type Reader, read } from '../../../src/core/controller/read.ts';
import { scaled } from '../../../src/core/controller/scale.ts';
import { meets, signalOf } from '../../../src/core/controller/signal.ts';
import { lampMessages } from '../../../src/core/lamps/messages.ts';
import { nearestShade } from '../../../src/core/lamps/shade.ts';
import { type TrackState, trackStates } from '../../../src/core/track/state.ts';
import { inRepository } from '../files.ts';
import { loadProfile } from '../load-profile.ts';

/** What is known of a controller from its documents, in the bytes that go over the wire. */
export type Golden = {
  readonly name: string;
  readonly confidence: Confidence;
  readonly usb?: readonly string[];
  /** Names of ports that are heard and get the lamps. */
  readonly ports: readonly string[];
  /** Those that are heard and get no lamps. */
  readonly heardOnly?: readonly string[];
  /** Names that other ports of it have, and controllers of similar names. */
  readonly notIts: readonly string[];
  /** Messages in hex; with a pause as `B0 7F 01, 50 ms`, with an answer as `.. -> ..`. */
  readonly init?: readonly string[];
  readonly deinit?: readonly string[];
  /** Messages as they come in, one after the other, and what they mean. */
  readonly moves: readonly (readonly [bytes: string, meaning: string])[];
  /** What it sends besides, which is never a control: not even one to be learnt. */
  readonly ignored?: readonly string[];
  readonly lamps?: GoldenLamps;
};

export type GoldenLamps = {
  /** Track 1: the behaviour, and the messages of the lit lamp. */
  readonly states: Readonly<Record<TrackState, string>>;
  /** All tracks of the first page, dark. */
  readonly dark: readonly string[];
  /** All tracks of the first page as they play. */
  readonly playing: readonly string[];
  /** The lamps of the beats, each where it is the beat in the bar's middle; of the bars, where it is that bar. */
  readonly beats?: readonly string[];
  readonly bars?: readonly string[];
  /** Other lamps, in a colour. */
  readonly others?: readonly (readonly [lamp: string, shade: Shade, messages: string])[];
};

export const shipped = (name: string): Profile => loadProfile(inRepository(`config/controllers/${name}.yaml`));

export const hexOf = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

export const bytesOf = (hex: string): number[] => hex.split(' ').map((byte) => Number.parseInt(byte, 16));

const hexOfAll = (messages: readonly (readonly number[])[]): string => messages.map(hexOf).join(' / ');

const setupText = ({ bytes, waitMs, expect }: Profile['init'][number]): string => {
  const answer = expect?.map((byte) => (byte === 'any' ? '..' : hexOf([byte]))).join(' ');
  return `${hexOf(bytes)}${answer ? ` -> ${answer}` : ''}${waitMs > 0 ? `, ${waitMs} ms` : ''}`;
};

const isOneOf = (patterns: readonly string[], port: string): boolean =>
  patterns.some((pattern) => new RegExp(pattern, 'i').test(port));

const actionText = (action: Action): string => {
  const { command, ...values } = action;
  return [command, ...Object.values(values)].join(' ');
};

const turnText = (action: TurnAction, move: Extract<Move, { type: 'turn' | 'step' }>): string => {
  if ('by' in action) return move.type === 'step' ? `${action.command} ${action.by * move.steps}` : 'nothing';
  return move.type === 'turn' ? `${action.command} ${scaled(action.scale, move.place)}` : 'nothing';
};

const meaningOf = (profile: Profile, move: Move): string => {
  const { press, hold, longHold, turn } = bindingsOn(profile, profile.pages[0], move.control);
  switch (move.type) {
    case 'release':
      return 'up';
    case 'press':
      return [
        ...(press ? [actionText(press)] : []),
        ...(hold ? [`hold: ${actionText(hold)}`] : []),
        ...(longHold ? [`long hold: ${actionText(longHold)}`] : []),
      ].join(', ');
    case 'turn':
    case 'step':
      return turn ? turnText(turn, move) : 'nothing';
  }
};

/** The messages as they come in, each with what it means after those before it. */
const meanings = (profile: Profile, messages: readonly string[]): string[] => {
  let reader: Reader = newReader;
  return messages.map((message) => {
    const result = read(reader, profile, bytesOf(message));
    reader = result.reader;
    return result.moves.map((move) => meaningOf(profile, move)).join(' + ') || 'nothing';
  });
};

export const lampOf = (profile: Profile, id: string): Lamp => {
  const lamp = profile.lamps.find((candidate) => candidate.id === id);
  if (lamp === undefined) throw new Error(`${profile.name} has no lamp ${id}`);
  return lamp;
};

const messagesFor = (lamp: Lamp, shade: Shade, by: 'steady' | 'blink' | 'pulse' = 'steady') =>
  lampMessages(lamp, { shade: nearestShade(lamp[by] ?? lamp.steady, shade), by });

export const shadeText = (profile: Profile, id: string, shade: Shade): string =>
  hexOfAll(messagesFor(lampOf(profile, id), shade));

/** How a lamp is in the lit part of a state's pattern, and what that pattern is. */
const stateText = (profile: Profile, id: string, state: TrackState): string => {
  const { colour, dim, as } = profile.style[state];
  const lamp = lampOf(profile, id);
  const by = (as === 'blink' || as === 'pulse') && lamp[as] !== undefined ? as : 'steady';
  return `${as} ${hexOfAll(messagesFor(lamp, dim ? `dim-${colour}` : colour, by))}`;
};

const lampsAre = (
  load: () => Profile,
  { states, dark, playing, beats = [], bars = [], others = [] }: GoldenLamps,
): void => {
  test.each(trackStates)('the lamp of a track that is %s', (state) => {
    expect(stateText(load(), 'stomp-1', state)).toBe(states[state]);
  });

  test('each track has its lamp, which goes dark', () => {
    const profile = load();
    const row = (shade: Shade) => playing.map((_, at) => shadeText(profile, `stomp-${at + 1}`, shade));
    expect([row('off'), row(profile.style.PLAYING.colour)]).toEqual([dark, playing]);
  });

  test('beats and bars have a row of lamps each, or none', () => {
    const profile = load();
    const row = (kind: 'beat' | 'bar', shade: Shade): string[] =>
      profile.lamps.filter(({ show }) => show.kind === kind).map(({ id }) => shadeText(profile, id, shade));
    expect([row('beat', 'cyan'), row('bar', 'purple')]).toEqual([beats, bars]);
  });

  test('each other lamp in its colour', () => {
    const profile = load();
    expect(others.map(([id, shade]) => [id, shade, shadeText(profile, id, shade)])).toEqual(others);
  });
};

/** The laws of one shipped profile. */
export const behaves = (golden: Golden): void => {
  describe(golden.name, () => {
    // In each test, so that a profile with a mistake fails alone.
    const load = () => shipped(golden.name);

    test('is as sure as its weakest fact, and known by its USB id', () => {
      const { confidence, usb } = load();
      expect([confidence, usb]).toEqual([golden.confidence, golden.usb ?? []]);
    });

    test('is known by the names of its ports, and no other is taken for it', () => {
      const { input, output } = load().ports;
      const { ports, heardOnly = [], notIts } = golden;
      const all = [...ports, ...heardOnly, ...notIts];
      expect(all.filter((port) => isOneOf(input, port))).toEqual([...ports, ...heardOnly]);
      expect(all.filter((port) => isOneOf(output, port))).toEqual(ports);
    });

    test('what is sent on connect and at the end', () => {
      const { init, deinit } = load();
      expect(init.map(setupText)).toEqual(golden.init ?? []);
      expect(deinit.map(setupText)).toEqual(golden.deinit ?? []);
    });

    test('what its messages mean', () => {
      const told = meanings(
        load(),
        golden.moves.map(([bytes]) => bytes),
      );
      expect(golden.moves.map(([bytes], at) => [bytes, told[at]])).toEqual(golden.moves);
    });

    test('what it sends besides is no control', () => {
      const { ignored = [] } = golden;
      const isIgnored = (message: string): boolean => {
        const signal = signalOf(bytesOf(message));
        return signal !== undefined && load().ignore.some((trigger) => meets(trigger, signal));
      };
      expect([load().ignore.length, ignored.filter(isIgnored)]).toEqual([ignored.length, ignored]);
    });

    if (golden.lamps === undefined) test('has no lamps', () => expect(load().lamps).toEqual([]));
    else lampsAre(load, golden.lamps);
  });
};

/** The same row for each of several tracks: `eachTrack(['24', '25'], (note) => [...])`. */
export const eachTrack = <Row>(numbers: readonly string[], row: (number: string, track: number) => Row): Row[] =>
  numbers.map((number, at) => row(number, at + 1));

export const stompsHeld = (track: number): string => `stomp ${track}, hold: clear ${track}`;
