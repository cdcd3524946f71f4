import { UserError } from '../../../src/core/errors.ts';
import { serverMessageSchema } from '../../../src/protocol/hindsight-v1.ts';
import { FakeFrontOfHouse, someHealth, someSnapshot } from '../../fakes/fake-front-of-house.ts';
import { closeAll, opened, turn, until } from './rig.ts';

afterEach(closeAll);

const v1 = 'hindsight.v1';

const connected = async (front?: FakeFrontOfHouse, limits = {}) => {
  const rig = await opened({}, limits, front);
  const caller = await rig.connect(v1);
  await caller.first(1);
  caller.got.length = 0;
  return { rig, caller };
};

test('the first message is the snapshot, then come changes, each with the next number', async () => {
  const rig = await opened();
  const caller = await rig.connect(v1);
  expect(await caller.first(1)).toEqual([someSnapshot]);
  rig.front.triggerChange({ bars: 4 });
  rig.front.triggerChange({ touched: 2 }, [{ frame: 1, level: 'info', text: 'so', code: null, track: null }]);
  const got = await caller.first(3);
  expect(got[1]).toMatchObject({ type: 'change', seq: 11, state: { bars: 4 } });
  expect(got[2]).toMatchObject({ type: 'change', seq: 12, said: [{ text: 'so' }] });
  for (const message of got) expect(serverMessageSchema.safeParse(message).success).toBe(true);
});

test('changes are asked for while somebody is there', async () => {
  const { rig, caller } = await connected();
  const other = await rig.connect(v1);
  expect(rig.front.listeners('changes')).toBe(1);
  expect(rig.audience()).toEqual({ seed: 0, hindsight: 2, listeners: 0 });
  caller.ws.close();
  other.ws.close();
  await until(() => rig.front.listeners('changes') === 0);
  expect(rig.audience().hindsight).toBe(0);
});

test('a change that the snapshot holds already is not told again', async () => {
  const { rig, caller } = await connected();
  const { seq } = rig.front.current;
  rig.front.current = { ...rig.front.current, seq: seq + 2 };
  const late = await rig.connect(v1);
  await late.first(1);
  rig.front.current = { ...rig.front.current, seq };
  for (let count = 0; count < 3; count += 1) rig.front.triggerChange();
  await caller.first(3);
  expect((await late.first(2)).slice(1)).toEqual([expect.objectContaining({ seq: seq + 3 })]);
});

test('a command is done as of its frame, and answered with its id and the change that tells of it', async () => {
  const { rig, caller } = await connected();
  caller.say({ type: 'command', id: 'a', command: { type: 'stomp', track: 3 }, frame: 77 });
  caller.say({ type: 'command', id: 2, command: { type: 'setBpm', bpm: 90 } });
  expect(await caller.first(2)).toEqual([
    { type: 'done', id: 'a', seq: 10 },
    { type: 'done', id: 2, seq: 10 },
  ]);
  expect(rig.front.commands).toEqual([
    [{ type: 'stomp', track: 3 }, 77],
    [{ type: 'setBpm', bpm: 90 }, undefined],
  ]);
});

test('what is refused is answered with the code and the reason', async () => {
  const refusal = { code: 'empty', reason: 'track 3 is empty; record it first' } as const;
  const { caller } = await connected(new FakeFrontOfHouse({ command: () => refusal }));
  caller.say({ type: 'command', id: 1, command: { type: 'start', track: 3 } });
  expect(await caller.first(1)).toEqual([{ type: 'refused', id: 1, ...refusal }]);
});

test('a command on which the looper breaks is refused, and told to whoever looks after the box', async () => {
  const { rig, caller } = await connected(new FakeFrontOfHouse());
  caller.say({ type: 'command', id: 1, command: { type: 'reset' } });
  expect(await caller.first(1)).toEqual([expect.objectContaining({ type: 'refused', id: 1, code: 'failed' })]);
  expect(rig.errors).toEqual([expect.stringContaining('command reset failed')]);
});

