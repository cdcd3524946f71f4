import type { JSX } from 'preact';
import { Icon } from '../parts/icon.tsx';
import { bpmText, counted, megabytes } from '../words/quantities.ts';
import type { ViewOfSet } from './use-sets.ts';

type Props = {
  readonly set: ViewOfSet;
  readonly place: number;
  readonly isCurrent: boolean;
  readonly isOff: boolean;
  readonly verb: string;
  readonly onMain: () => void;
  readonly onMore?: () => void;
};

const factsOf = ({ bpm, beatsPerBar, tracks, bytes }: ViewOfSet): string =>
  `${bpmText(bpm)} bpm · ${beatsPerBar} a bar · ${counted(tracks, 'loop')} · ${megabytes(bytes)}`;

/** A set on the shelf or in the bin. Places are those by which a pedal loads it. */
export const SetRow = ({ set, place, isCurrent, isOff, verb, onMain, onMore }: Props): JSX.Element => (
  <li class="set-row" aria-current={isCurrent ? 'true' : undefined}>
    <span class="set-place">{place}</span>
    <span class="set-words">
      <b>{set.name}</b>
      <small>{factsOf(set)}</small>
    </span>
    <span class="set-acts">
      <button type="button" class="small" disabled={isOff} aria-label={`${verb} ${set.name}`} onClick={onMain}>
        {verb}
      </button>
      {onMore !== undefined && (
        <button type="button" class="round" aria-label={`More for ${set.name}`} onClick={onMore}>
          <Icon name="more" />
        </button>
      )}
    </span>
  </li>
);
