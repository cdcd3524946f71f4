import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openWav } from '../../src/adapters/files/wav-reader.ts';
import { wavBytes } from '../adapters/files/wav-bytes.ts';
import { unzipped } from '../adapters/files/zip.ts';
import { Follower } from './follow.ts';
import { type Ended, hindsight, own, program, type Running, started } from './program.ts';
import { codedInput, ofType, Stage } from './show.ts';

/** A bar of 28,800 frames. */
const rig = { session: { bpm: 200, beatsPerBar: 2, bars: 1 } };
const sets = join(own.XDG_STATE_HOME, 'hindsight/sets');
const patience = 60_000;

let stage: Stage;
const running: Running[] = [];
const followed: Follower[] = [];
let lives = 0;
beforeEach(() => {
  stage = new Stage();
  rmSync(sets, { recursive: true, force: true });
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    if (child.exitCode === null) for (const pid of childrenOf(child.pid)) process.kill(pid, 'SIGKILL');
    await ended;
  }
  for (const events of followed.splice(0)) events.close();
  stage.remove();
});

const childrenOf = (pid = 0): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

/** A looper with a terminal, and what happens on it. */
const play = (changed: object = {}) => {
  lives += 1;
  const path = stage.files.path(`events-${lives}.jsonl`);
  const events = new Follower(path);
  followed.push(events);
  const wav = stage.files.put('riff.wav', wavBytes(codedInput(48_000, 48_000)));
  const config = stage.files.put(`rig-${lives}.yaml`, JSON.stringify({ ...rig, ...changed }));
  const args = ['run', '--rig', 'simulated', '--play', wav, '--events', path, '--config', config];
  // `script` gives the program a terminal; `exec` leaves one process to be killed.
  const command = `exec ${[process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')}`;
  const one = started('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    stdio: 'pipe',
  });
  running.push(one);
  return {
    events,
    ended: one.ended,
    beat: () => events.line((line) => line.type === 'beat' && line.bar >= 1),
    press: (keys: string) => void one.child.stdin?.write(keys),
    kept: (track: number) => events.line((line) => line.type === 'kept' && line.tracks.includes(track)),
    /** As a power cut would, it takes nobody's leave. */
    kill: async () => {
      for (const pid of childrenOf(one.child.pid)) process.kill(pid, 'SIGKILL');
      await one.ended;
    },
  };
};

const ask = (...words: readonly string[]): Promise<Ended> => hindsight('sets', ...words);
const said = async (...words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await ask(...words);
  expect({ words, code, stderr: code === 0 ? '' : stderr }).toEqual({ words, code: 0, stderr: '' });
  return stdout;
};

const sounds = (): readonly string[] => readdirSync(join(sets, 'sounds')).sort();

test(
  'a looper that is killed in the middle of the song comes back with its loops, stopped, and plays them',
  async () => {
    const first = play();
    await first.beat();
    first.press('1');
    await first.kept(1);
    first.press('3');
    await first.kept(3);
    await first.kill();
    const before = sounds();
    const second = play();
    await second.events.line((line) => line.type === 'set' && line.phase === 'restored');
    const states = ofType(second.events.lines, 'track').map(({ track, state }) => [track, state]);
    expect(states).toEqual([
      [1, 'STOPPED'],
      [3, 'STOPPED'],
    ]);
    second.press('1');
    await second.events.state(1, 'PLAYING');
    await second.kill();
    expect(sounds()).toEqual(before);
  },
  patience,
);

test(
  'a loop that can be heard is kept, however soon the looper ends',
  async () => {
    const first = play();
    await first.beat();
    const playing = first.events.state(1, 'PLAYING');
    first.press('1');
    await playing;
    first.press('q');
    await first.ended;
    const second = play();
    await second.events.line((line) => line.type === 'set' && line.phase === 'restored');
    expect(ofType(second.events.lines, 'track').map(({ track }) => track)).toEqual([1]);
    await second.kill();
  },
  patience,
);

