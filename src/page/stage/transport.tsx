import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionCommand } from '../link/asking.ts';
import { useLooper, useSession } from '../link/use-page.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { usePress } from '../parts/use-press.ts';
import { secondThoughtText } from '../words/deeds.ts';
import { ResetSheet } from './reset-sheet.tsx';

type Props = {
  readonly icon: IconName;
  readonly words: string;
  readonly command: SessionCommand;
  readonly isOff?: boolean;
  readonly isOn?: boolean;
};

/** Acts on the press, since a tap is a moment. What there is nothing to do for stays in its place, so that no thumb has to look for it. */
const Button = ({ icon, words, command, isOff = false, isOn }: Props): JSX.Element => {
  const looper = useLooper();
  const press = usePress({ onPress: (atMs) => void looper.command(command, atMs) });
  return (
    <button type="button" class="tool" aria-disabled={isOff} aria-pressed={isOn} {...press}>
      <Icon name={icon} />
      <span>{words}</span>
    </button>
  );
};

/** It takes all: held it does so at once, pressed it asks. */
const Reset = (): JSX.Element => {
  const looper = useLooper();
  const [isAsking, setAsking] = useState(false);
  const press = usePress({ onHold: () => void looper.command({ type: 'reset' }), onShort: () => setAsking(true) });
  return (
    <>
      <button type="button" class="tool tool-reset" aria-label="Reset: clear all tracks" {...press}>
        <Icon name="reset" />
        <span>Reset</span>
        <span class="hold" />
      </button>
      {isAsking && <ResetSheet onClose={() => setAsking(false)} />}
    </>
  );
};

export const Transport = (): JSX.Element => {
  const undo = useSession((state) => state.undo, null);
  const redo = useSession((state) => state.redo, null);
  const muted = useSession(({ click }) => click.muted, false);
  return (
    <div class="transport" role="toolbar" aria-label="Session">
      <Button icon="undo" words={secondThoughtText('undo', undo)} command={{ type: 'undo' }} isOff={undo === null} />
      <Button icon="redo" words={secondThoughtText('redo', redo)} command={{ type: 'redo' }} isOff={redo === null} />
      <Button icon="tap" words="Tap" command={{ type: 'tap' }} />
      <Button
        icon={muted ? 'mute' : 'click'}
        words={muted ? 'Click off' : 'Click on'}
        command={{ type: 'muteClick' }}
        isOn={!muted}
      />
      <Reset />
    </div>
  );
};
