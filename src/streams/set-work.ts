import { Observable } from 'rxjs';
import { UserError } from '../core/errors.ts';
import type { SessionCommand } from '../core/session/command.ts';
import type { SessionEvent } from '../core/session/event.ts';
import { setKeyOf, setNameOf } from '../core/set/set-name.ts';
import type { SetsQuestion } from '../ports/backstage.ts';
import type { SetStore, SetView, StoreFigures } from '../ports/set-store.ts';
import type { Stage } from './controller.ts';
import { refusalOf } from './refusal.ts';
import type { Moment } from './session.ts';
import type { SetKeeper } from './set-keeper.ts';
import { bpmText, type SetLibrary } from './set-library.ts';

export type SetsParts = {
  /** Where the sets are. */
  readonly folder: string;
  readonly stage: Stage;
  readonly store: SetStore;
  readonly keeper: SetKeeper;
  readonly library: SetLibrary;
};

type Say = (line: string) => void;

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

const loopsText = (count: number): string => (count === 1 ? '1 loop' : `${count} loops`);

const viewText = ({ name, bpm, beatsPerBar, tracks, seconds, bytes }: SetView, place: number): string =>
  `${place}. ${name}: ${bpmText(bpm)} BPM, ${beatsPerBar} beats a bar, ${loopsText(tracks)} of ${seconds.toFixed(1)} s, ${megabytes(bytes)}`;

/** What the disk has had to bear, in a line. `hours` is the time since the start. */
export const storeText = ({ filesWritten, bytesWritten, freeBytes }: StoreFigures, hours: number): string =>
  `disk: ${megabytes(bytesWritten)} in ${filesWritten} files written since the start, ${(filesWritten / hours).toFixed(0)} files an hour; ${megabytes(freeBytes)} free`;

const endOf = (event: SessionEvent, phase: 'loaded' | 'saved'): UserError | 'done' | undefined => {
  if (event.type !== 'set') return undefined;
  if (event.phase === 'failed') return new UserError(event.code, event.reason);
  return event.phase === phase ? 'done' : undefined;
};

const calledOff = new UserError('set-cancelled', 'a reset came before the set; load it again');

const closed = new UserError('closed', 'the looper ends; start it and ask again');

const isNamed = (name: string | null, text: string): boolean =>
  name !== null && setKeyOf(name) === setKeyOf(setNameOf(text));

/** Gives the session a command that ends with an event, and resolves with it. Rejects with why it was refused or failed. */
const commanded = ({ session }: Stage, command: SessionCommand, phase: 'loaded' | 'saved'): Promise<void> =>
  new Promise((resolve, reject) => {
    let wasComing = false;
    const look = ({ events, session: { incoming } }: Moment): void => {
      const isCalledOff = phase === 'loaded' && wasComing && incoming === undefined;
      wasComing = incoming !== undefined;
      const told = events.map((event) => endOf(event, phase)).find((end) => end !== undefined);
      const ends = told ?? (isCalledOff ? calledOff : undefined);
      if (ends === undefined) return;
      listening.unsubscribe();
      if (ends === 'done') resolve();
      else reject(ends);
    };
    const listening = session.moments$.subscribe({ next: look, complete: () => reject(closed) });
    const refused = refusalOf(session, () => session.command(command));
    if (refused === undefined) return;
    listening.unsubscribe();
    reject(new UserError(refused.code, refused.reason));
  });

const sayViews = (views: readonly SetView[], say: Say): void => {
  for (const [index, view] of views.entries()) say(viewText(view, index + 1));
};

const list = async ({ store, stage }: SetsParts, say: Say): Promise<void> => {
  const { sets, troubles } = await store.list();
  const { setName, tracks } = stage.session.state;
  const held = tracks.filter(({ state }) => state !== 'EMPTY').length;
  say(`now: ${setName ?? 'a set without a name'}, ${loopsText(held)}`);
  sayViews(sets, say);
  if (sets.length === 0) say('no set is saved yet; hindsight sets save NAME does it');
  for (const trouble of troubles) say(trouble);
};

/** The tape goes on while it is written to a file: so much of its oldest end is left to it. */
const marginSeconds = 2;
/** As many seconds of the tape at a time as are copied without being felt. */
const pieceSeconds = 1;

const writeTape = async ({ store, stage }: SetsParts, path: string): Promise<number> => {
  const { session, audio, clock } = stage;
  const { tapeFrames, grid } = session.state;
  const end = audio.frameAt(clock.now()) - grid.rate;
  const piece = grid.rate * pieceSeconds;
  let from = Math.max(0, end - tapeFrames + marginSeconds * grid.rate);
  if (from >= end) throw new UserError('tape-empty', 'the tape holds nothing yet; play first');
  const begin = from;
  await store.write(path, () => {
    const frames = Math.min(piece, end - from);
    if (frames <= 0) return undefined;
    const heard = audio.heard(from, frames);
    if (heard === undefined)
      throw new UserError('tape-gone', `${path}: the tape was over before it was written; try again`);
    from += frames;
    return heard;
  });
  return (end - begin) / grid.rate;
};

const act = async (parts: SetsParts, question: SetsQuestion, say: Say): Promise<void> => {
  const { stage, store, keeper, library } = parts;
  switch (question.act) {
    case 'list':
      return list(parts, say);
    case 'bin': {
      const views = await store.listBin();
      sayViews(views, say);
      if (views.length === 0) say('the bin is empty');
      return;
    }
    case 'recover':
      return say(`saved again as ${await store.recoverFromBin(question.place, question.name)}`);
    case 'flush':
      await keeper.flushed();
      return say(parts.folder);
    case 'new':
      stage.session.command({ type: 'newSet' });
      await keeper.flushed();
      return say('an empty set; what was there is in the bin');
    case 'save': {
      const { act: _, ...which } = question;
      await commanded(stage, { type: 'saveSet', ...which }, 'saved');
      return say(`saved as ${stage.session.state.setName}`);
    }
    case 'load':
      await commanded(stage, { type: 'loadSet', name: question.name }, 'loaded');
      return say(`${question.name} is here`);
    case 'rename':
      await store.rename(question.name, question.to);
      if (isNamed(stage.session.state.setName, question.name)) {
        stage.session.report({ type: 'setSaved', name: setNameOf(question.to) });
      }
      return say(`${question.name} is now ${setNameOf(question.to)}`);
    case 'delete':
      await store.remove(question.name);
      return say(`${question.name} is in the bin`);
    case 'import':
      await library.importLoop(question.path, question.track, question.bars);
      return say(`track ${question.track} has it, stopped`);
    case 'tape':
      return say(`${(await writeTape(parts, question.path)).toFixed(1)} s of the tape are in ${question.path}`);
  }
};

/** Work with the sets, told line by line; errors with why it could not be done. */
export const setWork = (parts: SetsParts, question: SetsQuestion): Observable<string> =>
  new Observable((listener) => {
    act(parts, question, (line) => listener.next(line)).then(
      () => listener.complete(),
      (error: unknown) => listener.error(error),
    );
  });
