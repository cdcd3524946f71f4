import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionCommand } from '../link/asking.ts';
import { useLooper, useSession } from '../link/use-page.ts';
import { useTold } from '../link/use-told.ts';
import { Choice } from '../parts/choice.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { importLoop } from '../set/import-loop.ts';
import { secondThoughtText } from '../words/deeds.ts';
import { counted } from '../words/quantities.ts';
import { sentence } from '../words/sentence.ts';
import { barsOf, stateWord } from '../words/track-words.ts';
import { retakes } from './retakes.ts';

const barChoices = [1, 2, 4, 8, 16, 32] as const;
type When = 'now' | 'bar';

type Do = (command: SessionCommand) => void;
type PartProps = { readonly id: number; readonly at: When; readonly act: Do };

const Import = ({ id }: { readonly id: number }): JSX.Element => {
  const looper = useLooper();
  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    looper.say(`${file.name} is on its way to track ${id}`);
    const { ok, text } = await importLoop(id, file);
    looper.say(text, ok ? null : 'import-failed');
  };
  return (
    <label class="big">
      From a WAV file
      <input
        class="unseen"
        type="file"
        accept=".wav,audio/wav,audio/x-wav"
        onChange={(event) => void send(event.currentTarget.files?.[0])}
      />
    </label>
  );
};

const Capture = ({ id, act }: Omit<PartProps, 'at'>): JSX.Element => (
  <section>
    <h3>Capture the bars before now</h3>
    <div class="sheet-grid">
      {barChoices.map((bars) => (
        <button key={bars} type="button" class="big" onClick={() => act({ type: 'record', track: id, bars })}>
          {counted(bars, 'bar')}
        </button>
      ))}
    </div>
    <Import id={id} />
  </section>
);

const Retakes = ({ id, at, act }: PartProps): JSX.Element => (
  <section>
    <h3>It came out wrong: cut it anew</h3>
    <div class="sheet-grid">
      {retakes.map(([label, hint, bounds]) => (
        <button key={label} type="button" class="big" onClick={() => act({ type: 'retake', track: id, at, ...bounds })}>
          {label}
          <small>{hint}</small>
        </button>
      ))}
    </div>
  </section>
);

const SecondThoughts = ({ at, act }: Omit<PartProps, 'id'>): JSX.Element => {
  const undo = useSession((state) => state.undo, null);
  const redo = useSession((state) => state.redo, null);
  return (
    <div class="sheet-row">
      <button type="button" class="big" disabled={undo === null} onClick={() => act({ type: 'undo', at })}>
        {secondThoughtText('undo', undo)}
      </button>
      <button type="button" class="big" disabled={redo === null} onClick={() => act({ type: 'redo', at })}>
        {secondThoughtText('redo', redo)}
      </button>
    </div>
  );
};

/** All that a pad can be bound to for one track, for who has a hand and a moment. */
export const TrackSheet = ({ id, onClose }: { readonly id: number; readonly onClose: () => void }): JSX.Element => {
  const looper = useLooper();
  const track = useSession((state) => state.tracks[id - 1], undefined);
  const beatsPerBar = useSession(({ grid }) => grid.beatsPerBar, 4);
  const [at, setAt] = useState<When>('now');
  const act: Do = (command) => void looper.command(command);
  if (track === undefined) return <Sheet title={`Track ${id}`} onClose={onClose} children={null} />;
  const length = track.loop === null ? '' : `, ${counted(barsOf(track, beatsPerBar), 'bar')}`;
  const doAndClose: Do = (command) => {
    act(command);
    onClose();
  };
  return (
    <Sheet title={`Track ${id}: ${stateWord(track)}${length}`} onClose={onClose}>
      {track.state === 'EMPTY' ? (
        <Capture id={id} act={doAndClose} />
      ) : (
        <>
          <div class="sheet-row">
            <button type="button" class="big go" onClick={() => act({ type: 'start', track: id })}>
              Start
            </button>
            <button type="button" class="big" onClick={() => act({ type: 'stop', track: id })}>
              Stop
            </button>
            <button type="button" class="big danger" onClick={() => doAndClose({ type: 'clear', track: id, at })}>
              Clear
            </button>
          </div>
          <Choice
            label="When it is heard"
            values={[
              ['now', 'At once'],
              ['bar', 'At the bar line'],
            ]}
            value={at}
            onChoose={setAt}
          />
          <Retakes id={id} at={at} act={act} />
          <SecondThoughts at={at} act={act} />
        </>
      )}
      <LastWord track={id} />
    </Sheet>
  );
};

/** What the looper answered: the line for it lies under the sheet. */
const LastWord = ({ track }: { readonly track: number }): JSX.Element => {
  const looper = useLooper();
  const [first] = useState(() => looper.page.now.mirror.told.at(-1)?.serial ?? 0);
  const told = useTold();
  const isOurs = told !== undefined && told.serial > first && (told.word.track ?? track) === track;
  return (
    <p class="sheet-word" data-level={isOurs ? told.word.level : 'info'}>
      {isOurs ? sentence(told.word.text) : ''}
    </p>
  );
};
