import type { Picture } from './picture.ts';
import { arrow, type Box, colours, dashed, decibels, line, panel, path, short, text, within } from './svg.ts';

/** The middle of the drawing: what is fainter is not seen. */
const leastDb = -100;

/** The recording on a scale of decibels, up and down from the middle, so that a weak signal is seen as well. */
const sound = ({ stretches }: Picture, { left, width }: Box, yOf: (sample: number) => number): string => {
  const steps = stretches.map(({ low, high }, index) => {
    const x = left + ((index + 0.5) * width) / stretches.length;
    return `M${short(x)} ${short(yOf(Math.max(high, 0)))}V${short(yOf(Math.min(low, 0)) + 0.6)}`;
  });
  return path(steps.join(''), colours.sound, `stroke-width="${short(width / stretches.length + 0.1)}"`);
};

const bursts = ({ probe, measurement }: Picture, box: Box): string => {
  const xOf = (frame: number): number => box.left + (frame * box.width) / probe.frames;
  const bottom = box.top + box.height;
  const sent = probe.starts.map((start) => arrow(xOf(start), box.top + 12, 'down', colours.plain));
  const heard = measurement.bursts.filter(({ strength }) => strength > 0);
  const found = heard.map(({ number, frames, agrees }) => {
    const colour = agrees ? colours.good : colours.bad;
    const x = xOf((probe.starts[number - 1] ?? 0) + frames);
    const mark =
      line(x, box.top + 12, x, bottom - 12, colour, 'stroke-width="1.5"') + arrow(x, bottom - 12, 'up', colour);
    return mark + text(x + 9, bottom - 4, String(number), { colour, halo: true });
  });
  return [...sent, ...found].join('');
};

const floor = (floorDb: number, { left, top, width, height }: Box): string => {
  const off = (height / 2) * within(0, 1 - floorDb / leastDb, 1);
  const middle = top + height / 2;
  return [middle - off, middle + off]
    .map((y) => line(left, y, left + width, y, colours.floor, dashed))
    .concat(
      text(left + 6, middle - off - 5, `noise floor ${Math.round(floorDb)} dB`, { colour: colours.floor, halo: true }),
    )
    .join('');
};

export const recordingPanel = (picture: Picture, box: Box): string => {
  const { probe, evidence, measurement } = picture;
  const middle = box.top + box.height / 2;
  const rise = (db: number): number => (box.height / 2) * within(0, 1 - db / leastDb, 1);
  const yOf = (sample: number): number => middle - Math.sign(sample) * rise(decibels(sample));
  const levels = [0, -40, -80].flatMap((db) => [
    text(box.left - 8, middle - rise(db) + 5, String(db), { anchor: 'end' }),
    line(box.left, middle - rise(db), box.left + box.width, middle - rise(db), colours.lines),
    line(box.left, middle + rise(db), box.left + box.width, middle + rise(db), colours.lines),
  ]);
  const seconds = Math.floor(probe.frames / evidence.rate);
  const times = Array.from({ length: seconds + 1 }, (_, second) => {
    const x = box.left + (second * evidence.rate * box.width) / probe.frames;
    return text(x, box.top + box.height + 18, second === 0 ? '0 s' : String(second), { anchor: 'middle' });
  });
  const title = `recording, dB of full scale; sent from above, found from below; bursts at ${Math.round(measurement.levelDb)} dB`;
  return [
    panel(box, title),
    ...levels,
    sound(picture, box, yOf),
    floor(measurement.floorDb, box),
    bursts(picture, box),
    ...times,
  ].join('');
};
