import type { HeldLoop, HeldSet, LoopForm } from '../set/kept-set.ts';
import type { SoundCommand } from '../sound/command.ts';
import { withBeatsPerBar, withTempo } from '../time/change.ts';
import { beatAt, frameOfBeat, type Grid, nextBarBeat } from '../time/grid.ts';
import type { Frame } from '../time/units.ts';
import { isCapturing, isComingIn, isGoing, isUnread, type Loop, memoryOf, type Track } from '../track/state.ts';
import type { SessionEvent } from './event.ts';
import { heldLoops, neededFrames, withLoop } from './held.ts';
import { type Content, noHistory, withoutLoop } from './history.ts';
import type { Reduced } from './outcome.ts';
import { done, refuse } from './outcome.ts';
import { onGrid, passFrom, startAtBar, startFrom } from './placing.ts';
import { noted } from './second-thoughts.ts';
import { allEmpty, type SessionState, trackOf, withTrack } from './state.ts';
import { reset } from './trackwork.ts';

/** A set that is about to take the place of this one: its loops are read, then it waits for the bar line. */
export type Incoming = Pick<HeldSet, 'name' | 'bpm' | 'beatsPerBar' | 'bars' | 'click'> & {
  readonly contents: readonly Content[];
} & (
    | { readonly phase: 'reading' }
    /** `grid` holds from the bar line at `from` on, which the engine says with `id`. */
    | { readonly phase: 'waiting'; readonly id: number; readonly grid: Grid; readonly from: Frame }
  );

/** A loop that is told of before it is read. */
export type UnreadLoop = LoopForm & HeldLoop;

/** What the engine is to hear of before a moment of the music. */
const leadSeconds = 0.05;

/** The frame after which a bar line is far enough away. */
const inTime = (grid: Grid, frame: Frame): Frame => frame + Math.round(grid.rate * leadSeconds);

const unreadLoop = (form: UnreadLoop, grid: Grid, sound: 'disk' | 'file'): Loop => {
  const { loopId: id, beats, phaseBeats, lostFrames, ...rest } = form;
  const bare = { id, ...rest, startBeat: 0, endBeat: beats, startFrame: 0, endFrame: 0, sound, played: false };
  return onGrid({ ...bare, ...(lostFrames > 0 && { lostFrames }) }, grid, phaseBeats);
};

const holding = (track: number, loop: Loop): SoundCommand => ({
  type: 'hold',
  track,
  loopId: loop.id,
  beats: loop.endBeat - loop.startBeat,
  frames: loop.frames,
  leadFrames: loop.leadFrames,
});

const holdingAll = (contents: readonly Content[]): readonly SoundCommand[] =>
  contents.flatMap(({ track, loop }) => (loop === undefined ? [] : [holding(track, loop)]));

/** What the tracks of a set hold, of which there may be more than there are here. */
const contentsOf = ({ tracks }: HeldSet, session: SessionState, grid: Grid): readonly Content[] =>
  tracks
    .filter(({ track }) => trackOf(session, track) !== undefined)
    .map(({ track, playing, loop }) => ({ track, plays: playing, loop: unreadLoop(loop, grid, 'disk') }));

const memoryIn = (contents: readonly Content[]): Frame =>
  contents.reduce((sum, { loop }) => sum + (loop === undefined ? 0 : memoryOf(loop)), 0);

const memoryRefusal = (session: SessionState): Reduced =>
  refuse(session, 'memory-full', 'its loops do not fit into the memory left; clear tracks, or raise memory.budgetMb');

const waitsRefusal = (session: SessionState): Reduced | undefined =>
  session.incoming && refuse(session, 'set-coming', `${session.incoming.name ?? 'a set'} is coming in; wait for it`);

const told = (frame: Frame, phase: 'restored' | 'loading' | 'loaded' | 'new', name: string | null): SessionEvent => ({
  type: 'set',
  frame,
  phase,
  name,
});

/** The set that was played last, found again at the start: stopped, or as it was. Its loops are read afterwards. */
export const restore = (session: SessionState, frame: Frame, set: HeldSet, plays: boolean): Reduced => {
  const waits = waitsRefusal(session);
  if (waits !== undefined) return waits;
  if (!allEmpty(session)) {
    return refuse(session, 'not-empty', 'the set of last time does not come back once something was captured');
  }
  const grid = withTempo(withBeatsPerBar(session.grid, set.beatsPerBar, frame), set.bpm, frame);
  const contents = contentsOf(set, session, grid);
  if (memoryIn(contents) > session.budgetFrames) return memoryRefusal(session);
  const tracks = contents.flatMap(({ track: id, loop, plays: played }): Track[] => {
    if (loop === undefined) return [];
    return [plays && played ? { id, state: 'TRIGGERED', loop, waitsFor: 'read' } : { id, state: 'STOPPED', loop }];
  });
  const { name, bars, click } = set;
  const restored = tracks.reduce(withTrack, { ...session, grid, bars, click, setName: name, history: noHistory });
  return {
    ...done(restored, { type: 'setGrid', grid }, { type: 'setClick', ...click }, ...holdingAll(contents)),
    told: [told(frame, 'restored', name)],
  };
};

