import type { SoundCommand } from '../sound/command.ts';
import type { Reduced } from './reduce.ts';
import type { RefusalCode } from './refusal.ts';
import type { SessionState } from './state.ts';

export const done = (session: SessionState, ...effects: readonly SoundCommand[]): Reduced => ({ session, effects });

export const refuse = (session: SessionState, code: RefusalCode, reason: string): Reduced => ({
  session,
  effects: [],
  refused: { code, reason },
});
