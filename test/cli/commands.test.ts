import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { type Ended, hindsight, hindsightStarted } from '../integration/program.ts';

let files: Scratch;
beforeEach(() => {
  files = scratch();
});
afterEach(() => files.remove());

describe('check-config', () => {
  test('finds nothing wrong with the file that comes with the program', async () => {
    const ended = await hindsight('check-config');
    expect(ended).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/hindsight\.yaml: all is well\n$/),
    });
  });

  test('names the file that it has checked', async () => {
    const file = files.put('rig.yaml', 'session: { bpm: 92.5 }\n');
    const ended = await hindsight('check-config', '--config', file);
    expect(ended).toEqual({ code: 0, signal: null, stdout: `${file}: all is well\n`, stderr: '' });
  });

  test('tells a mistake at its place, with the known key that is nearest', async () => {
    const file = files.put('rig.yaml', 'session:\n  bmp: 92.5\n');
    const { code, stdout, stderr } = await hindsight('check-config', '--config', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`${file}:2:3 session.bmp: `)).toBe(true);
    expect(stderr).toMatch('did you mean `bpm`');
  });

  test('tells mistakes of the settings and a profile that there is not at once', async () => {
    const file = files.put('rig.yaml', 'session:\n  bmp: 92.5\nmidi:\n  controllers:\n    - profile: genric\n');
    const { code, stdout, stderr } = await hindsight('check-config', '--config', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(`^${file}:2:3 session\\.bmp: .*did you mean \`bpm\``),
      expect.stringMatching(`^${file}:5:16 midi\\.controllers\\[0\\]\\.profile: .*genric.*did you mean \`generic\``),
    ]);
  });
});

test.each([
  ['check-config', 'rig.yaml:1:12 session.bmp: '],
  ['doctor', 'settings'],
])('%s reads settings that are named from the folder that it is called in', async (command, found) => {
  files.put('rig.yaml', 'session: { bmp: 92 }\n');
  const { stdout, stderr } = await hindsightStarted([command, '--config', 'rig.yaml'], { cwd: files.folder }).ended;
  const told = `${stdout}${stderr}`.split('\n').find((line) => line.includes('rig.yaml:'));
  expect(told).toContain(found);
  expect(told).toContain('rig.yaml:1:12 session.bmp: ');
});

test('devices lists interfaces and ports, or says that there are none', async () => {
  const { code, stdout, stderr } = await hindsight('devices');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => !line.startsWith('  '))).toEqual([
    'audio interfaces',
    'controllers',
    'MIDI inputs',
    'MIDI outputs',
  ]);
  expect(lines.length).toBeGreaterThanOrEqual(8);
});

describe('a mistake is told on one line', () => {
  const expectLine = (ended: Ended, words: RegExp): void => {
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(words)]);
  };

  test.each([
    ['--block', '-1'],
    ['--latency', '-5'],
    ['--block', '--latency'],
  ])('for %s %s, which could be an option too', async (option, value) => {
    expectLine(await hindsight('render', option, value), new RegExp(`^hindsight render: .*${option}`));
  });
});