/** A saved set is to take the place of this one, as soon as its loops are read. */
export const bringIn = (session: SessionState, frame: Frame, set: HeldSet): Reduced => {
  const waits = waitsRefusal(session);
  if (waits !== undefined) return waits;
  if (session.calibration.phase === 'sounding') {
    return refuse(session, 'calibrating', 'the latency is being measured; load the set when that is done');
  }
  const { name, bpm, beatsPerBar, bars, click } = set;
  const contents = contentsOf(set, session, { ...session.grid, bpm, beatsPerBar });
  if (neededFrames(session) + memoryIn(contents) > session.budgetFrames) return memoryRefusal(session);
  const incoming: Incoming = { phase: 'reading', name, bpm, beatsPerBar, bars, click, contents };
  return { ...done({ ...session, incoming }, ...holdingAll(contents)), told: [told(frame, 'loading', name)] };
};

/** A file becomes the loop of an empty track, stopped. */
export const bringLoop = (session: SessionState, frame: Frame, id: number, form: UnreadLoop): Reduced => {
  const track = trackOf(session, id);
  if (track === undefined) {
    return refuse(session, 'no-such-track', `there is no track ${id}; tracks are 1 to ${session.tracks.length}`);
  }
  // At the bar line the set would take its place.
  const waits = session.incoming?.phase === 'waiting' ? waitsRefusal(session) : undefined;
  if (waits !== undefined) return waits;
  if (track.state !== 'EMPTY') return refuse(session, 'not-empty', `track ${id} holds a loop; clear it first`);
  const loop = unreadLoop(form, session.grid, 'file');
  if (neededFrames(session) + memoryOf(loop) > session.budgetFrames) return memoryRefusal(session);
  const held = withTrack(session, { id, state: 'STOPPED', loop });
  const before: Content = { track: id, plays: false };
  return {
    ...done({ ...noted(held, 'import', [before], [{ ...before, loop }]), touched: id }, holding(id, loop)),
    told: [{ type: 'imported', frame, track: id }],
  };
};

const isRead = ({ loop }: Content): boolean => loop === undefined || !isUnread(loop);

/** How a content of a set begins to sound, if it does. */
const startOf = ({ track, loop, passBeat }: Content, grid: Grid, from: Frame): readonly SoundCommand[] =>
  loop === undefined || passBeat === undefined ? [] : [startFrom(track, loop, grid, passBeat, from)];

/** Silences a track at once, but not what a set is about to bring to it. */
export const silencing = ({ incoming }: SessionState, id: number): readonly SoundCommand[] => {
  const clear: SoundCommand = { type: 'clear', track: id };
  if (incoming?.phase !== 'waiting') return [clear];
  const { contents, grid, from } = incoming;
  const coming = contents.filter(({ track }) => track === id);
  return [clear, ...coming.flatMap((content) => startOf(content, grid, from))];
};

/** A set of which all is read waits for the bar line, where it takes the place of what sounds until then. */
const awaited = (reduced: Reduced, frame: Frame): Reduced => {
  const { session } = reduced;
  const { incoming } = session;
  if (incoming?.phase !== 'reading' || !incoming.contents.every(isRead)) return reduced;
  // It is to be kept before it goes.
  if (session.tracks.some(isComingIn)) return reduced;
  const { bpm, beatsPerBar, click } = incoming;
  const from = frameOfBeat(session.grid, nextBarBeat(session.grid, inTime(session.grid, frame)));
  const isSame = session.grid.bpm === bpm && session.grid.beatsPerBar === beatsPerBar;
  const grid = isSame ? session.grid : { ...session.grid, bpm, beatsPerBar, origin: from };
  const sounds = session.tracks.some((track) => isGoing(track) || isCapturing(track));
  const contents = incoming.contents.map((content): Content => placedOn(content, grid, from, sounds));
  const starts = contents.flatMap((content) => startOf(content, grid, from));
  const clears = session.tracks
    .filter((track) => track.state !== 'EMPTY')
    .map(({ id: track }) => ({ type: 'clear' as const, track, atFrame: from }));
  const id = session.nextSwitchId;
  return {
    ...reduced,
    session: {
      ...session,
      nextSwitchId: id + 1,
      incoming: { ...incoming, phase: 'waiting', id, grid, from, contents },
    },
    effects: [...reduced.effects, ...clears, ...starts, { type: 'setGrid', grid, at: { frame: from, id, click } }],
  };
};

/** A content on the grid of its set: it plays where it did, if anything plays now. */
const placedOn = ({ track, loop, plays }: Content, grid: Grid, from: Frame, sounds: boolean): Content => {
  if (loop === undefined) return { track, plays: false };
  const held = onGrid(loop, grid, loop.startBeat);
  if (!plays || !sounds) return { track, plays: false, loop: held };
  return { track, plays: true, loop: held, passBeat: passFrom(held, grid, beatAt(grid, from)) };
};

