import type { JSX } from 'preact';
import { useLooper, useSession } from '../link/use-page.ts';
import { Sheet } from '../parts/sheet.tsx';
import { counted } from '../words/quantities.ts';

export const ResetSheet = ({ onClose }: { readonly onClose: () => void }): JSX.Element => {
  const looper = useLooper();
  const held = useSession(({ tracks }) => tracks.filter(({ loop }) => loop !== null).length, 0);
  const reset = () => {
    void looper.command({ type: 'reset' });
    onClose();
  };
  return (
    <Sheet title="Reset?" onClose={onClose}>
      <p>
        {held === 0 ? 'All tracks are empty already.' : `This clears ${counted(held, 'loop')}. Undo brings them back.`}
      </p>
      <div class="sheet-row">
        <button type="button" class="big danger" onClick={reset}>
          Clear all
        </button>
        <button type="button" class="big" onClick={onClose}>
          Keep them
        </button>
      </div>
    </Sheet>
  );
};
