import type { Finding } from './finding.ts';
import type { Survey, UsbDevice } from './survey.ts';

const titleOf = ({ title, path }: UsbDevice): string => `${title} (${path})`;

const is = (kind: UsbDevice['kinds'][number]) => (device: UsbDevice) => device.kinds.includes(kind);

const isRoot = (hub: string): boolean => hub.startsWith('usb');

/** All sockets that something hangs on, the machine's own last: 1-1.2.3 is below 1-1.2, 1-1 and usb1. */
const above = ({ path }: UsbDevice): readonly string[] => {
  const hubs: string[] = [];
  for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) hubs.push(path.slice(0, at));
  return [...hubs, `usb${path.split('-', 1)[0]}`];
};

/** The nearest hub that two devices share; undefined where they are on different buses. */
const shared = (one: UsbDevice, other: UsbDevice): string | undefined => {
  const others = new Set(above(other));
  return above(one).find((hub) => others.has(hub));
};

const topology = ({ usb }: Survey): readonly Finding[] => {
  const [code, about] = ['usb-topology', 'USB sockets'];
  const [sounds, disks] = [usb.filter(is('audio')), usb.filter(is('disk'))];
  const pairs = sounds.flatMap((sound) => disks.map((disk) => ({ sound, disk, hub: shared(sound, disk) })));
  const close = pairs.filter(({ hub }) => hub !== undefined);
  if (sounds.length === 0) return [];
  if (close.length === 0)
    return [{ code, level: 'good', about, text: `${sounds.map(titleOf).join(', ')}: no disk shares its bus` }];
  return close.map(({ sound, disk, hub = '' }) => ({
    ...{ code, level: 'hint', about },
    text: `${titleOf(sound)} and the disk ${titleOf(disk)} share ${isRoot(hub) ? `bus ${hub.slice(3)}` : `hub ${hub}`}: a busy disk can disturb the sound`,
    todo: 'plug the disk into a socket of the other colour (USB 3), or the interface into the machine itself',
  }));
};

const autosuspend = ({ usb }: Survey): readonly Finding[] => {
  const [code, about] = ['autosuspend', 'USB power saving'];
  const ours = usb.filter((device) => is('audio')(device) || is('midi')(device));
  if (ours.length === 0) return [];
  const sleepy = ours.filter(({ power }) => power === 'auto');
  if (sleepy.length === 0) return [{ code, level: 'good', about, text: 'off for all interfaces and controllers' }];
  return [
    {
      ...{ code, level: 'hint', about },
      text: `${sleepy.map(titleOf).join(', ')} may be put to sleep, and wakes up with a click or late`,
      todo: 'switch it off for them; the udev rules of the package do so at each plug',
      steps: sleepy.map(({ powerFile }) => ({ write: powerFile, value: 'on' })),
    },
  ];
};

/** How interfaces and controllers hang on the machine. Pure. */
export const usb = (survey: Survey): readonly Finding[] => [...topology(survey), ...autosuspend(survey)];
