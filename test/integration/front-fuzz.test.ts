import { broken, dice } from '../adapters/web/broken-messages.ts';
import { SeedCaller, V1Caller } from './caller.ts';
import { homeIn, looperIn, scratchOfFile } from './looper.ts';

const files = scratchOfFile();

/** As many as a client may send at once, so that none is dropped unread. */
const burst = 200;
const [rounds, pairs] = [25, 10];

/** What no track may be, in any protocol. */
const noTrack = ['"1"', 'null', '[]', '{}', 'true', '1.5', '1e999', '{"__proto__":1}', `"${'9'.repeat(2000)}"`];

type Roll = (below: number) => number;

const wrongTrack = (roll: Roll): string => noTrack[roll(noTrack.length)] ?? '';

/** Long, deep, whole but for one field, or broken. */
const malformed = (roll: Roll, whole: (track: string) => string): string => {
  switch (roll(100)) {
    case 0:
      return `"${'x'.repeat(16_000)}"`;
    case 1:
      return `${'['.repeat(8000)}${']'.repeat(8000)}`;
    case 2:
      return `{"id":"${'i'.repeat(5000)}","type":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`;
    default:
      return roll(3) === 0 ? whole(wrongTrack(roll)) : broken(roll);
  }
};

const seedWhole = (track: string): string => `{"event":"backloop","track":${track},"bars_to_record":1}`;
const v1Whole = (track: string): string => `{"type":"command","id":7,"command":{"type":"stomp","track":${track}}}`;

const rssBytes = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^hindsight_resident_memory_bytes (\d+)$/m.exec(text)?.[1]);
};

test('a hundred thousand malformed messages end nothing, take no memory, and keep no stomp from being answered', async () => {
  const looper = looperIn(files, { home: homeIn(files), config: { tape: { seconds: 10 } } });
  const port = await looper.port();
  const url = `http://127.0.0.1:${port}`;
  const good = await V1Caller.at(port);
  const roll = dice(1234);
  let answered = 0;

  const seedBurst = async (): Promise<void> => {
    const caller = await SeedCaller.at(port);
    for (let count = 0; count < burst; count += 1) caller.say(malformed(roll, seedWhole));
    await caller.until(() => (caller.got.length >= burst ? true : undefined));
    answered += caller.of('error').filter(({ message }) => !message.startsWith('Too many')).length;
    caller.cut();
  };
  const v1Burst = async (): Promise<void> => {
    const caller = await V1Caller.at(port);
    const errors = () => caller.of('error');
    for (let count = 0; count < burst; count += 1) caller.say(malformed(roll, v1Whole));
    await caller.until(() => (errors().length >= burst ? true : undefined));
    answered += errors().filter(({ code }) => code === 'malformed' || code === 'not-json').length;
    caller.cut();
  };

  let settledBytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const bursts = Array.from({ length: pairs }, () => [seedBurst(), v1Burst()]).flat();
    expect(await good.command({ type: 'stomp', track: (round % 8) + 1 })).toMatchObject({ type: 'done' });
    await Promise.all(bursts);
    // By then all code has been compiled, and the tape is full.
    if (round === Math.floor(rounds / 2)) settledBytes = await rssBytes(url);
  }
  expect(answered).toBe(rounds * pairs * 2 * burst);
  const endBytes = await rssBytes(url);
  process.stdout.write(`memory: ${Math.round(settledBytes / 2 ** 20)} MB, then ${Math.round(endBytes / 2 ** 20)} MB\n`);
  expect(endBytes - settledBytes).toBeLessThan(40 * 2 ** 20);

  await good.command({ type: 'reset' });
  await good.comes(3, 'EMPTY');
  expect(await good.command({ type: 'stomp', track: 3 })).toMatchObject({ type: 'done' });
  await good.comes(3, 'PLAYING');
  expect([good.gaps, good.malformed]).toEqual([[], []]);
  looper.child.kill('SIGTERM');
  const { code, stderr } = await looper.ended;
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/"level":50|a client is let go of/);
}, 180_000);