test(
  'with restore: playing it plays on',
  async () => {
    const first = play();
    await first.beat();
    first.press('2');
    await first.kept(2);
    await first.kill();
    const second = play({ sets: { restore: 'playing' } });
    await second.events.state(2, 'PLAYING');
    await second.kill();
  },
  patience,
);

test(
  'over eight kills at any moment no loop is lost that was said to be kept',
  async () => {
    const kept = new Set<number>();
    for (let life = 0; life < 8; life += 1) {
      const one = play({ session: { ...rig.session, tracks: 64 } });
      if (life > 0) await one.events.line((line) => line.type === 'set' && line.phase === 'restored');
      const there = ofType(one.events.lines, 'track').flatMap(({ track, state }) =>
        state === 'STOPPED' ? [track] : [],
      );
      expect(there).toEqual(expect.arrayContaining([...kept]));
      await one.beat();
      one.press('12345678'.charAt(life % 8));
      // From before it is captured to after it is kept.
      if (life === 0 || life % 4 === 3) await one.kept((life % 8) + 1);
      else await new Promise((resolve) => setTimeout(resolve, (life * 37) % 400));
      for (const line of one.events.lines) {
        if (line.type === 'kept') for (const track of line.tracks) kept.add(track);
      }
      await one.kill();
    }
    expect(kept.size).toBeGreaterThan(2);
  },
  4 * patience,
);

test(
  'sets are saved, loaded, renamed, deleted and had back, while the looper plays',
  async () => {
    const looper = play();
    await looper.beat();
    looper.press('1');
    await looper.kept(1);
    expect(await said('save', 'Song one')).toBe('saved as Song one\n');
    looper.press('2');
    await looper.kept(2);
    expect(await said('save', 'Song two')).toBe('saved as Song two\n');
    expect(await said('load', 'song ONE')).toBe('song ONE is here\n');
    const loaded = ofType(looper.events.lines, 'set').find(({ phase }) => phase === 'loaded');
    // A bar line of the grid.
    expect((loaded?.frame ?? 1) % 28_800).toBe(0);
    expect(await said('list')).toMatch(
      /^now: Song one, 1 loop\n1\. Song one: 200 BPM, 2 beats a bar, 1 loop of 0\.6 s, .*\n2\. Song two: .* 2 loops of 1\.2 s.*\n$/,
    );
    expect(await said('rename', 'Song two', 'Encore')).toBe('Song two is now Encore\n');
    expect(await ask('rename', 'Encore', 'Song one')).toMatchObject({ code: 1, stdout: '' });
    expect(await said('delete', 'Encore')).toBe('Encore is in the bin\n');
    expect(await said('bin')).toMatch(/^1\. Encore: /);
    expect(await said('recover', '1', 'Finale')).toBe('saved again as Finale\n');
    expect(await said('new')).toMatch('an empty set');
    expect(await said('list')).toMatch(/^now: a set without a name, 0 loops\n1\. Finale: .*\n2\. Song one: .*\n$/);
    const missing = await ask('load', 'Nobody');
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toMatch('there is none');
    await looper.kill();
  },
  2 * patience,
);

test(
  'without a looper that runs it all works too, also import and export',
  async () => {
    const wav = stage.files.put('loop.wav', wavBytes(codedInput(44_100, 44_100)));
    expect(await said('import', wav, '--track', '2', '--bars', '1')).toBe('track 2 has it, stopped\n');
    expect(await said('save', 'Imported')).toBe('saved as Imported\n');
    const zip = stage.files.path('out.zip');
    expect(await said('export', 'Imported', '--output', zip, '--passes', '3')).toMatch('loops/track-2.wav');
    const files = await unzipped(zip);
    expect([...files.keys()]).toEqual(['loops/track-2.wav', 'mix.wav', 'set.json']);
    const seconds = (name: string): number => {
      const out = openWav(stage.files.put('one.wav', files.get(name) ?? ''));
      out.close();
      return out.frames / out.rate;
    };
    expect([seconds('loops/track-2.wav'), seconds('mix.wav')]).toEqual([1, 3]);
    expect(JSON.parse(String(files.get('set.json')))).toMatchObject({ version: 1, rate: 48_000, bpm: 240 });
    expect(existsSync(join(sets, 'lock'))).toBe(false);
  },
  patience,
);

