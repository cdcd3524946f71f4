// measure.mjs REQUEST.json REPORT.json: measures both loopers on the machine that it runs on. The request is written by scripts/compare.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { boxText } from '../../dist/adapters/machine/this-box.js';
import { startHindsight } from './hindsight.mjs';
import { mayRealTime, startJack, startProbe } from './jack.mjs';
import { endAll } from './processes.mjs';
import { exactness, load, stomps } from './scenes.mjs';
import { startSooperLooper } from './sooper-looper.mjs';

const [, , requestFile, reportFile] = process.argv;
const { period, pairs, loops, tools, foot } = JSON.parse(readFileSync(requestFile, 'utf8'));

const loopers = { hindsight: startHindsight, sooperLooper: startSooperLooper };

const say = (text) => process.stderr.write(`compare: ${text}\n`);

/** Two pairs of ninths of a turn, others in each pair of runs. */
const ninthsOf = (pair) => [0, 1].map((time) => [0, 1].map((side) => 1 + ((pair * 4 + time * 2 + side) % 8)));

const versionOf = (command) => {
  const { stdout, stderr } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return /\d+\.\d+[\w.]*/.exec(stdout + stderr)?.[0];
};

const work = mkdtempSync(join(tmpdir(), 'hindsight-compare-'));
process.once('exit', (code) => {
  // What failed may be asked why.
  if (code !== 1) rmSync(work, { recursive: true, force: true });
});

/** All that a pair has of each looper; who is first in each scene changes from pair to pair. */
const measurePair = async (rig, pair) => {
  const order = Object.keys(loopers);
  if (pair % 2 === 1) order.reverse();
  const result = Object.fromEntries(order.map((name) => [name, { loads: [] }]));
  const each = async (what, scene) => {
    for (const name of order) {
      say(`pair ${pair + 1} of ${pairs}: ${what}: ${name}`);
      await scene(loopers[name], result[name]);
    }
  };
  for (const count of loops)
    await each(`${count} loops`, async (start, of) => of.loads.push(await load(rig, start, count)));
  await each('length and seam', async (start, of) => Object.assign(of, await exactness(rig, start, ninthsOf(pair))));
  if (foot !== undefined) await each('stomps', async (start, of) => (of.stomps = await stomps(rig, start, foot)));
  return { first: order[0], ...result };
};

const report = {
  ...{
    date: new Date().toISOString(),
    machine: await boxText(),
    loadBefore: loadavg()[0],
    node: process.version.slice(1),
  },
  hindsight: JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version,
  ...{ sooperLooper: versionOf(join(tools, 'sooperlooper')), jack: versionOf('jackd') },
  ...{ period, loops, hasSequencer: existsSync('/dev/snd/seq'), isRealTime: mayRealTime(), pairs: [] },
};
try {
  const env = startJack(work, period, report.isRealTime);
  const rig = { folder: work, env, period, tools, probe: await startProbe({ folder: work, env, tools }) };
  for (let pair = 0; pair < pairs; pair += 1) {
    report.pairs.push(await measurePair(rig, pair));
    // Minutes of work: what a later pair fails at does not take it away.
    writeFileSync(reportFile, JSON.stringify(report, undefined, 1));
  }
} catch (error) {
  say(error.stack);
  process.exitCode = 1;
}
await endAll();
process.exit();
