import type { Figure, Outcome } from '../bench/measurement.ts';
import type { Report } from '../bench/report.ts';

const columns = ['median', 'least', 'p99', 'most'] as const;
const width = 100;

/** A value in three digits or all before the point. Pure. */
export const valueText = (value: number): string => {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return size >= 0.01 ? value.toPrecision(3) : value.toFixed(4);
};

/** Text in lines that are no longer than `width`, each after the indent. */
const wrapped = (text: string, indent: string): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

/** The cells of a figure: what it is, its values with their unit, how many there were. */
const cellsOf = (figure: Figure): readonly string[] => [
  figure.name,
  ...columns.map((column) => valueText(figure[column])),
  figure.unit,
  String(figure.repetitions),
];

const headOf = (name: string): readonly string[] => [name, ...columns, '', 'of'];

/** Numbers stand under each other by their ends, words by their beginnings. */
const rowText = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, at) =>
      at === 0 || at === columns.length + 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    )
    .join('  ');

const sectionOf = (outcome: Outcome, widths: readonly number[]): readonly string[] => {
  if (outcome.state !== 'measured') return [`${outcome.name}: ${outcome.state}: ${outcome.reason}`];
  const { name, title, how, figures } = outcome;
  return [
    rowText(headOf(name), widths),
    ...figures.map((figure) => rowText(cellsOf(figure), widths)),
    ...wrapped(`${title}: ${how}.`, '  '),
  ];
};

/** What was measured, and with what, in a line. Pure. */
export const machineText = ({ version, node, machine, load, date, quick }: Report): string =>
  `hindsight ${version}, node ${node}, ${date.slice(0, 10)}${quick ? ', quick' : ''}; ${machine}; load ${load.toFixed(1)} before`;

/** The report for a human. Pure. */
export const benchText = (report: Report): string => {
  const rows = report.measurements.flatMap((outcome) =>
    outcome.state === 'measured' ? [headOf(outcome.name), ...outcome.figures.map(cellsOf)] : [],
  );
  const widths = headOf('').map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  return [
    machineText(report),
    ...report.measurements.flatMap((outcome) => ['', ...sectionOf(outcome, widths)]),
    '',
    `${report.seconds.toFixed(0)} s. What each figure means: --json, docs/benchmarks.md`,
    '',
  ].join('\n');
};