const trackOfContent = (id: number, contents: readonly Content[]): Track => {
  const content = contents.find(({ track }) => track === id);
  if (content?.loop === undefined) return { id, state: 'EMPTY' };
  const { loop, passBeat } = content;
  return passBeat === undefined ? { id, state: 'STOPPED', loop } : { id, state: 'PLAYING', loop, passBeat };
};

/** The bar line has come: the set is that which came in, and what was there before cannot be undone. */
export const onGridSet = (session: SessionState, frame: Frame, switchId: number): Reduced => {
  const { incoming, ...rest } = session;
  if (incoming?.phase !== 'waiting' || incoming.id !== switchId) return done(session);
  const { grid, bars, click, name, contents } = incoming;
  const tracks = session.tracks.map(({ id }) => trackOfContent(id, contents));
  return {
    ...done({ ...rest, grid, bars, click, setName: name, tracks, history: noHistory, taps: [], fresh: [] }),
    told: [told(frame, 'loaded', name)],
  };
};

/** Tracks that wait for their loops start together, once all of these are read. A set that waits for that bar line takes their place. */
const started = (reduced: Reduced, frame: Frame): Reduced => {
  const { session } = reduced;
  if (session.incoming?.phase === 'waiting') return reduced;
  const waiting = session.tracks.filter((track) => track.state === 'TRIGGERED' && track.waitsFor === 'read');
  const isUnreadYet = (track: Track): boolean => track.state !== 'EMPTY' && isUnread(track.loop);
  if (waiting.length === 0 || waiting.some(isUnreadYet)) return reduced;
  const starts = waiting.flatMap((track) =>
    track.state === 'EMPTY'
      ? []
      : [{ loop: track.loop, effect: startAtBar(track.id, track.loop, session.grid, inTime(session.grid, frame)) }],
  );
  const triggered = starts.map(
    ({ loop, effect }): Track => ({
      id: effect.track,
      state: 'TRIGGERED',
      loop,
      waitsFor: 'start',
      passBeat: effect.atBeat,
    }),
  );
  return {
    ...reduced,
    session: triggered.reduce(withTrack, session),
    effects: [...reduced.effects, ...starts.map(({ effect }) => effect)],
  };
};

/** What waits for loops that are read goes on once the last one of them is, or is waited for no more. */
export const goneOn = (reduced: Reduced, frame: Frame): Reduced => awaited(started(reduced, frame), frame);

/** All of a loop's sound is in memory. */
export const onLoopRead = (session: SessionState, loopId: number): Reduced => {
  const loop = heldLoops(session).get(loopId);
  return done(loop !== undefined && isUnread(loop) ? withLoop(session, loopId, { sound: 'here' }) : session);
};

/** A loop could not be read: what else there is comes without it. */
export const onLoopUnreadable = (session: SessionState, frame: Frame, loopId: number, reason: string): Reduced => {
  const { incoming } = session;
  const isOther = ({ loop }: Content): boolean => loop?.id !== loopId;
  const lost = session.tracks.find((track) => track.state !== 'EMPTY' && track.loop.id === loopId);
  const content = incoming?.contents.find((one) => !isOther(one));
  const id = lost?.id ?? content?.track;
  if (id === undefined) return done({ ...session, history: withoutLoop(session.history, loopId) });
  const without: SessionState = {
    ...session,
    history: withoutLoop(session.history, loopId),
    ...(incoming && { incoming: { ...incoming, contents: incoming.contents.filter(isOther) } }),
  };
  const emptied = lost === undefined ? without : withTrack(without, { id, state: 'EMPTY' });
  const effects = lost === undefined ? [] : silencing(session, id);
  return { ...done(emptied, ...effects), told: [{ type: 'unreadable', frame, track: id, reason }] };
};

/** What comes in comes no more. */
const cancelled = (session: SessionState): Reduced => {
  const { incoming, ...rest } = session;
  if (incoming?.phase !== 'waiting') return done(rest);
  const clears = incoming.contents.map(({ track }) => ({ type: 'clear' as const, track }));
  return done(rest, { type: 'setGrid', grid: session.grid }, ...clears);
};

/** All tracks empty, from any state, and no set comes in any more. Never refused. */
export const resetAll = (session: SessionState, frame: Frame): Reduced => {
  const before = cancelled(session);
  const after = reset(before.session, frame);
  return { ...after, effects: [...before.effects, ...after.effects] };
};

/** An empty set, without a name. */
export const newSet = (session: SessionState, frame: Frame): Reduced => {
  const { session: empty, effects } = resetAll(session, frame);
  return {
    ...done({ ...empty, setName: null }, ...effects),
    wishes: [{ type: 'bin' }],
    told: [told(frame, 'new', null)],
  };
};
