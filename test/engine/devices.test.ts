import type { AudioDevice, Process } from '../../src/engine/devices/device.ts';
import { OfflineDevice } from '../../src/engine/devices/offline.ts';
import { riff } from '../../src/engine/devices/riff.ts';
import { SimulatedDevice } from '../../src/engine/devices/simulated.ts';

const rate = 48000;
const blockFrames = 128;

/** A player whose every sample says which one it is. */
const counting = Float32Array.from({ length: rate * 2 }, (_, index) => index / 2 ** 18);

const shared = (samples: Float32Array): SharedArrayBuffer => {
  const buffer = new SharedArrayBuffer(samples.byteLength);
  new Float32Array(buffer).set(samples);
  return buffer;
};

type Rig = { readonly device: AudioDevice; run(until: () => boolean): Promise<void> };

const rigs: readonly (readonly [string, () => Rig])[] = [
  [
    'simulated',
    () => ({
      device: new SimulatedDevice({
        rate,
        blockFrames,
        queueBlocks: 2,
        player: shared(counting),
        cableFrames: undefined,
      }),
      run: async (until) => {
        while (!until()) await new Promise((resolve) => setImmediate(resolve));
      },
    }),
  ],
  [
    'offline',
    () => {
      let at = 0;
      const source = (into: Float32Array, frames: number): void => {
        into.set(counting.subarray(at, at + frames * 2));
        at += frames * 2;
      };
      const device = new OfflineDevice(blockFrames, source, () => undefined);
      let frame = 0;
      return {
        device,
        run: async (until) => {
          while (!until()) {
            frame += blockFrames;
            device.advanceTo(frame);
          }
        },
      };
    },
  ],
];

// The real interface is held to the same in the emulated machine (test/appliance).
describe.each(rigs)('the %s device', (_name, makeRig) => {
  test('gives the player block by block, none lost, none twice, and room for as much output', async () => {
    const { device, run } = makeRig();
    const heard: number[] = [];
    const sizes = new Set<number>();
    const process: Process = (input, output, frames) => {
      sizes.add(frames);
      expect(output.length).toBeGreaterThanOrEqual(frames * 2);
      heard.push(...input.subarray(0, frames * 2));
    };
    await device.open(process, () => undefined);
    await run(() => heard.length >= blockFrames * 20);
    await device.close();
    expect(heard).toEqual([...counting.subarray(0, heard.length)]);
    expect([...sizes]).toEqual([blockFrames]);
  });

  test('processes nothing after it is closed', async () => {
    const { device, run } = makeRig();
    let blocks = 0;
    await device.open(
      () => {
        blocks += 1;
      },
      () => undefined,
    );
    await run(() => blocks >= 3);
    await device.close();
    const then = blocks;
    let turns = 0;
    await run(() => {
      turns += 1;
      return turns > 50;
    });
    expect(blocks).toBe(then);
  });
});

test('the riff lasts two bars, is the same each time and is loud enough to hear', () => {
  const [one, other] = [riff(rate, 120, 4), riff(rate, 120, 4)];
  expect(one.length).toBe(2 * 96000 * 2);
  expect(one).toEqual(other);
  const peak = one.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(peak).toBeGreaterThan(0.1);
  expect(peak).toBeLessThan(1);
});
