import { renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeptFiles } from '../../../src/adapters/machine/kept-files.ts';
import { deviceName, StateDisk } from '../../../src/adapters/machine/state-disk.ts';
import { ThisMachine } from '../../../src/adapters/machine/this-machine.ts';
import type { MachineFigures } from '../../../src/core/health/figures.ts';
import { aTree, type Tree } from './a-tree.ts';

const meminfo = 'MemTotal:        3884380 kB\nMemFree:          120000 kB\nMemAvailable:    2884380 kB\n';

const pi: Tree = {
  'proc/meminfo': meminfo,
  'proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0',
  'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
  'sys/class/thermal/thermal_zone0/temp': '61342\n',
  'sys/class/thermal/thermal_zone0/trip_point_0_type': 'critical\n',
  'sys/class/thermal/thermal_zone0/trip_point_0_temp': '110000\n',
  'sys/devices/platform/soc/soc:firmware/get_throttled': '50005\n',
};

const open: ThisMachine[] = [];
afterEach(async () => {
  for (const machine of open.splice(0)) await machine.close();
});

const machineAt = (root: string, folder = join(root, 'state')): ThisMachine => {
  const machine = new ThisMachine(folder, root);
  open.push(machine);
  return machine;
};

const look = (tree: Tree): Promise<MachineFigures> => machineAt(aTree(tree)).look();

test('a Raspberry Pi tells its heat, its power and its memory', async () => {
  expect(await look(pi)).toMatchObject({
    ...{ temperatureC: 61.342, temperatureLimitC: 80 },
    throttling: { underVoltage: true, throttled: true, frequencyCapped: false, underVoltageSeen: true },
    ...{ memoryAvailableBytes: 2884380 * 1024, memoryTotalBytes: 3884380 * 1024 },
  });
});

test('a later one, whose firmware has another name, tells its power too', async () => {
  const { 'sys/devices/platform/soc/soc:firmware/get_throttled': _, ...rest } = pi;
  const path = 'sys/bus/platform/drivers/raspberrypi-firmware/soc@107c000000:firmware/get_throttled';
  expect((await look({ ...rest, [path]: '1\n' })).throttling).toMatchObject({ underVoltage: true, throttled: false });
});

test.each([
  ['1\n', true],
  ['0\n', false],
])('with the mainline kernel a Raspberry Pi tells only that its power is low: %j', async (alarm, underVoltage) => {
  const chip = { 'sys/class/hwmon/hwmon1/name': 'rpi_volt\n', 'sys/class/hwmon/hwmon1/in0_lcrit_alarm': alarm };
  expect((await look({ 'proc/meminfo': meminfo, ...chip })).throttling).toMatchObject({
    underVoltage,
    throttled: false,
  });
});

test('a PC tells the heat of its package, and its lowest limit', async () => {
  const zone = 'sys/class/thermal/thermal_zone1';
  const pc: Tree = {
    'sys/class/thermal/thermal_zone0/type': 'acpitz\n',
    'sys/class/thermal/thermal_zone0/temp': '27800\n',
    ...{ [`${zone}/type`]: 'x86_pkg_temp\n', [`${zone}/temp`]: '48000\n' },
    ...{ [`${zone}/trip_point_0_type`]: 'passive\n', [`${zone}/trip_point_0_temp`]: '0\n' },
    ...{ [`${zone}/trip_point_1_type`]: 'critical\n', [`${zone}/trip_point_1_temp`]: '100000\n' },
  };
  expect(await look(pc)).toMatchObject({ temperatureC: 48, temperatureLimitC: 100, throttling: null });
});

test('without zones the sensor of the processor will do', async () => {
  const chip = 'sys/class/hwmon/hwmon2';
  const tree = { [`${chip}/name`]: 'k10temp\n', [`${chip}/temp1_input`]: '51125\n', [`${chip}/temp1_max`]: '70000\n' };
  expect(await look(tree)).toMatchObject({ temperatureC: 51.125, temperatureLimitC: 70 });
});

