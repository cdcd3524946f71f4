import type { Heard } from '../../../src/page/link/questions.ts';
import { WaveReader } from '../../../src/page/link/wave-reader.ts';

const refused = (code: string): Heard => ({ type: 'refused', id: 1, code, reason: code });
const wave = (loop: number): Heard => ({ type: 'waveform', id: 1, loop, peaks: [loop] });

/** Loops to draw, and what each is answered, one after the other; after the last one it is drawn. */
const reading = (answers: Readonly<Record<number, readonly Heard[]>>) => {
  const kept = new Map<number, readonly number[]>();
  const asked: number[] = [];
  const pauses: number[] = [];
  const reader = new WaveReader({
    undrawn: () =>
      Object.keys(answers)
        .map(Number)
        .filter((loop) => !kept.has(loop)),
    ask: async (loop) => {
      const before = asked.filter((one) => one === loop).length;
      asked.push(loop);
      return answers[loop]?.[before] ?? wave(loop);
    },
    keep: (loop, peaks) => void kept.set(loop, peaks),
    pause: async (ms) => void pauses.push(ms),
  });
  return { reader, kept, asked, pauses };
};

test('loops are asked for one after the other, once each, however often one looks', async () => {
  const { reader, kept, asked, pauses } = reading({ 1: [], 2: [], 3: [] });
  await Promise.all([reader.read(), reader.read()]);
  expect(asked).toEqual([1, 2, 3]);
  expect([...kept]).toEqual([1, 2, 3].map((loop) => [loop, [loop]]));
  expect(pauses).toEqual([]);
});

test('a loop that is not there is a line, and not asked for again', async () => {
  const { reader, kept, asked } = reading({ 1: [refused('no-such-loop')] });
  await reader.read();
  expect([asked, kept.get(1)]).toEqual([[1], []]);
});

test.each([
  ['too-many', refused('too-many')],
  ['failed', refused('failed')],
  ['no answer in time', { type: 'overdue' } as const],
])('after %s it is asked for again, after a pause, and keeps the others not waiting', async (_, answer) => {
  const { reader, kept, asked, pauses } = reading({ 1: [answer, answer], 2: [] });
  await reader.read();
  expect(asked).toEqual([1, 2, 1, 1]);
  expect(pauses).toEqual([1000, 2000]);
  expect(kept.get(1)).toEqual([1]);
});

test('what fails five times is a line', async () => {
  const { reader, kept, asked, pauses } = reading({ 1: Array.from({ length: 9 }, () => refused('failed')) });
  await reader.read();
  expect([asked.length, kept.get(1)]).toEqual([5, []]);
  expect(pauses).toEqual([1000, 2000, 4000, 8000]);
});

test.each(['unsent', 'cutOff'] as const)(
  'a line that is gone (%s) ends it, and the next look goes on',
  async (type) => {
    const { reader, kept, asked } = reading({ 1: [{ type }], 2: [] });
    await reader.read();
    expect([asked, kept.size]).toEqual([[1], 0]);
    await reader.read();
    expect([...kept.keys()]).toEqual([1, 2]);
  },
);
