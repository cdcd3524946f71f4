import type { Finding } from './finding.ts';
import type { Person, Survey, Thread } from './survey.ts';
import { looperUser, mayBeGiven } from './trust.ts';

/** Below it a page of a loop may be put onto the disk, and waited for. */
const enoughMemlockBytes = 64 * 2 ** 20;

const groupOf = (survey: Survey, person: Person, level: 'hint' | 'bad', code: string): Finding => {
  const { name, groups } = person;
  const about = 'group audio';
  if (name === 'root') return { code, level: 'good', about, text: 'root may use every sound card' };
  if (groups.includes('audio')) return { code, level: 'good', about, text: `${name} is in it` };
  return {
    ...{ code, level, about },
    text: `${name} is not in it, and may not open sound cards and MIDI ports`,
    todo: `add ${name} to it, then log in anew, and start the looper anew`,
    ...(mayBeGiven(survey, person) && { steps: [{ run: ['usermod', '-aG', 'audio', name] as const }] }),
  };
};

const groups = (survey: Survey): readonly Finding[] => {
  if (!survey.hasAudioGroup) {
    const text = 'this system has none; the sound cards may be open to anybody, or to nobody';
    return [{ code: 'group-audio', level: 'hint', about: 'group audio', text }];
  }
  const user = looperUser(survey);
  const found = groupOf(survey, user, 'bad', 'group-audio');
  // Who looks on needs less than who plays.
  const onlooker = survey.invoker ?? survey.asker;
  return onlooker.name === user.name ? [found] : [found, groupOf(survey, onlooker, 'hint', 'group-audio-asker')];
};

type Known = { readonly whose: string; readonly rtprio: number; readonly memlockBytes: number };

/** What systemd gives to a service that says nothing (man systemd.exec, setrlimit(2)). */
const defaultRtprio = 0;
const defaultMemlockBytes = 8 * 2 ** 20;

const limitsOf = ({ looper, service, ownLimits, asker }: Survey): Known | undefined => {
  if (looper?.limits !== undefined) return { whose: `of the looper, process ${looper.pid}`, ...looper.limits };
  if (service !== undefined)
    return {
      whose: `of the service, in ${service.file}`,
      rtprio: service.rtprio ?? defaultRtprio,
      memlockBytes: service.memlockBytes ?? defaultMemlockBytes,
    };
  return ownLimits && { whose: `of ${asker.name}`, ...ownLimits };
};

const raise = (survey: Survey, service: string, person: string): string =>
  survey.service === undefined
    ? `as root write "@audio - ${person}" into /etc/security/limits.d/audio.conf, and log in anew`
    : `write ${service} below [Service] with sudo systemctl edit hindsight, and start it anew`;

const memoryText = (bytes: number): string =>
  bytes === Number.POSITIVE_INFINITY ? 'without limit' : `up to ${Math.round(bytes / 2 ** 20)} MB`;

const limits = (survey: Survey): readonly Finding[] => {
  const known = limitsOf(survey);
  if (known === undefined) return [];
  const { whose, rtprio, memlockBytes } = known;
  const isRoot = looperUser(survey).name === 'root';
  const mayRush = isRoot || rtprio > 0;
  const mayLock = isRoot || memlockBytes >= enoughMemlockBytes;
  const about = 'limits';
  return [
    {
      ...{ code: 'limit-rtprio', level: mayRush ? ('good' as const) : ('bad' as const), about },
      text: isRoot ? 'root may have any priority' : `real-time priority up to ${rtprio} (${whose})`,
      ...(!mayRush && { todo: raise(survey, 'LimitRTPRIO=95', 'rtprio 95') }),
    },
    {
      ...{ code: 'limit-memlock', level: mayLock ? ('good' as const) : ('hint' as const), about },
      text: isRoot ? 'root may lock any memory' : `memory may be locked ${memoryText(memlockBytes)} (${whose})`,
      ...(!mayLock && { todo: raise(survey, 'LimitMEMLOCK=infinity', 'memlock unlimited') }),
    },
  ];
};

const threadText = ({ name, id, policy, priority }: Thread): string => `${name} (${id}) ${policy} ${priority}`;

/** The driver's and the engine's. */
const soundThreads = 2;

const threads = ({ looper }: Survey, isSimulated: boolean): Finding => {
  const about = 'real-time threads';
  const code = 'threads';
  if (looper === undefined)
    return { code, level: 'hint', about, text: 'no looper runs', todo: 'ask again while it plays' };
  if (looper.threads.length === 0)
    return { code, level: 'hint', about, text: 'they cannot be read', todo: 'ask as root' };
  const rushing = looper.threads.filter(({ policy }) => policy === 'fifo' || policy === 'rr');
  const rushingText = rushing.map(threadText).join(', ');
  if (rushing.length >= soundThreads)
    return { code, level: 'good', about, text: `${rushingText} of ${looper.threads.length}` };
  const few = rushing.length === 0 ? 'none' : `only ${rushingText}`;
  const text = `${few} of the ${looper.threads.length} threads of the looper (process ${looper.pid}) has real-time priority`;
  if (isSimulated) return { code, level: 'hint', about, text: `${text}; the simulated rig does without` };
  return {
    ...{ code, level: 'bad', about, text },
    todo: 'see to the limits, and start the looper anew; its log says what it could not have',
  };
};

/** Who may what. Pure. */
export const rights = (survey: Survey, isSimulated: boolean): readonly Finding[] => [
  ...groups(survey),
  ...limits(survey),
  threads(survey, isSimulated),
];
