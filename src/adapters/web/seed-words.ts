import type { TrackView } from '../../core/track/view.ts';
import type { CalibrationDiagram } from '../../ports/session-client.ts';
import type { SeedNews, SeedTrack } from '../../protocol/seed-v0.ts';
import { bytesOf, onceFor } from './bytes.ts';

/** A picture of one clear pixel, for who shows whatever picture comes: a failure before anything was looked at has none. */
export const noPicture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export const seedBytes = (news: SeedNews): Uint8Array => bytesOf(news);

const seedTrack = ({ id, startSeconds, endSeconds, state }: TrackView): SeedTrack => ({
  track_id: id - 1,
  start_timestamp: startSeconds,
  end_timestamp: endSeconds,
  state,
});

const figureOf = ({ png }: CalibrationDiagram): string =>
  png.length === 0 ? noPicture : Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');

/** What all front ends of the seed are told alike, made into bytes once. */
export const seedWords = () => ({
  tracks: onceFor((views: readonly TrackView[]) => seedBytes({ event: 'tracks', tracks: views.map(seedTrack) })),
  diagram: onceFor((diagram: CalibrationDiagram) =>
    seedBytes({
      event: 'calibration_result',
      message: diagram.succeeded ? 'SUCCESS' : 'FAIL',
      figure: figureOf(diagram),
    }),
  ),
});

export type SeedWords = ReturnType<typeof seedWords>;
