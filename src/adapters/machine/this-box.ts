import { cpu, osInfo, system } from 'systeminformation';

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** What this machine is, in a line: board or maker, processor, system, kernel. Takes a moment, and starts programs. */
export const boxText = async (): Promise<string> => {
  const [box, { brand, cores }, { distro, release, kernel, arch }] = await Promise.all([system(), cpu(), osInfo()]);
  return [
    words(box.manufacturer, box.model),
    words(brand, `x ${cores}`),
    words(distro, release),
    words('kernel', kernel, arch),
  ]
    .filter((part) => part !== '')
    .join(', ');
};
