import { medianOf } from '../../median.ts';
import { agreementFrames } from '../verdict.ts';
import type { Picture } from './picture.ts';
import { arrow, type Box, colours, dashed, line, panel, short, text } from './svg.ts';

const reach = 2;

/** How far each burst is from the median of those that agree; what lies outside is shown by an arrow at the edge. */
export const burstsPanel = ({ measurement }: Picture, box: Box): string => {
  const { bursts } = measurement;
  const agreeing = bursts.filter(({ agrees }) => agrees);
  const median = medianOf((agreeing.length === 0 ? bursts : agreeing).map(({ frames }) => frames));
  const yOf = (off: number): number => box.top + box.height * (0.5 - off / (2 * reach));
  const heard = bursts.filter(({ strength }) => strength > 0);
  const marks = heard.map(({ number, frames, agrees }) => {
    const colour = agrees ? colours.good : colours.bad;
    const x = box.left + (box.width * (number - 0.5)) / bursts.length;
    const off = frames - median;
    const label = text(x, box.top + box.height + 18, String(number), { colour, anchor: 'middle' });
    if (off > reach) return arrow(x, box.top + 2, 'up', colour) + label;
    if (off < -reach) return arrow(x, box.top + box.height - 2, 'down', colour) + label;
    return `<circle cx="${short(x)}" cy="${short(yOf(off))}" r="4.5" fill="${colour}"/>${label}`;
  });
  return [
    panel(box, 'each burst; frames off'),
    line(box.left, yOf(0), box.left + box.width, yOf(0), colours.lines),
    ...[agreementFrames, -agreementFrames].flatMap((off) => [
      line(box.left, yOf(off), box.left + box.width, yOf(off), colours.good, dashed),
      text(box.left - 8, yOf(off) + 5, off > 0 ? `+${off}` : String(off), { anchor: 'end' }),
    ]),
    ...marks,
  ].join('');
};
