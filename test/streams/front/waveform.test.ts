import { pieceFrames } from '../../../src/core/sound/span.ts';
import { Waveforms, waveformOf } from '../../../src/streams/front/waveform.ts';
import { PlayedTime } from '../../../src/streams/played-time.ts';

/** A loop that lies in the arena in pieces that are not in their order, of which frame `n` is `sample(n)`. */
const aSound = (frames: number, sample: (frame: number, side: number) => number) => {
  const count = Math.ceil(frames / pieceFrames);
  const pieces = Int32Array.from({ length: count }, (_, index) => count - 1 - index);
  const samples = new Float32Array(count * pieceFrames * 2);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = ((pieces[Math.floor(frame / pieceFrames)] ?? 0) * pieceFrames + (frame % pieceFrames)) * 2;
    samples[at] = sample(frame, 0);
    samples[at + 1] = sample(frame, 1);
  }
  return { samples, pieces, frames };
};

const drawn = async (...of: Parameters<typeof waveformOf>) => {
  const time = new PlayedTime();
  const waveform = waveformOf(of[0], of[1], time.scheduler);
  for (let ms = 1; ms <= 1000; ms += 1) time.advanceTo(ms);
  return waveform;
};

test('is the highest sample of each of 256 equal parts, of either side and either sign', async () => {
  const part = 1000;
  const sound = aSound(256 * part, (frame, side) =>
    frame % part === 500 && side === Math.floor(frame / part) % 2 ? -Math.floor(frame / part) / 255 : 0,
  );
  expect(await drawn(sound, 0)).toEqual(Array.from({ length: 256 }, (_, index) => index));
});

test('leaves out what was played before the loop began', async () => {
  const sound = aSound(1200 + 25_600, (frame) => (frame < 1200 ? 1 : 0.5));
  expect(new Set(await drawn(sound, 1200))).toEqual(new Set([128]));
});

test('is never above full scale', async () => {
  const sound = aSound(25_600, () => 3);
  expect(new Set(await drawn(sound, 0))).toEqual(new Set([255]));
});

describe('many who ask', () => {
  /** Sounds that note when they are lent and given back. */
  const aLender = () => {
    const order: string[] = [];
    const lend = (name: string) => () => {
      order.push(`lend ${name}`);
      return { sound: aSound(30_000, () => 0.5), giveBack: () => void order.push(`back ${name}`) };
    };
    const time = new PlayedTime();
    const waveforms = new Waveforms(time.scheduler);
    /** Promises and scheduled slices take turns. */
    const goOn = async (): Promise<void> => {
      for (let ms = 1; ms <= 50; ms += 1) {
        await Promise.resolve();
        time.advanceTo(time.scheduler.now() + 1);
      }
    };
    return { order, lend, waveforms, goOn };
  };

  test('have each loop looked at once, and one after the other', async () => {
    const { order, lend, waveforms, goOn } = aLender();
    const asked = [1, 2, 1, 2, 1].map((loop) => waveforms.of(loop, 0, lend(String(loop))));
    await goOn();
    const drawn = await Promise.all(asked);
    expect(order).toEqual(['lend 1', 'back 1', 'lend 2', 'back 2']);
    expect(new Set(drawn.flat())).toEqual(new Set([128]));
  });

  test('are told where a loop has gone before its turn', async () => {
    const { lend, waveforms, goOn } = aLender();
    const gone = waveforms.of(1, 0, () => undefined);
    const there = waveforms.of(2, 0, lend('2'));
    await goOn();
    expect(await gone).toBeUndefined();
    expect(await there).toHaveLength(256);
  });
});
