import { startPins } from '../../src/compose/pins.ts';
import { Starts } from '../../src/compose/starts.ts';
import { loadConfig } from '../../src/config/load.ts';
import { loadProfiles } from '../../src/config/profiles.ts';
import { Show } from '../../src/streams/show.ts';
import { until } from '../adapters/gpio/a-pedal.ts';
import { Folder, inRepository } from '../config/files.ts';
import { aRestingStage } from '../streams/a-stage.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const started = async (settings: string) => {
  const { stage } = aRestingStage();
  const said: string[] = [];
  const say = (level: string) => (message: string) => void said.push(`${level} ${message}`);
  const log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const show = new Show(stage, [], () => undefined);
  const starts = new Starts();
  const config = loadConfig(folder.write('rig.yaml', settings));
  const loaded = loadProfiles([inRepository('config/controllers')], ['gpio']);
  await startPins({ config, loaded, stage, show, log }, starts);
  return { said, show, starts };
};

test('what the settings do not name is not started', async () => {
  const { said, show, starts } = await started('');
  await starts.stop();
  expect([said, show.controllers]).toEqual([[], []]);
});

test('a display that is not there is said once, and ends in order', async () => {
  const { said, starts } = await started('lcd: { enabled: true, bus: 255 }');
  await until(() => said.length > 0);
  await starts.stop();
  expect(said).toEqual([
    expect.stringMatching(/^warn lcd: (there is no \/dev\/i2c-255|the library of i2c-tools).*, the show goes on$/),
  ]);
});

test('pins of a chip that is not there are a controller that is away', async () => {
  const { said, show, starts } = await started('gpio: { enabled: true, chip: gpiochip99, switches: [5] }');
  const [pins] = show.controllers;
  expect(pins?.seat?.()).toEqual({
    name: 'gpio',
    title: "Switches on the computer's own pins",
    why: 'gpio.enabled in the settings',
    connected: false,
    input: 'gpio',
  });
  await starts.stop();
  expect(said).toEqual([expect.stringMatching(/^warn gpio: no switches: there is no .*; trying again$/)]);
  expect(show.controllers).toEqual([]);
});
