import type { SessionCommand } from '../session/command.ts';
import type { SessionState } from '../session/state.ts';
import type { TurnAction } from './action.ts';
import { type Fader, picksUp } from './pick-up.ts';
import type { Move } from './read.ts';
import { placeOf, scaled } from './scale.ts';

type SetAction = Extract<TurnAction, { scale: unknown }>;

const commandOf = (command: SetAction['command'], value: number): SessionCommand => {
  switch (command) {
    case 'setBpm':
      return { type: command, bpm: value };
    case 'setBars':
      return { type: command, bars: value };
    case 'setClickVolume':
      return { type: command, volume: value };
  }
};

const currentOf = (command: SetAction['command'], { grid, bars, click }: SessionState): number => {
  switch (command) {
    case 'setBpm':
      return grid.bpm;
    case 'setBars':
      return bars;
    case 'setClickVolume':
      return click.volume;
  }
};

/** What turning a fader or an encoder asks for; nothing where it would change nothing. `fader` is to be kept. */
export const turned = (
  action: TurnAction,
  fader: Fader | undefined,
  session: SessionState,
  move: Extract<Move, { type: 'turn' | 'step' }>,
): { readonly fader?: Fader; readonly command?: SessionCommand } => {
  if (!('scale' in action)) {
    return move.type === 'step' ? { command: { type: action.command, by: action.by * move.steps } } : {};
  }
  if (move.type === 'step') return {};
  const { place } = move;
  const value = scaled(action.scale, place);
  const current = currentOf(action.command, session);
  const stands = value === current;
  if (action.pickUp && !stands && !picksUp(fader, place, placeOf(action.scale, current), current))
    return { fader: { place } };
  return { fader: { place, value }, ...(!stands && { command: commandOf(action.command, value) }) };
};