test.each([
  ['{', null, 'not-json'],
  ['', null, 'not-json'],
  ['5', null, 'malformed'],
  ['{"type":"dance","id":"x"}', 'x', 'malformed'],
  ['{"type":"command","id":1.5,"command":{"type":"reset"}}', null, 'malformed'],
  ['{"type":"command","id":8,"command":{"type":"stomp","track":"1"}}', 8, 'malformed'],
  ['{"type":"command","id":8,"command":{"type":"reset","more":1}}', 8, 'malformed'],
  ['{"type":"command","id":8,"command":{"type":"reset"},"__proto__":{}}', 8, 'malformed'],
  ['{"type":"watch","topics":["sports"]}', null, 'malformed'],
  ['{"type":"watch","topics":[],"hz":1000}', null, 'malformed'],
  [`{"type":"resync","id":"${'x'.repeat(65)}"}`, null, 'malformed'],
])('%s is answered with an error for id %j, and the connection stays', async (text, id, code) => {
  const { rig, caller } = await connected();
  caller.say(text);
  await caller.first(1);
  caller.say({ type: 'resync' });
  expect(await caller.first(2)).toEqual([
    { type: 'error', id, code, reason: expect.stringMatching(/^.{5,300}$/s) },
    someSnapshot,
  ]);
  expect(rig.front.commands).toEqual([]);
});

test('a message that is no text is an error', async () => {
  const { caller } = await connected();
  caller.ws.send(Buffer.from('{}'), { binary: true });
  expect(await caller.first(1)).toEqual([expect.objectContaining({ type: 'error', code: 'not-json' })]);
});

test('questions about sets are answered, and what cannot be done is refused with its code', async () => {
  const sets = [{ name: 'a', bpm: 120, beatsPerBar: 4, tracks: 2, seconds: 8, bytes: 4000 }];
  const front = new FakeFrontOfHouse({
    sets: async (question) => {
      if (question.act === 'list') return { sets, lines: ['a'] };
      throw new UserError('set-missing', 'b: there is no such set');
    },
  });
  const { caller } = await connected(front);
  caller.say({ type: 'sets', id: 1, question: { act: 'list' } });
  caller.say({ type: 'sets', id: 2, question: { act: 'load', name: 'b' } });
  expect(await caller.first(2)).toEqual([
    { type: 'sets', id: 1, sets, lines: ['a'] },
    { type: 'refused', id: 2, code: 'set-missing', reason: 'b: there is no such set' },
  ]);
});

test.each([
  [[1, 255], { type: 'waveform', id: 1, loop: 5, peaks: [1, 255] }],
  [undefined, { type: 'refused', id: 1, code: 'no-such-loop', reason: 'loop 5 is not there, or not whole yet' }],
])('how a loop looks is answered: %j', async (peaks, answer) => {
  const { caller } = await connected(new FakeFrontOfHouse({ waveform: async () => peaks }));
  caller.say({ type: 'waveform', id: 1, loop: 5 });
  expect(await caller.first(1)).toEqual([answer]);
});

test('no more questions wait for the disk than the limit says', async () => {
  const answer: (() => void)[] = [];
  const front = new FakeFrontOfHouse({
    waveform: () => new Promise((resolve) => answer.push(() => resolve([0]))),
  });
  const { caller } = await connected(front, { openQuestions: 2 });
  for (const id of [1, 2, 3]) caller.say({ type: 'waveform', id, loop: id });
  expect(await caller.first(1)).toEqual([expect.objectContaining({ type: 'refused', id: 3, code: 'too-many' })]);
  for (const one of answer) one();
  await caller.first(3);
  caller.say({ type: 'waveform', id: 4, loop: 4 });
  await until(() => answer.length === 3);
});

