import type { Holder, Survey, SurveyedCard } from '../../../core/doctor/survey.ts';
import { textOf } from '../../kernel/text.ts';
import { entriesOf, linesOf, linkOf } from './read.ts';

/** `Rates: 44100, 48000` of a USB card, `rates [0x5f0]: 44100 48000` of a codec. */
const ratesIn = (lines: readonly string[]): readonly number[] =>
  lines.flatMap((line) => {
    const [, list] = /^\s*(?:Rates:|rates \[[^\]]*\]:)(.*)$/.exec(line) ?? [];
    return (list ?? '')
      .split(/[\s,]+/)
      .map(Number)
      .filter((rate) => rate > 0);
  });

const nameIn = (cards: readonly string[], number: number): string | undefined =>
  cards.flatMap((line) => {
    const [, at, name] = /^\s*(\d+) \[.*\]: .* - (.*)$/.exec(line) ?? [];
    return at !== undefined && Number(at) === number && name !== undefined ? [name.trim()] : [];
  })[0];

/** The sound cards, with the rates that the kernel tells without opening them. */
export const cardsIn = (root: string): readonly SurveyedCard[] => {
  const folder = `${root}/proc/asound`;
  const names = linesOf(`${folder}/cards`);
  return entriesOf(folder).flatMap((entry) => {
    const [, digits] = /^card(\d+)$/.exec(entry) ?? [];
    const id = textOf(`${folder}/${entry}/id`);
    if (digits === undefined || id === undefined) return [];
    const files = entriesOf(`${folder}/${entry}`).filter((name) => /^(stream\d+|codec#\d+)$/.test(name));
    const rates = files.flatMap((name) => ratesIn(linesOf(`${folder}/${entry}/${name}`)));
    return {
      ...{ number: Number(digits), id, name: nameIn(names, Number(digits)) ?? id },
      rates: [...new Set(rates)].toSorted((a, b) => a - b),
      isUsb: textOf(`${folder}/${entry}/usbid`) !== undefined,
    };
  });
};

/** The process of a thread: what the kernel notes as the owner is the thread that opened. */
const processOf = (root: string, thread: number): number =>
  Number(
    linesOf(`${root}/proc/${thread}/status`)
      .find((line) => line.startsWith('Tgid:'))
      ?.slice(5) ?? thread,
  );

const commandOf = (root: string, pid: number): string => textOf(`${root}/proc/${pid}/comm`) ?? 'a program';

const owners = (root: string, card: number): readonly Holder[] => {
  const folder = `${root}/proc/asound/card${card}`;
  const status = entriesOf(folder)
    .filter((name) => /^pcm\d+[pc]$/.test(name))
    .flatMap((pcm) => entriesOf(`${folder}/${pcm}`).map((sub) => `${folder}/${pcm}/${sub}/status`));
  return status.flatMap((file) => {
    const [, owner] = /owner_pid\s*:\s*(\d+)/.exec(textOf(file) ?? '') ?? [];
    if (owner === undefined) return [];
    const pid = processOf(root, Number(owner));
    return { pid, command: commandOf(root, pid), holds: 'pcm' as const, card };
  });
};

/** Open files that are a card's: those of other users only root sees. */
const openers = (root: string, pid: number): readonly Holder[] =>
  entriesOf(`${root}/proc/${pid}/fd`).flatMap((handle) => {
    const [, kind, card] =
      /^\/dev\/snd\/(pcm|control)C(\d+)/.exec(linkOf(`${root}/proc/${pid}/fd/${handle}`) ?? '') ?? [];
    if (kind === undefined) return [];
    const holds = kind === 'pcm' ? ('pcm' as const) : ('control' as const);
    return { pid, command: commandOf(root, pid), holds, card: Number(card) };
  });

const servers = /^(pipewire(-pulse)?|wireplumber|pulseaudio|jackd|jackdbus)$/;

/** Who has a card open, and the sound servers that run. Nothing is opened for it. */
export const cardUsersIn = (root: string, cards: readonly SurveyedCard[]): Pick<Survey, 'holders' | 'soundServers'> => {
  const pids = entriesOf(`${root}/proc`)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const all = [...cards.flatMap(({ number }) => owners(root, number)), ...pids.flatMap((pid) => openers(root, pid))];
  const seen = new Map(all.map((holder) => [`${holder.pid} ${holder.holds} ${holder.card}`, holder]));
  return {
    holders: [...seen.values()],
    soundServers: pids
      .map((pid) => ({ pid, command: commandOf(root, pid) }))
      .filter(({ command }) => servers.test(command)),
  };
};
