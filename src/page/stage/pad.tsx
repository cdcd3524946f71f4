import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useLooper, useSession, useTick } from '../link/use-page.ts';
import { Icon } from '../parts/icon.tsx';
import { Shape } from '../parts/shape.tsx';
import { usePress } from '../parts/use-press.ts';
import { loopRemark, padWord, stateWord } from '../words/track-words.ts';
import { areDrawn, PadPainter } from './pad-painter.ts';
import { Waveform } from './waveform.tsx';

type Props = { readonly id: number; readonly isCalm: boolean; readonly onMore: (track: number) => void };

/** The looper's pad and its lamp: a press is a stomp, a hold clears. */
export const Pad = ({ id, isCalm, onMore }: Props): JSX.Element | null => {
  const looper = useLooper();
  const track = useSession((state) => state.tracks[id - 1], undefined);
  const bars = useSession((session) => session.bars, 4);
  const isTouched = useSession(({ touched }) => touched === id, false);
  const pad = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const right = useRef<HTMLElement>(null);
  const left = useRef<HTMLElement>(null);
  const count = useRef<HTMLElement>(null);
  const unit = useRef<HTMLElement>(null);
  const playhead = useRef<HTMLSpanElement>(null);
  const painter = useRef<PadPainter | undefined>(undefined);

  useLayoutEffect(() => {
    const parts = {
      pad: pad.current,
      button: button.current,
      right: right.current,
      left: left.current,
      count: count.current,
      unit: unit.current,
      playhead: playhead.current,
    };
    if (areDrawn(parts)) painter.current = new PadPainter(parts);
  }, []);
  useTick((moment, nowMs) => {
    const { state } = looper.page.now.mirror;
    if (moment === undefined || state === null || track === undefined) painter.current?.freeze();
    else painter.current?.paint(track, state, moment, { nowMs, isCalm });
  });
  const press = usePress({
    onPress: (atMs) => {
      navigator.vibrate?.(12);
      void looper.command({ type: 'stomp', track: id }, atMs);
    },
    onHold: () => void looper.command({ type: 'clear', track: id }),
  });

  if (track === undefined) return null;
  return (
    <div class="pad" data-state={track.state} data-touched={isTouched} ref={pad}>
      <button type="button" class="stomp" ref={button} aria-label={`Track ${id}, ${stateWord(track)}`} {...press}>
        <span class="glow" />
        <span class="pad-head">
          <b class="pad-number">{id}</b>
          <span class="pad-word">{loopRemark(track) ?? padWord(track)}</span>
        </span>
        <span class="pad-body">
          <span class="ring">
            <svg viewBox="0 0 100 100" aria-hidden="true">
              <circle class="ring-track" cx="50" cy="50" r="44.5" />
              <Shape state={track.state} />
            </svg>
            <span class="half half-right">
              <i ref={right} />
            </span>
            <span class="half half-left">
              <i ref={left} />
            </span>
          </span>
          {track.state === 'EMPTY' && <span class="pad-hint">stomp: last {bars === 1 ? 'bar' : `${bars} bars`}</span>}
          <span class="pad-count">
            <b ref={count} />
            <small ref={unit} />
          </span>
        </span>
        <span class="wave">
          {track.loop !== null && <Waveform loop={track.loop.id} />}
          <span class="playhead hidden" ref={playhead} />
        </span>
        <span class="hold" />
      </button>
      <button type="button" class="more" aria-label={`More for track ${id}`} onClick={() => onMore(id)}>
        <Icon name="more" />
      </button>
    </div>
  );
};
