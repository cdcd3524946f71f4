import type { Control, Profile, Relative } from './profile.ts';
import { meets, type Signal, signalOf } from './signal.ts';
import { tellsPlace } from './trigger.ts';

/** What a message moves: a switch, a fader (its place from 0 to 1), an encoder (steps, negative to the left). */
export type Move =
  | { readonly type: 'press'; readonly control: string; readonly value: number }
  | { readonly type: 'release'; readonly control: string }
  | { readonly type: 'turn'; readonly control: string; readonly place: number }
  | { readonly type: 'step'; readonly control: string; readonly steps: number };

/** What has to be remembered between two messages of one controller: last values, by control and number. */
export type Reader = ReadonlyMap<string, number>;

export const newReader: Reader = new Map();

type Read = { readonly reader: Reader; readonly moves: readonly Move[] };

const stepsOf = (relative: Relative, value: number): number => {
  switch (relative) {
    case 'twosComplement':
      return value < 64 ? value : value - 128;
    case 'signBit':
      return (value & 0x40) === 0 ? value : -(value & 0x3f);
    case 'offset':
      return value - 64;
  }
};

/** A fader says a place, an encoder steps; all else is a switch. */
export const isFader = ({ on, fine, relative, bindings }: Control): boolean =>
  relative === undefined && (fine || tellsPlace(on) || bindings.turn !== undefined);

const signalValue = (signal: Signal): number => ('value' in signal ? signal.value : 127);

const readFader = (reader: Reader, control: Control, signal: Signal): Read => {
  const { id, on } = control;
  if (!control.fine || on.kind !== 'cc' || signal.kind !== 'cc') {
    const place = signalValue(signal) / (signal.kind === 'pitch' ? 0x3fff : 127);
    return { reader, moves: [{ type: 'turn', control: id, place }] };
  }
  // The coarse half alone sets the fine one to 0 (MIDI 1.0, controllers 0 to 63).
  const isCoarse = signal.number === on.number;
  const coarse = isCoarse ? signal.value : (reader.get(id) ?? 0);
  const place = (coarse * 128 + (isCoarse ? 0 : signal.value)) / 0x3fff;
  return { reader: new Map([...reader, [id, coarse]]), moves: [{ type: 'turn', control: id, place }] };
};

/** Several sensors under one key: pressed from `pressAt` on, until all have gone back to `releaseAt`. */
const readSensors = (reader: Reader, control: Control, signal: Signal): Read => {
  const { id, on } = control;
  if (on.kind !== 'ccs' || signal.kind !== 'cc') return { reader, moves: [] };
  const sensors = new Map([...reader, [`${id} ${signal.number}`, signal.value]]);
  const highest = Math.max(...on.numbers.map((number) => sensors.get(`${id} ${number}`) ?? 0));
  const wasDown = reader.get(id) === 1;
  const isDown = wasDown ? highest > on.releaseAt : highest >= on.pressAt;
  sensors.set(id, isDown ? 1 : 0);
  if (isDown === wasDown) return { reader: sensors, moves: [] };
  return {
    reader: sensors,
    moves: [isDown ? { type: 'press', control: id, value: highest } : { type: 'release', control: id }],
  };
};

const released = (reader: Reader, control: string): Read => ({
  reader: reader.has(control) ? new Map([...reader].filter(([key]) => key !== control)) : reader,
  moves: [{ type: 'release', control }],
});

const readSwitch = (reader: Reader, control: Control, signal: Signal): Read => {
  const { id, on, release } = control;
  const value = signalValue(signal);
  const press: Move = { type: 'press', control: id, value };
  const hasOwnValue = 'value' in on && on.value !== undefined;
  const pressAt = 'pressAt' in on ? on.pressAt : undefined;
  if (hasOwnValue || release === 'toggle' || pressAt === undefined) return { reader, moves: [press] };
  if (value < pressAt) {
    if (release === false) return { reader, moves: [] };
    return released(reader, id);
  }
  // A pedal on its way down sends value after value: one press. The same value again is a press whose release was lost.
  if ((release === true || release === 'auto') && signal.kind !== 'note') {
    const last = reader.get(id);
    if (last !== undefined && last !== value) return { reader: new Map([...reader, [id, value]]), moves: [] };
    return { reader: last === undefined ? new Map([...reader, [id, value]]) : reader, moves: [press] };
  }
  return { reader, moves: [press] };
};

const readControl = (reader: Reader, control: Control, signal: Signal): Read => {
  if (control.on.kind === 'ccs') return readSensors(reader, control, signal);
  if (control.relative !== undefined) {
    const steps = stepsOf(control.relative, signalValue(signal));
    return { reader, moves: steps === 0 ? [] : [{ type: 'step', control: control.id, steps }] };
  }
  return isFader(control) ? readFader(reader, control, signal) : readSwitch(reader, control, signal);
};

const isMoved = (control: Control, signal: Signal): boolean =>
  meets(control.on, signal) ||
  (control.fine && control.on.kind === 'cc' && meets({ ...control.on, number: control.on.number + 32 }, signal));

/** What a message of this controller moves: nothing for what it does not know. Pure and total. */
export const read = (reader: Reader, profile: Pick<Profile, 'controls'>, bytes: readonly number[]): Read => {
  const signal = signalOf(bytes);
  if (signal === undefined) return { reader, moves: [] };
  const moved = profile.controls.find((control) => isMoved(control, signal));
  if (moved !== undefined) return readControl(reader, moved, signal);
  const lifted = profile.controls.find(({ off }) => off !== undefined && meets(off, signal));
  return lifted === undefined ? { reader, moves: [] } : released(reader, lifted.id);
};
