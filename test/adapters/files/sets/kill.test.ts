import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Scratch, scratch } from '../scratch.ts';
import { judged, type Life, listener, noDeaths, noSets, numbers, type Sets, type Tally } from './driver-lines.ts';

/** Plays with a folder until it is killed; its head says what its lines mean. It runs the compiled output. */
const driver = join(import.meta.dirname, 'kill-driver.mjs');

const kills = 1000;
const lanes = 3;

/** Lets a driver play and kills it: some milliseconds after it is ready, or after it was started. */
const live = (folder: string, seed: number, from: 'start' | 'ready', ms: number, sets: Sets): Promise<Life> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [driver, folder, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += String(text);
    });
    const killLater = (): void => void setTimeout(() => child.kill('SIGKILL'), ms);
    if (from === 'start') killLater();
    const { hear, life } = listener(sets);
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      hear(line);
      if (line === 'ready' && from === 'ready') killLater();
    });
    let signal: string | null = null;
    child.on('exit', (_, by) => {
      signal = by;
    });
    lines.on('close', () => {
      if (errors !== '') reject(new Error(errors));
      else resolve(life());
    });
    child.on('close', () => {
      if (signal !== 'SIGKILL') reject(new Error(`ended by itself (${errors})`));
    });
  });

/** Kills and restarts in one folder, each restart judged by what was said before. */
const lane = async (folder: string, seed: number, count: number, tally: Tally): Promise<void> => {
  const next = numbers(seed);
  let expected: readonly Sets[] = [noSets];
  for (let kill = 0; kill < count; kill += 1) {
    const from = next() < 0.1 ? 'start' : 'ready';
    const ms = next() * (from === 'start' ? 120 : 25);
    const life = await live(folder, seed * 10_000 + kill, from, ms, expected[0] ?? noSets);
    expected = judged(tally, `seed ${seed}, kill ${kill}`, expected, life);
  }
};

const sizeOf = (folder: string): { readonly files: number; readonly bytes: number } => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)));
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
};

let folder: Scratch;
beforeEach(() => {
  folder = scratch();
});
afterEach(() => folder.remove());

test(`over ${kills} kills at random moments nothing that was said to be on disk is lost`, async () => {
  const tally = noDeaths();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, (_, at) =>
      lane(folder.path(`sets-${at}`), at + 1, Math.floor(kills / lanes) + (at < kills % lanes ? 1 : 0), tally),
    ),
  );
  const sizes = Array.from({ length: lanes }, (_, at) => sizeOf(folder.path(`sets-${at}`)));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const { recovered, checked, withinWrite } = tally;
  process.stdout.write(
    `${tally.kills} kills in ${seconds} s: ${withinWrite} within a write, ${recovered} restarts compared, ${checked} sets whole, ${tally.lost.length} lost; ${JSON.stringify(sizes)}\n`,
  );
  expect({ kills: tally.kills, lost: tally.lost, troubles: tally.troubles }).toEqual({ kills, lost: [], troubles: [] });
  // Or the kills would miss what they are to hit.
  expect(withinWrite).toBeGreaterThan(kills / 20);
  expect(checked).toBeGreaterThan(kills);
  for (const { files, bytes } of sizes) {
    expect(files).toBeLessThan(300);
    expect(bytes).toBeLessThan(200 * 40_000);
  }
}, 600_000);
