import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ServerMessage } from '../../protocol/hindsight-v1.ts';
import type { SetsQuestion } from '../link/asking.ts';
import type { Heard } from '../link/questions.ts';
import { useLooper, usePage, useSession } from '../link/use-page.ts';

export type ViewOfSet = Extract<ServerMessage, { type: 'sets' }>['sets'][number];

type Shelf = { readonly sets: readonly ViewOfSet[]; readonly bin: readonly ViewOfSet[] };

type Sets = {
  readonly shelf: Shelf;
  /** A question is under way; another one waits for it. */
  readonly isBusy: boolean;
  /** Asks, says what was answered, and looks again at what is there. True where it was done. */
  readonly ask: (question: SetsQuestion) => Promise<boolean>;
};

/** What the player is told where no answer came: what was sent may be done all the same. */
const unheardText = ({ type }: Heard): string | undefined => {
  switch (type) {
    case 'unsent':
      return 'not done: there is no line to the looper';
    case 'cutOff':
      return 'the line was cut before the looper answered; the list shows whether it was done';
    case 'overdue':
      return 'the looper does not answer; the list shows whether it was done';
    default:
      return undefined;
  }
};

/** The sets on disk. The looper does not tell of them by itself: they are asked for whenever they may have changed. */
export const useSets = (): Sets => {
  const looper = useLooper();
  const link = usePage((page) => page.link);
  const name = useSession(({ set }) => set.name, null);
  const [shelf, setShelf] = useState<Shelf>({ sets: [], bin: [] });
  const [isBusy, setBusy] = useState(false);

  const look = useCallback(async (): Promise<void> => {
    const read = async (act: 'list' | 'bin') => {
      const answer = await looper.ask({ type: 'sets', question: { act } });
      return answer.type === 'sets' ? answer.sets : undefined;
    };
    const [sets, bin] = await Promise.all([read('list'), read('bin')]);
    setShelf((before) => ({ sets: sets ?? before.sets, bin: bin ?? before.bin }));
  }, [looper]);

  // Another name means that something was saved, here or by a pedal.
  useEffect(() => {
    if (link === 'open') void look();
  }, [link, name, look]);

  const ask = async (question: SetsQuestion): Promise<boolean> => {
    setBusy(true);
    const answer = await looper.ask({ type: 'sets', question });
    const unheard = unheardText(answer);
    if (unheard !== undefined) looper.say(unheard, 'no-answer');
    if (answer.type === 'sets') for (const line of answer.lines) looper.say(line);
    await look();
    setBusy(false);
    return answer.type === 'sets' || answer.type === 'done';
  };
  return { shelf, isBusy, ask };
};
