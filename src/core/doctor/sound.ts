import type { Finding } from './finding.ts';
import type { Holder, Survey, SurveyedCard, SurveyedSettings } from './survey.ts';

const cardTitle = ({ number, id, name }: SurveyedCard): string => `${name} (hw:${id}, card ${number})`;

/** The cards that the settings may mean: a piece of the name, or the ALSA id. Without a wish those on USB, else all. */
const meantCards = (cards: readonly SurveyedCard[], device: string | null): readonly SurveyedCard[] => {
  if (device === null) {
    const usb = cards.filter(({ isUsb }) => isUsb);
    return usb.length > 0 ? usb : cards;
  }
  const piece = device
    .toLowerCase()
    .replace(/^(plug)?hw:\s*/, '')
    .replace(/,\d+$/, '');
  return cards.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(piece));
};

const hertz = (rates: readonly number[]): string => `${rates.join(', ')} Hz`;

const rateOf = (card: SurveyedCard, wanted: number): Finding => {
  const [code, about] = ['rate', 'sample rate'];
  const { rates } = card;
  if (rates.length === 0) return { code, level: 'good', about, text: `${cardTitle(card)} does not tell its rates` };
  if (rates.includes(wanted)) return { code, level: 'good', about, text: `${cardTitle(card)} has ${wanted} Hz` };
  return {
    ...{ code, level: 'bad', about, text: `${cardTitle(card)} has no ${wanted} Hz, but ${hertz(rates)}` },
    todo: `write one of them as audio.rate, of 44100, 48000, 88200 and 96000`,
  };
};

const cardFindings = ({ cards }: Survey, { device, rate }: SurveyedSettings): readonly Finding[] => {
  const [code, about] = ['card', 'sound card'];
  if (cards.length === 0)
    return [{ code, level: 'bad', about, text: 'there is none', todo: 'plug the interface in; see also its power' }];
  const meant = meantCards(cards, device);
  const all = cards.map(cardTitle).join(', ');
  if (meant.length === 0)
    return [
      {
        ...{ code, level: 'bad', about, text: `none is ${device}, which audio.device asks for; there is ${all}` },
        todo: 'plug it in, or write a piece of the name of another one',
      },
    ];
  return [
    { code, level: 'good', about, text: meant.map(cardTitle).join(', ') },
    ...meant.map((card) => rateOf(card, rate)),
  ];
};

const nameOf = ({ command, pid }: { readonly command: string; readonly pid: number }): string =>
  `${command} (process ${pid})`;

const isDesktops = (command: string): boolean => /^(pipewire|wireplumber|pulseaudio)/.test(command);

const endText = (commands: readonly string[]): string => {
  const desktop = commands.some(isDesktops);
  const others = commands.filter((command) => !isDesktops(command));
  return [
    desktop &&
      'as the user that it runs as: systemctl --user mask --now pipewire.socket pipewire-pulse.socket pipewire wireplumber pulseaudio.socket pulseaudio',
    others.length > 0 && `end ${others.join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
};

const unique = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

const holders = (survey: Survey): Finding => {
  const [code, about] = ['card-users', 'users of the card'];
  const others = survey.holders.filter(({ pid }) => pid !== survey.looper?.pid);
  const named = (some: readonly Holder[]): string => unique(some.map(nameOf)).join(', ');
  const playing = others.filter(({ holds }) => holds === 'pcm');
  if (playing.length > 0)
    return {
      ...{ code, level: 'bad', about, text: `${named(playing)} plays or records on it, so that the looper cannot` },
      todo: endText(unique(playing.map(({ command }) => command))),
    };
  const waiting = unique([...others.map(nameOf), ...survey.soundServers.map(nameOf)]);
  if (waiting.length > 0)
    return {
      ...{ code, level: 'hint', about, text: `${waiting.join(', ')} runs, and may take it at any time` },
      todo: endText(unique([...others, ...survey.soundServers].map(({ command }) => command))),
    };
  return {
    code,
    level: 'good',
    about,
    text: survey.isRoot ? 'nobody else' : 'nobody else that can be seen; root sees all',
  };
};

/** Not by the name of the package's own, which it would hide from then on: modules-load.d(5). A purge takes it away. */
const modulesFile = '/etc/modules-load.d/hindsight-doctor.conf';

const sequencer = ({ hasSequencer, loadsModules }: Survey): Finding => {
  const [code, about] = ['sequencer', 'MIDI sequencer'];
  if (hasSequencer) return { code, level: 'good', about, text: '/dev/snd/seq is there' };
  return {
    ...{ code, level: 'bad', about, text: 'there is no /dev/snd/seq, so that no controller is heard' },
    todo: `load the module snd-seq of the kernel, now${loadsModules ? '; the package does so' : ' and'} at each start`,
    steps: [{ run: ['modprobe', 'snd-seq'] }, ...(loadsModules ? [] : [{ write: modulesFile, value: 'snd-seq' }])],
  };
};

/** Whether sound and MIDI can be had. Pure. */
export const sound = (survey: Survey, settings: SurveyedSettings): readonly Finding[] => [
  ...cardFindings(survey, settings),
  holders(survey),
  sequencer(survey),
];
