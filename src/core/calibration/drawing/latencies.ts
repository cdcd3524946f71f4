import { highestIn } from '../peak.ts';
import { clearStrength, earlyLimit, lateLimit } from '../verdict.ts';
import type { Picture } from './picture.ts';
import { arrow, type Box, colours, dashed, decibels, line, panel, path, short, text, within } from './svg.ts';

const leastDb = -60;

/** All latencies: the sum of all bursts, in dB below its peak, with what another peak must not reach. */
export const latenciesPanel = ({ evidence, together, measurement }: Picture, box: Box): string => {
  const { all, rate, longestFrames } = evidence;
  const bottom = box.top + box.height;
  const right = box.left + box.width;
  const yOf = (share: number): number => box.top + box.height * within(0, decibels(share) / leastDb, 1);
  const xOf = (frames: number): number => box.left + within(0, (box.width * frames) / longestFrames, box.width);
  const hill = Array.from({ length: box.width }, (_, pixel) => {
    const from = Math.floor((pixel * longestFrames) / box.width) - together.firstFrames;
    const to = Math.floor(((pixel + 1) * longestFrames) / box.width) - together.firstFrames;
    const share = all.gain === 0 ? 0 : highestIn(together.values, from, to).value / all.gain;
    return `${pixel === 0 ? 'M' : 'L'}${box.left + pixel} ${short(yOf(share))}`;
  }).join('');
  const peak = xOf(all.frames);
  const colour = measurement.ok ? colours.good : colours.bad;
  const [early, late] = [yOf(earlyLimit), yOf(lateLimit)];
  const noise = yOf(1 / Math.max(all.strength, 1));
  const ms = Array.from({ length: 5 }, (_, index) => {
    const frames = (index * longestFrames) / 4;
    const label = `${Math.round((1000 * frames) / rate)}${index === 0 ? ' ms' : ''}`;
    return text(xOf(frames), bottom + 18, label, { anchor: 'middle' });
  });
  return [
    panel(box, 'all bursts as one, by latency; dB below the peak'),
    ...[0, -20, -40].map((db) => text(box.left - 8, yOf(10 ** (db / 20)) + 5, String(db), { anchor: 'end' })),
    ...[-20, -40].map((db) => line(box.left, yOf(10 ** (db / 20)), right, yOf(10 ** (db / 20)), colours.lines)),
    path(`${hill}V${bottom}H${box.left}Z`, colours.sound, `style="fill:${colours.sound};fill-opacity:.35"`),
    line(box.left, noise, right, noise, colours.floor, dashed),
    path(`M${box.left} ${short(early)}H${short(peak)}V${short(late)}H${right}`, colours.bad, dashed),
    all.strength < clearStrength
      ? text(right - 6, noise - 6, 'noise', { colour: colours.floor, anchor: 'end', halo: true })
      : text(right - 6, late + 16, 'limit for echoes', { colour: colours.bad, anchor: 'end', halo: true }),
    arrow(peak, box.top + 9, 'down', colour),
    ...ms,
  ].join('');
};
