import { calibrateHelp, lampsHelp, learnHelp, monitorHelp } from '../../src/cli/backstage.ts';
import { benchHelp } from '../../src/cli/bench.ts';
import { checkConfigHelp } from '../../src/cli/check-config.ts';
import { devicesHelp } from '../../src/cli/devices.ts';
import { doctorHelp } from '../../src/cli/doctor.ts';
import { pairHelp } from '../../src/cli/pair.ts';
import { renderHelp } from '../../src/cli/render.ts';
import { runHelp } from '../../src/cli/run.ts';
import { setsHelp } from '../../src/cli/sets.ts';
import { statusHelp } from '../../src/cli/status.ts';
import { hindsight } from '../integration/program.ts';

const helps = {
  run: runHelp,
  sets: setsHelp,
  render: renderHelp,
  calibrate: calibrateHelp,
  status: statusHelp,
  doctor: doctorHelp,
  pair: pairHelp,
  devices: devicesHelp,
  monitor: monitorHelp,
  learn: learnHelp,
  lamps: lampsHelp,
  bench: benchHelp,
  'check-config': checkConfigHelp,
};
const commands = Object.entries(helps);

test.each(commands)('%s tells about itself, for --help or -h, whatever else is said', async (name, help) => {
  const told = { code: 0, signal: null, stdout: help, stderr: '' };
  expect(await hindsight(name, '--help')).toEqual(told);
  expect(await hindsight(name, '--nonsense', '-h')).toEqual(told);
  expect(help).toMatch(new RegExp(`^hindsight ${name}`));
});

test.each(commands)('the help of %s fits on a terminal of 100 columns', (_, help) => {
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

/** Those of the issue. */
const options: readonly (readonly [keyof typeof helps, readonly string[]])[] = [
  ['run', ['--rig', '--play', '--cable', '--config', '--events']],
  ['render', ['--input', '--midi', '--output', '--events', '--config', '--block', '--latency']],
  ['devices', ['--config']],
  ['monitor', ['--config']],
  ['learn', ['--controller', '--config']],
  ['lamps', ['--controller', '--config']],
  ['check-config', ['--config']],
];

test.each(options)(
  '%s knows the options that its help names, and no other',
  async (name, known) => {
    expect(new Set(helps[name].match(/--[a-z]+/g) ?? [])).toEqual(new Set(known));
    for (const option of known) {
      const { code, stderr } = await hindsight(name, option);
      expect(code).toBe(2);
      expect(stderr).toMatch(option);
      expect(stderr).not.toMatch(/unknown option/i);
    }
    expect(await hindsight(name, '--colour', 'red')).toMatchObject({ code: 2, stdout: '' });
  },
  30_000,
);

test('without a command, and for help, all commands are told', async () => {
  const [none, long, short, word] = await Promise.all([
    hindsight(),
    hindsight('--help'),
    hindsight('-h'),
    hindsight('help'),
  ]);
  expect([none, short, word]).toEqual([long, long, long]);
  expect(long.code).toBe(0);
  for (const name of Object.keys(helps)) expect(long.stdout).toMatch(`hindsight ${name}`);
  expect(long.stdout).toMatch(/exit codes/i);
}, 20_000);

test('the version is that of the package', async () => {
  expect(await hindsight('--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});
