import type { Throttling } from '../../core/health/figures.ts';
import { throttlingIn } from '../../core/health/throttling.ts';
import { namesIn } from './folders.ts';
import type { KeptFiles } from './kept-files.ts';

/** Where the machine tells of its power: the bits of a Raspberry Pi's firmware, or the alarm of the mainline kernel's driver for it. */
export type PowerSource = { readonly file: string; readonly tells: 'bits' | 'alarm' };

const firmwareFile = 'sys/devices/platform/soc/soc:firmware/get_throttled';
/** Under other names on later models. */
const driverFolder = 'sys/bus/platform/drivers/raspberrypi-firmware';

/** Undefined on a machine that tells nothing of it. `vcgencmd` is none of these: to start a program would hold up the main thread. */
export const powerSource = async (root: string, files: KeptFiles): Promise<PowerSource | undefined> => {
  const others = (await namesIn(`${root}/${driverFolder}`)).map((name) => `${driverFolder}/${name}/get_throttled`);
  for (const path of [firmwareFile, ...others]) {
    const file = `${root}/${path}`;
    if ((await files.text(file)) !== undefined) return { file, tells: 'bits' };
  }
  const chips = `${root}/sys/class/hwmon`;
  for (const name of await namesIn(chips)) {
    if ((await files.text(`${chips}/${name}/name`)) === 'rpi_volt')
      return { file: `${chips}/${name}/in0_lcrit_alarm`, tells: 'alarm' };
  }
  return undefined;
};

const ofAlarm = (isLow: boolean): Throttling => ({
  ...{ underVoltage: isLow, frequencyCapped: false, throttled: false, softLimit: false },
  ...{ underVoltageSeen: isLow, throttledSeen: false },
});

export const throttlingAt = async ({ file, tells }: PowerSource, files: KeptFiles): Promise<Throttling | null> => {
  const text = await files.text(file);
  if (text === undefined) return null;
  return tells === 'alarm' ? ofAlarm(text === '1') : (throttlingIn(text) ?? null);
};