test(
  'a look at the sets with other settings leaves what was played as it was',
  async () => {
    const wav = stage.files.put('loop.wav', wavBytes(codedInput(48_000, 48_000)));
    await said('import', wav, '--track', '8', '--bars', '1');
    const current = join(sets, 'current');
    const before = [readdirSync(current), sounds()];
    const other = { audio: { rate: 44_100 }, session: { tracks: 4 }, sets: { restore: 'nothing' } };
    const config = stage.files.put('other.yaml', JSON.stringify(other));
    expect(await said('list', '--config', config)).toMatch('a set without a name, 1 loop');
    expect([readdirSync(current), sounds()]).toEqual(before);
    expect(await said('bin')).toBe('the bin is empty\n');
  },
  patience,
);

test(
  'what is on the tape goes into the export',
  async () => {
    const looper = play();
    await looper.events.line((line) => line.type === 'beat' && line.bar >= 4);
    const zip = stage.files.path('tape.zip');
    expect(await said('export', '--output', zip, '--tape')).toMatch('tape.wav');
    expect([...(await unzipped(zip)).keys()]).toEqual(['set.json', 'tape.wav']);
    await looper.kill();
  },
  patience,
);

test(
  'what was asked in a wrong way is said',
  async () => {
    for (const [words, why] of [
      [[], 'say what: list'],
      [['lst'], 'there is no "lst"'],
      [['load'], 'one word more'],
      [['load', 'a', 'b'], 'one word too many'],
      [['rename', 'a'], 'two names'],
      [['import', 'a.wav'], '--track is missing'],
      [['import', 'a.wav', '--track', '0'], '1 to 64'],
      [['export'], '--output is missing'],
      [['recover', 'x'], '1 to 32'],
    ] as const) {
      const ended = await ask(...words);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toMatch(why);
    }
  },
  patience,
);

test(
  'where the sound cannot be had the program ends at once, and its sets with it',
  async () => {
    const ended = await hindsight('run', '--rig', 'simulated', '--play', stage.files.path('none.wav'));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch('no such file');
  },
  patience,
);

test(
  'a second looper keeps nothing and says so; a folder that cannot be had does not end the show',
  async () => {
    const first = play();
    await first.beat();
    const second = play();
    await second.beat();
    expect(second.events.lines).toContainEqual(
      expect.objectContaining({ type: 'storage', state: 'trouble', code: 'sets-in-use' }),
    );
    await second.kill();
    await first.kill();
    rmSync(sets, { recursive: true, force: true });
    mkdirSync(dirname(sets), { recursive: true });
    writeFileSync(sets, 'a file in the way');
    const third = play();
    await third.beat();
    third.press('1');
    await third.events.state(1, 'PLAYING');
    await third.events.line((line) => line.type === 'storage' && line.state === 'trouble');
    rmSync(sets);
    // It is tried again.
    await third.kept(1);
    await third.kill();
  },
  patience,
);

test(
  'a manifest that was damaged is set aside and told, and the one before it comes back',
  async () => {
    const first = play();
    await first.beat();
    first.press('1');
    await first.kept(1);
    first.press('2');
    await first.kept(2);
    await first.kill();
    const current = join(sets, 'current');
    const newest = readdirSync(current).sort().at(-1) ?? '';
    writeFileSync(join(current, newest), readFileSync(join(current, newest)).subarray(0, 100));
    const second = play();
    await second.events.line((line) => line.type === 'set' && line.phase === 'restored');
    expect(ofType(second.events.lines, 'track').map(({ track }) => track)).toEqual([1]);
    second.press('q');
    expect((await second.ended).stdout).toMatch('.damaged');
  },
  patience,
);
