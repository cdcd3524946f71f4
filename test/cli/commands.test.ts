import { type Scratch, scratch } from '../adapters/files/scratch.ts';
import { hindsight } from '../integration/program.ts';

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

  test('tells of a profile that there is not', async () => {
    const file = files.put('rig.yaml', 'midi: { controllers: [{ profile: launchpad }] }\n');
    const { code, stderr } = await hindsight('check-config', '--config', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/midi\.controllers: .*"launchpad".*launchpad-mini-mk3/);
  });
});

test('devices lists interfaces and ports, or says that there are none', async () => {
  const { code, stdout, stderr } = await hindsight('devices');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => !line.startsWith('  '))).toEqual(['audio interfaces', 'MIDI inputs', 'MIDI outputs']);
  expect(lines.length).toBeGreaterThanOrEqual(6);
});
