import type { Lamp, Profile } from '../controller/profile.ts';
import type { SessionState } from '../session/state.ts';
import { trackOf } from '../session/state.ts';

/** What each lamp of a controller should show: the bytes that set it, by the lamp's id, most urgent first. */
export type Picture = ReadonlyMap<string, readonly number[]>;

/** The value of a track's lamp: that of its state, dark in the second half of a beat where the state blinks. */
const lampValue = (session: SessionState, profile: Profile, lamp: Lamp): number => {
  const track = trackOf(session, lamp.track);
  if (track === undefined) return profile.dark;
  const lit = session.pulse.lit || session.fresh.includes(track.id) || !profile.blinking.includes(track.state);
  return lit ? profile.values[track.state] : profile.dark;
};

/** All lamps of a controller as a function of the session: nothing else decides what a lamp shows. */
export const picture = (session: SessionState, profile: Profile): Picture => {
  const touchedFirst = profile.lamps.toSorted(
    (a, b) => Number(b.track === session.touched) - Number(a.track === session.touched),
  );
  return new Map(
    touchedFirst.map((lamp) => {
      const value = lampValue(session, profile, lamp);
      return [lamp.id, lamp.message.map((byte) => (byte === 'value' ? value : byte))];
    }),
  );
};
