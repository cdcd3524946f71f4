import { burstsPanel } from './drawing/bursts.ts';
import { closeUpPanel } from './drawing/close-up.ts';
import { latenciesPanel } from './drawing/latencies.ts';
import type { Picture } from './drawing/picture.ts';
import { recordingPanel } from './drawing/recording.ts';
import { colours, text } from './drawing/svg.ts';
import type { Failure, Success } from './measurement.ts';

const width = 960;
const height = 540;
const margin = 52;

/** Lines of words, none longer than so many letters. */
const wrapped = (words: string, letters: number): string[] => {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length <= letters) lines.push(`${last} ${word}`);
    else lines.push(last, word);
  }
  return lines;
};

const success = (found: Success, rate: number): string => {
  const { latencyFrames, exactFrames, spreadFrames, confidence, bursts, inverted, side } = found;
  const outliers = bursts.filter(({ agrees }) => !agrees).map(({ number }) => number);
  const right = width - 30;
  const agreement =
    outliers.length === 0 ? `all ${bursts.length} bursts agree` : `not counted: burst ${outliers.join(', ')}`;
  const place = `${side === 0 ? 'left' : 'right'} input${inverted ? ', polarity inverted' : ''}`;
  return [
    text(margin, 62, `${((1000 * exactFrames) / rate).toFixed(2)} ms`, { size: 46, colour: colours.good }),
    text(margin + 260, 44, `${latencyFrames} frames at ${rate / 1000} kHz`, { size: 20, colour: colours.plain }),
    text(margin + 260, 66, place, { size: 16 }),
    text(right, 44, `confidence ${Math.round(100 * confidence)} %`, { size: 20, colour: colours.plain, anchor: 'end' }),
    text(right, 66, `${agreement}; spread ${spreadFrames.toFixed(2)} frames`, {
      ...{ size: 16, colour: outliers.length === 0 ? colours.faint : colours.bad, anchor: 'end' as const },
    }),
  ].join('');
};

const refusal = ({ code, reason }: Failure): string => {
  const split = reason.indexOf('; ');
  const what = wrapped(reason.slice(0, split), 106).map((words) => ({ words, colour: colours.plain }));
  const todo = wrapped(reason.slice(split + 2), 106).map((words) => ({ words, colour: colours.faint }));
  return [
    text(margin, 34, `no latency: ${code}`, { size: 24, colour: colours.bad }),
    ...[...what, ...todo].map(({ words, colour }, row) => text(margin, 54 + 17 * row, words, { size: 15, colour })),
  ].join('');
};

/** The picture of a measurement, as SVG without anything from elsewhere. */
export const diagramOf = (picture: Picture): string => {
  const { measurement, evidence } = picture;
  const head = measurement.ok ? success(measurement, evidence.rate) : refusal(measurement);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="'Share Tech Mono', ui-monospace, monospace" role="img">`,
    `<title>${measurement.ok ? 'The round-trip latency' : 'No round-trip latency'}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>`,
    head,
    recordingPanel(picture, { left: margin, top: 118, width: width - margin - 30, height: 180 }),
    latenciesPanel(picture, { left: margin, top: 364, width: 400, height: 140 }),
    closeUpPanel(picture, { left: 492, top: 364, width: 210, height: 140 }),
    burstsPanel(picture, { left: 752, top: 364, width: 178, height: 140 }),
    '</svg>',
  ].join('');
};
