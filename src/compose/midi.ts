import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createLines } from '../adapters/files/atomic-text.ts';
import { makeFolder } from '../adapters/files/made-folder.ts';
import { writeError } from '../adapters/files/write-aside.ts';
import { listControllers } from '../adapters/midi/rtmidi-names.ts';
import { RtMidiWatch } from '../adapters/midi/rtmidi-watch.ts';
import { profileText } from '../config/profile/write.ts';
import type { LoadedProfile } from '../config/profiles.ts';
import type { Config } from '../config/schema.ts';
import type { LearntForm } from '../core/learn/form.ts';
import type { ClockTarget } from '../ports/clock-target.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stage } from '../streams/controller.ts';
import { type MidiRoutes, routeMidi } from '../streams/midi-routes.ts';
import type { Show } from '../streams/show.ts';
import type { ProfileSource } from './profiles.ts';

/** What was learnt before, and perhaps changed by hand since, is kept beside it. */
const keepProfile = (file: string, text: string): void => {
  try {
    makeFolder(dirname(file));
    if (existsSync(file)) copyFileSync(file, `${file}.bak`);
  } catch (thrown) {
    throw writeError(file, thrown);
  }
  const lines = createLines(file);
  try {
    lines.write(text.trimEnd());
    lines.commit();
  } finally {
    lines.abort();
  }
};

/** Controllers on the sequencer, joined to the show as they come; clock and thru as the config wishes. */
export const midiOn = (
  config: Config,
  profiles: readonly LoadedProfile[],
  source: ProfileSource,
  stage: Stage,
  show: Show,
  log: Logger,
) => {
  const { controllers, clock, thru } = config.midi;
  const watch = new RtMidiWatch({ clock: stage.clock, log });
  watch.use(profiles, controllers);
  watch.onController((controller) => {
    const joined = show.join(controller);
    return () => show.leave(joined);
  });
  const clocked: readonly ClockTarget[] = clock.ports.map((piece) => ({
    ...watch.outlet(piece),
    transport: true,
  }));
  const routes: MidiRoutes = {
    clocked,
    transport: clock.transport,
    thru: thru.map(({ from, to }) => {
      const outlet = watch.outlet(to);
      return { from, to, send: outlet.send, listen: (hear) => watch.inlet(from, (bytes) => hear(bytes)) };
    }),
  };
  const notices$ = routeMidi(routes, stage, show);
  const keep = (form: LearntForm) => {
    const file = join(source.ownFolder, `${form.name}.yaml`);
    keepProfile(file, profileText(form));
    const { profiles: all } = source.load();
    watch.use(all, controllers);
    const isUsed = listControllers(all, controllers).some(({ chosen }) => chosen?.profile.name === form.name);
    return { file, isUsed };
  };
  return { watch, notices$, keep };
};
