import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { notYetPlayed } from '../../../src/core/controller/play.ts';
import { believed } from '../../../src/core/lamps/believed.ts';
import { forgotten, freshLine, nextBurst } from '../../../src/core/lamps/pace.ts';
import { picture } from '../../../src/core/lamps/picture.ts';
import { tasksOf } from '../../../src/core/lamps/task.ts';
import { newSession } from '../../../src/core/session/state.ts';
import { loadProfile } from '../../config/load-profile.ts';
import { settings } from '../../engine/rig.ts';

const folder = join(import.meta.dirname, '../../../config/controllers');
const session = newSession(settings);
/** Room for all lamps at once. */
const wide = { bytesPerSecond: 1e9, burstBytes: 1e9, gapMs: 0, kindGapMs: 0 };

describe.each(readdirSync(folder))('%s', (file) => {
  const profile = loadProfile(join(folder, file));
  const wanted = picture(session, profile, notYetPlayed);
  const { line } = nextBurst(freshLine(wide, 0), tasksOf(wanted, profile, session), wide, 0);

  test('once all is sent, is believed to show what its lamps were told: those messages', () => {
    const beliefs = new Map(believed(line.shown, profile).map(({ id, look }) => [id, look]));
    expect([...beliefs.keys()]).toEqual(profile.lamps.map(({ id }) => id));
    for (const { lamp, look } of wanted) {
      const seen = beliefs.get(lamp.id);
      const messages = (one: typeof look | undefined) =>
        one && ((one.by === 'steady' ? lamp.steady : lamp[one.by]) ?? lamp.steady)[one.shade];
      // Two shades of the same messages are the same to the device.
      if (messages(look) !== undefined) expect(messages(seen)).toEqual(messages(look));
    }
  });

  test('is believed to show nothing before it was told', () => {
    const beliefs = believed(forgotten(line).shown, profile);
    expect(beliefs.every(({ look }) => look === undefined)).toBe(true);
  });
});
