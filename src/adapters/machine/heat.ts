import { namesIn } from './folders.ts';
import type { KeptFiles } from './kept-files.ts';

/** Where the temperature of the processor is read, in thousandths of a degree, and from where on it is made slower. */
export type HeatSource = { readonly file: string; readonly limitC: number | null };

/**
 * A Raspberry Pi is made slower bit by bit between 80 and 85 degrees:
 * https://www.raspberrypi.com/documentation/computers/raspberry-pi.html#frequency-management-and-thermal-control
 */
const raspberryLimitC = 80;

const wholeDegrees = (text: string | undefined): number | null => {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value / 1000 : null;
};

/** Names of zones that are a processor's: of the Raspberry Pi, of Intel, of other boards. */
const processors = [/^cpu[-_]?thermal/, /^x86_pkg_temp$/, /^(soc|cpu)/];

const tripLimit = async (zone: string, files: KeptFiles): Promise<number | null> => {
  const names = (await namesIn(zone)).filter((name) => /^trip_point_\d+_type$/.test(name));
  const limits: number[] = [];
  for (const name of names) {
    if (!['passive', 'hot', 'critical'].includes((await files.text(`${zone}/${name}`)) ?? '')) continue;
    const limit = wholeDegrees(await files.text(`${zone}/${name.replace('_type', '_temp')}`));
    if (limit !== null) limits.push(limit);
  }
  return limits.length === 0 ? null : Math.min(...limits);
};

const thermalZone = async (root: string, files: KeptFiles): Promise<HeatSource | undefined> => {
  const folder = `${root}/sys/class/thermal`;
  const zones = (await namesIn(folder)).filter((name) => name.startsWith('thermal_zone'));
  const types = new Map<string, string>();
  for (const zone of zones) types.set(zone, (await files.text(`${folder}/${zone}/type`)) ?? '');
  const zone = processors.flatMap((kind) => zones.filter((name) => kind.test(types.get(name) ?? '')))[0];
  if (zone === undefined) return undefined;
  const isRaspberry = (await files.text(`${root}/proc/device-tree/model`))?.startsWith('Raspberry Pi') === true;
  const limitC = isRaspberry ? raspberryLimitC : await tripLimit(`${folder}/${zone}`, files);
  return { file: `${folder}/${zone}/temp`, limitC };
};

/** Chips that tell the temperature of a PC's processor. */
const sensors = ['coretemp', 'k10temp', 'zenpower', 'cpu_thermal'];

const sensor = async (root: string, files: KeptFiles): Promise<HeatSource | undefined> => {
  const folder = `${root}/sys/class/hwmon`;
  for (const name of await namesIn(folder)) {
    const chip = `${folder}/${name}`;
    if (!sensors.includes((await files.text(`${chip}/name`)) ?? '')) continue;
    const limitC = wholeDegrees((await files.text(`${chip}/temp1_max`)) ?? (await files.text(`${chip}/temp1_crit`)));
    return { file: `${chip}/temp1_input`, limitC };
  }
  return undefined;
};

/** The thermometer of the processor; undefined where there is none, as in a virtual machine. */
export const heatSource = async (root: string, files: KeptFiles): Promise<HeatSource | undefined> =>
  (await thermalZone(root, files)) ?? (await sensor(root, files));

export const temperatureAt = async ({ file }: HeatSource, files: KeptFiles): Promise<number | null> =>
  wholeDegrees(await files.text(file));
