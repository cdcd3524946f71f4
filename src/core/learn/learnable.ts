import type { Profile } from '../controller/profile.ts';

/**
 * Whether what learning finds out is all that a device needs. One that has to be told what to be, whose lamps are set all at once or
 * disturbed by a press, or whose switches are values or sensors, would be worse off with what was learnt than with its profile.
 */
export const isLearnable = (
  profile: Pick<Profile, 'init' | 'deinit' | 'frame' | 'refreshOnRelease' | 'controls'>,
): boolean =>
  profile.init.length === 0 &&
  profile.deinit.length === 0 &&
  profile.frame === undefined &&
  !profile.refreshOnRelease &&
  profile.controls.every(({ on }) => on.kind !== 'ccs' && !('value' in on && on.value !== undefined));
