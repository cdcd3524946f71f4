import { diagramOf } from '../../core/calibration/diagram.ts';
import type { Stretch } from '../../core/calibration/drawing/picture.ts';
import type { Measurement, Side } from '../../core/calibration/measurement.ts';
import { probeOf } from '../../core/sound/probe.ts';
import type { Recording } from './correlate.ts';
import { cleaned, measure } from './measure.ts';

/** As many as the picture has pixels for. */
const stretchCount = 860;

const stretchesOf = ({ samples }: Recording, side: Side): Stretch[] => {
  const frames = samples.length / 2;
  return Array.from({ length: stretchCount }, (_, index) => {
    let [low, high] = [0, 0];
    const end = Math.floor(((index + 1) * frames) / stretchCount);
    for (let frame = Math.floor((index * frames) / stretchCount); frame < end; frame += 1) {
      const sample = samples[2 * frame + side] ?? 0;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    return { low, high };
  });
};

/**
 * The latency by a recording of the probe, or why there is none, and the picture of it. What is missing of the recording
 * is taken as silence.
 */
export const analyse = (recording: Recording): { measurement: Measurement; svg: string } => {
  const probe = probeOf(recording.rate);
  const clean = cleaned(recording, probe);
  const { side, measurement, evidence, together } = measure(clean, probe);
  return {
    measurement,
    svg: diagramOf({ probe, stretches: stretchesOf(clean, side), evidence, together, measurement }),
  };
};