test('a container tells nothing, and that is no error', async () => {
  expect(await look({})).toMatchObject({
    ...{ temperatureC: null, temperatureLimitC: null, throttling: null },
    ...{ memoryAvailableBytes: null, memoryTotalBytes: null },
    disk: { isReadOnly: false, writtenBytes: null, wear: null },
  });
});

test('of an eMMC it tells the wear, and what was written since the first look, also from a partition', async () => {
  const disk = 'sys/devices/platform/emmc2bus/mmc_host/mmc0/mmc0:0001/block/mmcblk0';
  const root = aTree({
    ...{ [`${disk}/stat`]: '1 2 3 4 5 6 1000 8 9 10 11\n', [`${disk}/device/life_time`]: '0x02 0x01\n' },
    ...{ [`${disk}/device/pre_eol_info`]: '0x01\n', [`${disk}/mmcblk0p2/partition`]: '2\n' },
  });
  const name = deviceName(statSync(root).dev);
  const link = aTree({ [`sys/dev/block/${name}`]: `-> ${join(root, disk, 'mmcblk0p2')}` });
  const machine = machineAt(link, root);
  expect((await machine.look()).disk).toMatchObject({ writtenBytes: 0, wear: { lifeUsed: 0.2, reserve: 'normal' } });
  writeFileSync(join(root, disk, 'stat'), '1 2 3 4 5 6 1008 8 9 10 11\n');
  expect((await machine.look()).disk).toMatchObject({ writtenBytes: 8 * 512 });
});

test('a disk that could not be found is looked for again', async () => {
  const root = aTree({ 'sys/devices/sda/stat': '1 2 3 4 5 6 1000 8 9 10 11\n' });
  const name = deviceName(statSync(root).dev);
  const link = aTree({ [`sys/dev/block/${name}`]: `-> ${join(root, 'sys/devices/sda')}` });
  class Failing extends KeptFiles {
    fails = true;
    override text(path: string) {
      return this.fails ? Promise.reject(new Error('no more files')) : super.text(path);
    }
  }
  const files = new Failing();
  const disk = new StateDisk(link, root, files);
  expect(await disk.look()).toBeNull();
  files.fails = false;
  expect(await disk.look()).toMatchObject({ writtenBytes: 0 });
  await files.close();
});

test('the disk of a folder that is not there yet is that on which it will be', async () => {
  const root = aTree({});
  const { disk } = await machineAt(root, join(root, 'not', 'there', 'yet')).look();
  expect(disk?.totalBytes).toBeGreaterThan(0);
  expect(disk?.freeBytes).toBeLessThanOrEqual(disk?.totalBytes ?? 0);
});

test('a value is read anew at each look, and a file that goes is not known any more', async () => {
  const root = aTree(pi);
  const machine = machineAt(root);
  const file = join(root, 'sys/class/thermal/thermal_zone0/temp');
  await machine.look();
  writeFileSync(file, '70000\n');
  expect((await machine.look()).temperatureC).toBe(70);
  renameSync(file, `${file}.gone`);
  expect((await machine.look()).temperatureC).toBe(70);
});

test('what looking costs is counted: no more than the time that it took', async () => {
  const began = performance.now();
  const machine = machineAt(aTree(pi));
  for (let count = 0; count < 20; count += 1) await machine.look();
  const { looks, totalMs, longestMs } = machine.cost();
  expect(looks).toBe(20);
  expect(totalMs).toBeGreaterThan(0);
  expect(longestMs).toBeLessThanOrEqual(totalMs);
  expect(totalMs).toBeLessThanOrEqual(performance.now() - began);
});

test('the process tells how it fares', () => {
  const { uptimeSeconds, rssBytes, cpuShare, eventLoopDelayP99Ms } = machineAt(aTree({})).process();
  for (const value of [uptimeSeconds, rssBytes]) expect(value).toBeGreaterThan(0);
  for (const value of [cpuShare, eventLoopDelayP99Ms]) expect(value).toBeGreaterThanOrEqual(0);
});

test.each([
  [0xb302, '179:2'],
  [0x10301, '259:1'],
  [0x0801, '8:1'],
  [0x100_3005, '48:4101'],
])('a device number is taken apart as glibc puts it together: %i', (dev, name) => {
  expect(deviceName(dev)).toBe(name);
});
