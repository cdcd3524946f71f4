import { emptyMirror } from '../../../src/page/link/mirror.ts';
import { firstPageState, undrawnLoops, type Waves, withWave } from '../../../src/page/link/page-state.ts';
import type { TrackPicture } from '../../../src/protocol/hindsight-v1.ts';
import { empty, session, track } from '../states.ts';

const pageWith = (...tracks: readonly TrackPicture[]) => ({
  ...firstPageState,
  mirror: { ...emptyMirror, state: session({ tracks }) },
});

test('a loop is drawn once its sound is here, and once', () => {
  const page = pageWith(track('PLAYING', { id: 7 }), track('PLAYING', { id: 8, sound: 'tape' }, 2), empty(3));
  expect(undrawnLoops(page)).toEqual([7]);
  expect(undrawnLoops({ ...page, waves: withWave(page.waves, 7, []) })).toEqual([]);
});

test('of waves the last 256 are kept', () => {
  const all = Array.from({ length: 300 }, (_, id) => id).reduce<Waves>(
    (waves, id) => withWave(waves, id, [id]),
    new Map(),
  );
  expect([all.size, all.has(43), all.has(44), all.has(299)]).toEqual([256, false, true, true]);
});
