import type {
  ControllerPicture,
  Health,
  ServerMessage,
  StateView,
  TrackPicture,
  Word,
} from '../../protocol/hindsight-v1.ts';
import { deedText } from '../words/deeds.ts';

/** A word with a number of its own, so that the same words said twice are seen twice. */
export type Told = { readonly serial: number; readonly word: Word };
export type MonitorLine = { readonly serial: number; readonly line: string };

/** What the page knows of the looper: nothing but what the looper said. */
export type Mirror = {
  /** Null until the first snapshot. */
  readonly run: string | null;
  readonly version: string;
  readonly seq: number;
  readonly state: StateView | null;
  /** The newest last. */
  readonly told: readonly Told[];
  readonly controllers: readonly ControllerPicture[];
  readonly monitor: readonly MonitorLine[];
  readonly health: Health | null;
  /** A change was missed: what is shown may be wrong until a snapshot comes. */
  readonly lacks: boolean;
  /** How often the looper was started anew under our eyes. */
  readonly restarts: number;
};

export const emptyMirror: Mirror = {
  run: null,
  version: '',
  seq: 0,
  state: null,
  told: [],
  controllers: [],
  monitor: [],
  health: null,
  lacks: false,
  restarts: 0,
};

const keptWords = 40;
const keptLines = 200;

const nextSerial = (list: readonly { readonly serial: number }[]): number => (list.at(-1)?.serial ?? 0) + 1;

export const withWord = (mirror: Mirror, word: Word): Mirror => ({
  ...mirror,
  told: [...mirror.told, { serial: nextSerial(mirror.told), word }].slice(-keptWords),
});

const ownWord = (mirror: Mirror, code: string | null, text: string): Mirror =>
  withWord(mirror, { frame: 0, level: code === null ? 'info' : 'warn', text, code, track: null });

type Of<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

const sameWord = (a: Word | undefined, b: Word): boolean => a !== undefined && a.frame === b.frame && a.text === b.text;

const onSnapshot = (mirror: Mirror, message: Of<'snapshot'>): Mirror => {
  const { run, version, seq, state } = message;
  const isAnew = mirror.run !== null && mirror.run !== run;
  const base: Mirror = isAnew
    ? { ...emptyMirror, told: mirror.told, restarts: mirror.restarts + 1 }
    : { ...mirror, lacks: false };
  const known: Mirror = { ...base, run, version, seq, state };
  if (isAnew) return ownWord(known, 'restarted', 'the looper was started anew');
  const { word } = state;
  return word === null || sameWord(known.told.at(-1)?.word, word) ? known : withWord(known, word);
};

/** Tracks that did not change stay the same values, so that nobody draws them again. */
const withTracks = (before: readonly TrackPicture[], changed: readonly TrackPicture[]): readonly TrackPicture[] => {
  const news = new Map(changed.map((track) => [track.id, track]));
  const merged = before.map((track) => news.get(track.id) ?? track);
  const known = new Set(before.map(({ id }) => id));
  return [...merged, ...changed.filter(({ id }) => !known.has(id))];
};

const onChange = (mirror: Mirror, message: Of<'change'>): Mirror => {
  const { seq, state: changed, said, frame } = message;
  // What is older than what we know was overtaken by a snapshot.
  if (mirror.state === null || seq <= mirror.seq) return mirror;
  const { tracks, ...rest } = changed;
  const before = mirror.state;
  const state: StateView = {
    ...before,
    ...(rest as Partial<StateView>),
    ...(tracks !== undefined && { tracks: withTracks(before.tracks, tracks) }),
  };
  const next: Mirror = { ...mirror, seq, state, lacks: mirror.lacks || seq !== mirror.seq + 1 };
  const spoken = said.reduce(withWord, next);
  // A looper that does not speak of tracks is spoken for.
  const deed = said.length === 0 && tracks !== undefined ? deedText(before, tracks) : undefined;
  if (deed === undefined) return spoken;
  return withWord(spoken, { frame, level: 'info', text: deed.text, code: null, track: deed.track });
};

/** What the page knows after a message. Pure. */
export const applyMessage = (mirror: Mirror, message: ServerMessage): Mirror => {
  switch (message.type) {
    case 'snapshot':
      return onSnapshot(mirror, message);
    case 'change':
      return onChange(mirror, message);
    case 'refused':
    case 'error':
      // It was also said to all, where it was a command to the session.
      return mirror.told.at(-1)?.word.text === message.reason ? mirror : ownWord(mirror, message.code, message.reason);
    case 'lamps':
      return { ...mirror, controllers: message.controllers };
    case 'monitor':
      return {
        ...mirror,
        monitor: [...mirror.monitor, { serial: nextSerial(mirror.monitor), line: message.line }].slice(-keptLines),
      };
    case 'health':
      return { ...mirror, health: message.health };
    case 'done':
    case 'position':
    case 'levels':
    case 'sets':
    case 'waveform':
      return mirror;
  }
};
