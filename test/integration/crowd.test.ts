import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { medianOf } from '../../src/core/median.ts';
import type { Millis } from '../../src/core/time/units.ts';
import { quick, scratchOfFile } from './looper.ts';

const files = scratchOfFile();

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

type Word = {
  readonly port?: number;
  readonly times?: readonly Millis[];
  readonly clients?: number;
  readonly bytes?: number;
  readonly failure?: string;
};

/** A process that does what it is told, and says what came of it. */
const forked = (name: string, ...args: readonly string[]) => {
  const path = fileURLToPath(new URL(`crowd/${name}`, import.meta.url));
  // What jest sets for itself is not what a user has.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(path, args, { env, execArgv: [] });
  children.push(child);
  const word = async (): Promise<Word> => {
    const over = new AbortController();
    const { signal } = over;
    const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error(`${name} has ended`)));
    try {
      const [said] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Word];
      if (said.failure !== undefined) throw new Error(said.failure);
      return said;
    } finally {
      // Whichever did not come is waited for no more.
      ended.catch(() => undefined);
      over.abort();
    }
  };
  const told = (order: object): Promise<Word> => {
    const answer = word();
    child.send(order);
    return answer;
  };
  return { word, told };
};

/** Connections of a port on which more waits to be read than their clients want to. */
const stuck = (port: number): number => {
  const own = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1, -1);
  return rows.filter((row) => {
    const [, local = '', , , queues = ''] = row.trim().split(/\s+/);
    return local.endsWith(own) && Number.parseInt(queues.slice(0, 8), 16) > 100_000;
  }).length;
};

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

const inWords = (times: readonly Millis[]): string =>
  `${medianOf(times).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`;

/** Cycles for the medians to be believed; more where the machine is too busy for them to be steady. */
const [leastCycles, mostCycles] = [3, 10];
const stomps = 250;
const [readers, stallers] = [40, 10];
/** Of how the whole state is: together more than the kernel's buffers and ours hold. */
const questions = 5000;

/** What clients may add to the median, a share and a time. The time is a tenth of what the message of one lamp takes on a MIDI cable. */
const [mostRatio, allowedMs] = [1.2, 0.1];

test('fifty front ends, ten of which never read, make no stomp late', async () => {
  const stage = forked('stage.mjs', files.put('quick.yaml', JSON.stringify(quick)));
  const { port = 0 } = await stage.word();
  const crowd = forked('crowd.mjs');
  const stomped = async (clients: number): Promise<readonly Millis[]> => {
    const round = await stage.told({ stomps });
    expect(round.clients).toBe(clients);
    return round.times ?? [];
  };
  // The first ones find code that is not compiled yet.
  await stomped(0);
  const [alone, crowded]: [Millis[], Millis[]] = [[], []];
  const isMeasured = (): boolean => medianOf(crowded) <= mostRatio * medianOf(alone) + allowedMs;
  // What else the machine does comes over both alike where they take turns in short rounds.
  for (let cycle = 0; cycle < mostCycles && !(cycle >= leastCycles && isMeasured()); cycle += 1) {
    alone.push(...(await stomped(0)));
    await crowd.told({ act: 'come', port, readers, stallers, questions });
    while (stuck(port) < stallers) await new Promise((resolve) => setTimeout(resolve, 20));
    const { bytes: before = 0 } = await crowd.told({ act: 'count' });
    crowded.push(...(await stomped(readers + stallers)), ...(await stomped(readers + stallers)));
    const { bytes: after = 0 } = await crowd.told({ act: 'count' });
    expect(after - before).toBeGreaterThan(100_000);
    expect(stuck(port)).toBe(stallers);
    await crowd.told({ act: 'go' });
    alone.push(...(await stomped(0)));
  }
  process.stdout.write(`stomp to lamp: alone ${inWords(alone)}; with the crowd ${inWords(crowded)}\n`);
  // A stomp that comes with others, on a machine that stood still, may leave its pad's colour as it was.
  expect(Math.min(alone.length, crowded.length)).toBeGreaterThan(leastCycles * stomps);
  expect(medianOf(crowded)).toBeLessThanOrEqual(mostRatio * medianOf(alone) + allowedMs);
}, 400_000);
