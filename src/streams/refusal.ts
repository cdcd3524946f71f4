import type { Refusal } from '../core/session/refusal.ts';
import type { Session } from './session.ts';

/** Does something that the session answers at once; gives the refusal if it is refused. */
export const refusalOf = (session: Session, act: () => void): Refusal | undefined => {
  let refused: Refusal | undefined;
  const listening = session.moments$.subscribe((moment) => {
    refused ??= moment.refused;
  });
  act();
  listening.unsubscribe();
  return refused;
};
