import { spawnSync } from 'node:child_process';

test('the driver looks for interfaces without a word: what its libraries do not find is no news for a log', () => {
  const look =
    "const devices = require('naudiodon/build/Release/naudiodon.node').getDevices(); console.log(devices.length);";
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=commonjs', '--eval', look], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\d+\n$/);
});