test('topics come to those who watch them, and are made for nobody else', async () => {
  const { rig, caller } = await connected();
  const other = await rig.connect(v1);
  caller.say({ type: 'watch', topics: ['health', 'monitor', 'health'] });
  other.say({ type: 'watch', topics: ['health'] });
  await until(() => rig.front.listeners('monitor') === 1);
  await until(() => rig.front.listeners('health') === 1);
  rig.front.triggerTopic('monitor', { type: 'monitor', line: 'note on' });
  rig.front.triggerTopic('health', { type: 'health', health: someHealth });
  expect((await caller.first(2)).slice(0, 2)).toEqual([
    { type: 'monitor', line: 'note on' },
    { type: 'health', health: someHealth },
  ]);
  caller.say({ type: 'watch', topics: ['position'] });
  await until(() => rig.front.listeners('position') === 1);
  expect([rig.front.listeners('monitor'), rig.front.listeners('health')]).toEqual([0, 1]);
  other.ws.terminate();
  caller.ws.terminate();
  await until(() => rig.front.listeners('health') + rig.front.listeners('position') === 0);
});

test('lamps are shown at once to who comes later', async () => {
  const { rig, caller } = await connected();
  caller.say({ type: 'watch', topics: ['lamps'] });
  await until(() => rig.front.listeners('lamps') === 1);
  rig.front.triggerTopic('lamps', { type: 'lamps', controllers: [] });
  const other = await rig.connect(v1);
  other.say({ type: 'watch', topics: ['lamps'] });
  expect((await other.first(2))[1]).toEqual({ type: 'lamps', controllers: [] });
});

test('each client gets position and levels as often as it asks, and misses no peak', async () => {
  const { rig, caller } = await connected();
  const slow = await rig.connect(v1);
  await slow.first(1);
  caller.say({ type: 'watch', topics: ['position', 'levels'] });
  slow.say({ type: 'watch', topics: ['position', 'levels'], hz: 10 });
  caller.say({ type: 'resync' });
  slow.say({ type: 'resync' });
  await caller.first(1);
  await slow.first(2);
  for (let count = 0; count < 30; count += 1) {
    const loud = count === 11 ? 1 : 0.1;
    rig.front.triggerTopic('position', { type: 'position', frame: count * 1600 });
    rig.front.triggerTopic('levels', { type: 'levels', frame: count * 1600, input: [loud, 0], output: [0, 0.5] });
    await turn();
  }
  await caller.until(() => caller.of('type', 'levels').length === 30);
  await slow.until(() => slow.of('type', 'levels').length === 10);
  expect(slow.of('type', 'position').map(({ frame }) => frame)).toEqual(
    Array.from({ length: 10 }, (_, at) => at * 4800),
  );
  expect(slow.of('type', 'levels').map(({ input }) => (input as number[])[0])).toEqual([
    0.1, 0.1, 0.1, 0.1, 1, 0.1, 0.1, 0.1, 0.1, 0.1,
  ]);
});

test('what is told is made into text once, however many there are', async () => {
  const { rig, caller } = await connected();
  const callers = [caller, ...(await Promise.all(Array.from({ length: 9 }, () => rig.connect(v1))))];
  for (const one of callers) one.say({ type: 'watch', topics: ['levels'], hz: 30 });
  for (const one of callers) one.say({ type: 'command', id: 'x', command: { type: 'tap' } });
  for (const one of callers) await one.until(() => one.of('type', 'done').length === 1);
  let made = 0;
  const counted = (value: unknown) => ({
    toJSON: () => {
      made += 1;
      return value;
    },
  });
  rig.front.triggerChange({ bars: counted(8) as never });
  const pair = counted([0, 0]) as never;
  rig.front.triggerTopic('levels', { type: 'levels', frame: 1, input: pair, output: [0, 0] });
  for (const one of callers) await one.until(() => one.of('type', 'levels').length === 1);
  for (const one of callers)
    expect(one.of('type', 'change')).toEqual([expect.objectContaining({ state: { bars: 8 } })]);
  expect(made).toBe(2);
});

test('of several protocols the first that is known is spoken', async () => {
  const rig = await opened();
  const caller = await rig.connect('hindsight.v9, hindsight.v1'.split(', ') as never);
  expect(caller.ws.protocol).toBe('hindsight.v1');
  expect(await caller.first(1)).toEqual([someSnapshot]);
});
