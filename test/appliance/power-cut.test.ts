import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { judged, listener, noDeaths, noSets, numbers, type Sets } from '../adapters/files/sets/driver-lines.ts';
import { CutMachine } from './cut-machine.ts';

const cuts = 50;
/** As long as some loops take to be kept. */
const longestMs = 800;

let work = '';
let machine: CutMachine;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'hindsight-power-cut-'));
  machine = new CutMachine(work, (text) => process.stderr.write(text));
  await machine.freeze();
});
afterAll(() => {
  machine.close();
  rmSync(work, { recursive: true, force: true });
});

test(`${cuts} times the power is cut while sets are written to ext4, and nothing that was said to be on disk is lost`, async () => {
  const tally = noDeaths();
  const next = numbers(5);
  let expected: readonly Sets[] = [noSets];
  for (let cut = 0; cut < cuts; cut += 1) {
    const { hear, life } = listener(expected[0] ?? noSets);
    const running = machine.thaw();
    let said = 0;
    void running
      .until((line) => {
        hear(line);
        said += 1;
        return false;
      })
      .catch(() => undefined);
    running.say(String(cut));
    await running.until((line) => line === 'ready');
    await sleep(next() * longestMs);
    await running.cut();
    expected = judged(tally, `cut ${cut}, after ${said} lines`, expected, life());
  }
  const { withinWrite, withinAct, recovered, checked, lost, troubles } = tally;
  process.stdout.write(
    `${tally.kills} power cuts: ${withinAct} while something was done, ${withinWrite} of which left files behind, ${recovered} restarts compared, ${checked} sets whole, ${lost.length} lost\n`,
  );
  expect({ cuts: tally.kills, lost, troubles }).toEqual({ cuts, lost: [], troubles: [] });
  expect(recovered).toBe(cuts);
  // Or the cuts would miss what they are to hit.
  expect(withinAct).toBeGreaterThan(cuts / 5);
  expect(checked).toBeGreaterThan(cuts);
});
