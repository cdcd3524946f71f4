import type { Action, TurnAction } from '../controller/action.ts';
import { barSteps } from '../session/settings.ts';

/** What a control is asked for: a switch, or a fader or knob, of which an encoder acts in steps. */
export type Slot = { readonly id: string; readonly title: string } & (
  | { readonly wants: 'switch'; readonly press: Action }
  | { readonly wants: 'turn'; readonly fader: TurnAction; readonly encoder: TurnAction }
);

/** More tracks than this are not asked for: a foot has no use for more switches, and pages move the tracks on. */
const mostTracks = 8;

const trackSlot = (track: number): Slot => ({
  id: `track-${track}`,
  title: `track ${track}`,
  wants: 'switch',
  press: { command: 'stomp', track },
});

/** Faders wait for the value: the one just learnt stands anywhere. Ranges are those of the generic profile. */
const settings: readonly Slot[] = [
  { id: 'reset', title: 'reset', wants: 'switch', press: { command: 'reset' } },
  { id: 'tap', title: 'tap', wants: 'switch', press: { command: 'tap' } },
  { id: 'mute-click', title: 'mute click', wants: 'switch', press: { command: 'muteClick' } },
  {
    id: 'bars',
    title: 'bars',
    wants: 'turn',
    fader: { command: 'setBars', scale: { kind: 'zones', values: barSteps }, pickUp: true },
    encoder: { command: 'changeBars', by: 1 },
  },
  {
    id: 'tempo',
    title: 'tempo',
    wants: 'turn',
    fader: { command: 'setBpm', scale: { kind: 'linear', from: 40, to: 200, round: true, curve: 1 }, pickUp: true },
    encoder: { command: 'changeBpm', by: 1 },
  },
  {
    id: 'click-volume',
    title: 'click volume',
    wants: 'turn',
    fader: {
      command: 'setClickVolume',
      scale: { kind: 'linear', from: 0, to: 1, round: false, curve: 1 },
      pickUp: true,
    },
    encoder: { command: 'changeClickVolume', by: 0.05 },
  },
];

/** What is asked for, in order, in a session of so many tracks. */
export const slotsFor = (tracks: number): readonly Slot[] => {
  const count = Math.min(mostTracks, Math.max(1, Math.floor(tracks)));
  return [...Array.from({ length: count }, (_, index) => trackSlot(index + 1)), ...settings];
};

export const isTrack = (slot: Slot): boolean => slot.wants === 'switch' && slot.press.command === 'stomp';
