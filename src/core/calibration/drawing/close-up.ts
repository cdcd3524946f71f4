import type { Picture } from './picture.ts';
import { type Box, colours, line, panel, path, short, text, within } from './svg.ts';

/** The peak from near: its shape tells a single arrival from several that merge. */
export const closeUpPanel = ({ evidence, together, measurement }: Picture, box: Box): string => {
  const { all, rate } = evidence;
  const reach = Math.round(rate / 2000);
  const middle = Math.round(all.frames);
  const xOf = (frames: number): number => box.left + (box.width * (frames - middle + reach)) / (2 * reach);
  const yOf = (share: number): number => box.top + box.height * (0.65 - 0.6 * within(-0.55, share, 1.05));
  const frames = Array.from({ length: 2 * reach + 1 }, (_, index) => middle - reach + index);
  const shares = frames.map((frame) => (together.values[frame - together.firstFrames] ?? 0) / (all.gain || 1));
  const points = shares.map((share, index) => `${short(xOf(frames[index] ?? 0))} ${short(yOf(share))}`);
  const colour = measurement.ok ? colours.good : colours.bad;
  const peak = xOf(all.frames);
  return [
    panel(box, 'the peak from near; frames'),
    line(box.left, yOf(0), box.left + box.width, yOf(0), colours.lines),
    line(peak, box.top + 2, peak, box.top + box.height, colour, 'stroke-width="1.5"'),
    path(`M${points.join('L')}`, colours.sound, 'stroke-width="2" stroke-linejoin="round"'),
    ...points.map((point) => `<circle cx="${point.replace(' ', '" cy="')}" r="1.8" fill="${colours.plain}"/>`),
    ...[-reach, 0, reach].map((off) => {
      const label = off === 0 ? String(middle) : off > 0 ? `+${off}` : String(off);
      return text(xOf(middle + off), box.top + box.height + 18, label, { anchor: 'middle' });
    }),
  ].join('');
};
