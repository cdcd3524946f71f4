// seed.mjs CHECKOUT PAIRS REPORT.json: the mixing callback of backlooper_backend beside this engine's block, 8 tracks each, in turns.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { boxText } from '../../dist/adapters/machine/this-box.js';
import { rate, spread } from './sound.mjs';

const [, , checkout, pairs, reportFile] = process.argv;
const [frames, tracks, calls] = [256, 8, 5000];
/** Debian's own: another Python does not see Debian's modules. */
const python = '/usr/bin/python3';

/** Which one of its versions; undefined where the folder is none that git knows. */
const revisionOf = (folder) => {
  const { status, stdout } = spawnSync('git', ['-C', folder, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

const output = (command, args) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const measureSeed = () => {
  const args = [join(import.meta.dirname, 'seed.py'), checkout, ...[frames, rate, tracks, calls].map(String)];
  return spread(output(python, args).trim().split('\n').map(Number));
};

const measureHindsight = () => {
  const program = join(import.meta.dirname, '../../dist/main.js');
  const report = JSON.parse(output(process.execPath, [program, 'bench', '--only', 'blocks', '--quick', '--json']));
  const found = report.measurements[0].figures.find(({ name }) => name === `block ${tracks}x${frames}`);
  return { count: found.repetitions, least: found.least, median: found.median, p99: found.p99, most: found.most };
};

const measurePair = (pair) => {
  process.stderr.write(`compare: pair ${pair + 1} of ${pairs}\n`);
  if (pair % 2 === 0) return { hindsight: measureHindsight(), seed: measureSeed() };
  const seed = measureSeed();
  return { hindsight: measureHindsight(), seed };
};

const report = {
  ...{
    date: new Date().toISOString(),
    machine: await boxText(),
    loadBefore: loadavg()[0],
    node: process.version.slice(1),
  },
  python: output(python, ['-c', 'import sys, numpy; print(sys.version.split()[0], "numpy", numpy.__version__)']).trim(),
  hasSoundDevice:
    output(python, ['-c', 'import importlib.util as u; print(u.find_spec("sounddevice") is not None)']).trim() ===
    'True',
  seed: revisionOf(checkout),
  ...{ frames, tracks, pairs: Array.from({ length: Number(pairs) }, (_, pair) => measurePair(pair)) },
};
writeFileSync(reportFile, JSON.stringify(report, undefined, 1));
