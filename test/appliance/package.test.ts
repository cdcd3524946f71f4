import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wavBytes } from '../adapters/files/wav-bytes.ts';
import { debianPackage, fileBefore, previousPackage, settingsBefore } from './debian-package.ts';
import { type Architecture, DiskMachine, type Guest } from './machine.ts';
import { onset, readRecording, sampleAt } from './recording.ts';

/** `./scripts/test --appliance arm64` asks for the machine that players have. */
const architecture: Architecture = process.env['HINDSIGHT_ARCHITECTURE'] === 'arm64' ? 'arm64' : 'amd64';

/** Of each of three boots, by the machine's clock and by the host's: the processor of arm64 is made up one instruction after the other. */
const timeoutSeconds = architecture === 'arm64' ? 3600 : 1500;

const rate = 48000;
const bar = 2 * rate;
const seam = 1200;
const ramp = 480;

/** Every sample of the guitar says which one it is; exact in 32 bits and below -1 dBFS. */
const guitar = Float32Array.from({ length: rate * 16 * 2 }, (_, index) => ((index >> 1) + 1) / 2 ** 24);

const settings = `
session: { bpm: 120, bars: 1 }
click: { muted: true }
audio: { device: "hw:Loopback,0", blockFrames: 2048, latencyFrames: 0, outputShare: 0 }
`;

const launchpad = readFileSync(join(import.meta.dirname, '../../config/controllers/launchpad-mini-mk3.yaml'), 'utf8');
/** How the message of each lamp of the Launchpad begins, as in `90 0b`. */
const lamps = [...launchpad.matchAll(/"([9B]0 [0-9A-F]{2}) \{colour\}"/g)].map(([, start = '']) => start.toLowerCase());
const liveMode = 'f0 00 20 29 02 0d 0e 00 f7';

type Doing = { readonly code: number; readonly said: string; readonly seconds: number };
type Said = { readonly code: number | null; readonly out: string; readonly said: string };
type Cost = { readonly cpu: number; readonly rssMb: number; readonly lockedMb: number };
type Figures = {
  readonly eventLoopDelayP99Ms: number;
  readonly sound: Readonly<Record<string, number>>;
};
type Thread = {
  readonly isMain: boolean;
  readonly policy: string;
  readonly priority: string;
  readonly name: string;
};
type Back = { readonly activeSeconds: number; readonly playableSeconds: number; readonly loops: readonly number[] };
type Permissions = { readonly mode: string; readonly owner: string };
type Kept = readonly { readonly state: string; readonly beats: number }[];

/** What the scenes of `guest/package` leave. */
type Scenes = {
  readonly installed: {
    readonly installing: Doing;
    readonly status: string;
    readonly enabled: string;
    readonly groups: readonly string[];
    readonly shell: string;
    readonly changed: readonly string[];
    readonly state: Permissions;
    readonly runtime: Permissions;
    readonly version: string;
    readonly user: string;
  };
  readonly setUp: object;
  readonly boot: {
    readonly status: string;
    readonly restarts: number;
    readonly userspaceMs: number;
    readonly unitMs: number;
    readonly programMs: number;
    readonly readyMs: number;
    readonly bootMs: number;
    readonly analysis: string;
    readonly chain: string;
  };
  readonly unit: { readonly score: number; readonly verified: { readonly code: number; readonly said: string } };
  readonly atRest: { readonly cost: Cost; readonly threads: readonly Thread[]; readonly figures: Figures };
  readonly stomp: { readonly lamp: string; readonly lampMs: number; readonly states: readonly string[] };
  readonly eightLoops: { readonly cost: Cost; readonly figures: Figures; readonly storage: { readonly state: string } };
  readonly words: { readonly line: string; readonly status: Said; readonly json: Said; readonly doctor: Said };
  readonly killed: Back;
  readonly frozen: Back & { readonly afterSeconds: number; readonly journal: string };
  readonly held: Back & { readonly afterSeconds: number; readonly journal: string };
  readonly stopped: Back & {
    readonly stopSeconds: number;
    readonly startSeconds: number;
    readonly result: string;
    readonly status: string;
    readonly last: readonly string[];
  };
  readonly mistaken: Back & {
    readonly watched: readonly { readonly state: string; readonly status: string; readonly restarts: string }[];
    readonly shown: string;
  };
  readonly beforeCut: { readonly loops: readonly number[] };
  readonly afterCut: {
    readonly status: string;
    readonly restarts: number;
    readonly loops: Kept;
  };
  readonly display: { readonly isThere: boolean; readonly bytes?: number; readonly lines?: readonly string[] };
  readonly byHand: { readonly isIt: boolean; readonly user: string };
  readonly upgraded: {
    readonly installing: Doing;
    readonly gone: readonly string[];
    readonly left: readonly string[];
    readonly settings: readonly string[];
    readonly offered: string;
    readonly version: string;
    readonly enabled: string;
    readonly isConfigKept: boolean;
    readonly before: Kept;
    readonly loops: Kept;
  };
  readonly removed: {
    readonly removing: Doing;
    readonly state: string;
    readonly isConfigKept: boolean;
    readonly isProgramLeft: boolean;
    readonly before: number;
    readonly sounds: number;
  };
  readonly purged: {
    readonly purging: Doing;
    readonly left: readonly string[];
    readonly hasUser: boolean;
    readonly sounds: number;
  };
};

const machine = new DiskMachine(architecture);
let played: Guest;
let guest: Guest;

beforeAll(
  async () => {
    const current = debianPackage(architecture);
    const previous = previousPackage(current);
    try {
      const common = new Map([['lamps.json', JSON.stringify(lamps)]]);
      const phase = (name: string, files: readonly (readonly [string, string | Buffer])[] = []) => ({
        show: 'package',
        files: new Map([...common, ['name', name] as const, ...files]),
        timeoutSeconds,
      });
      const succeeded = (name: string, { code, console }: Guest): void => {
        if (code !== 0) throw new Error(`the machine failed at ${name} with ${code}:\n${console}`);
      };
      const install = await machine.boot(
        phase('install', [
          ['previous.deb', readFileSync(previous)],
          ['player.yaml', settings],
        ]),
      );
      succeeded('install', install);
      const wav = wavBytes({ format: 'float32', rate, channels: 2, samples: guitar });
      played = await machine.boot(phase('play', [['guitar.wav', Buffer.from(wav)]]), 'guest: the power may go');
      guest = await machine.boot(phase('after', [['current.deb', readFileSync(current)]]));
      succeeded('after', guest);
    } finally {
      rmSync(previous);
    }
  },
  3 * (timeoutSeconds + 300) * 1000,
);

afterAll(() => machine.remove());

/** What a scene has seen. Throws what went wrong in it. */
const scene = <Name extends keyof Scenes>(name: Name): Scenes[Name] => {
  const seen = JSON.parse(guest.text(`${name}.json`));
  if (seen.error !== undefined) throw new Error(seen.error);
  return seen;
};

const allEight = [1, 2, 3, 4, 5, 6, 7, 8];

describe('a machine that gets the package', () => {
  test('has all that it needs there: it installs without a network, and the service is on', () => {
    const { enabled, version, changed, user } = scene('installed');
    expect([enabled, user, changed]).toEqual(['enabled', 'hindsight', []]);
    expect(version).toMatch(/~before install ok installed$/);
  });

  test('has a user for it that hears and plays, and nothing else', () => {
    const { groups, shell, state, runtime } = scene('installed');
    expect(groups).toEqual(expect.arrayContaining(['hindsight', 'audio']));
    expect(groups).not.toContain('sudo');
    expect(shell).toMatch(/nologin|false/);
    expect([state, runtime]).toEqual([
      { mode: '750', owner: 'hindsight' },
      { mode: '750', owner: 'hindsight' },
    ]);
  });

  test('is ready though it has no interface, and says that it waits for one', () => {
    expect(scene('installed').status).toMatch(/^Waiting for the interface/);
  });
});

describe('a machine that is switched on', () => {
  test('is ready once sound flows, says so, and at the first attempt', () => {
    const { status, restarts, readyMs, programMs } = scene('boot');
    expect(status).toMatch(/^Sound: .*Loopback/);
    expect(restarts).toBe(0);
    expect(readyMs).toBeGreaterThan(programMs);
  });

  test('has nothing slow before the looper: no network, no clock, no settled boot', () => {
    const { chain, readyMs, bootMs } = scene('boot');
    expect(chain).not.toMatch(/network|time-sync|timesyncd|multi-user|basic\.target/);
    expect(readyMs).toBeLessThanOrEqual(bootMs);
  });

  test('has a unit without a fault, which gives it only what it needs', () => {
    const { score, verified } = scene('unit');
    expect(verified).toEqual({ code: 0, said: '' });
    expect(score).toBeLessThanOrEqual(2);
  });

  test('gives real-time priority to the driver and the engine, and to nothing else of the looper', () => {
    const { threads } = scene('atRest');
    const realTime = threads.filter(({ policy }) => policy !== 'TS');
    expect(realTime.map(({ policy, isMain }) => [policy, isMain])).toEqual([
      ['FF', false],
      ['FF', false],
    ]);
    expect(threads.length).toBeGreaterThan(5);
  });

  test('keeps tape and loops in memory that cannot be swapped', () => {
    expect(scene('atRest').cost.lockedMb).toBeGreaterThanOrEqual(512);
  });
});

describe('a stomp', () => {
  test('lights its lamp, and its loop plays', () => {
    const { lamp, states } = scene('stomp');
    expect(lamp).toMatch(/^90 0b /);
    expect(states[0]).toBe('PLAYING');
  });

  test('makes a loop of what was played, which comes out of the card', () => {
    const recording = readRecording(guest.bytes('recorded.wav'));
    const start = onset(recording, 0) + ramp;
    let [same, other, silent] = [0, 0, 0];
    for (let frame = start + bar; frame < recording.frames; frame += 1) {
      const [now, before] = [sampleAt(recording, frame, 0), sampleAt(recording, frame - bar, 0)];
      if (now === 0) silent += 1;
      if (now === before) same += 1;
      else other += 1;
    }
    expect(recording.frames - start).toBeGreaterThan(2 * bar);
    // A driver of an emulated machine may lose a few frames, after which all is shifted; an engine that plays something else is never the same.
    expect(silent / (same + other)).toBeLessThan(0.01);
    expect(same / (same + other)).toBeGreaterThan(0.9);
    const code = (frame: number): number => sampleAt(recording, frame, 0) * 2 ** 24;
    const steps = Array.from({ length: bar }, (_, index) => code(start + index + 1) - code(start + index));
    // But for the seam every sample is the one after that before.
    expect(steps.filter((step) => step !== 1).length).toBeLessThan(seam + 10);
  });

  test('on each pad makes eight loops, which are kept', () => {
    expect(scene('eightLoops').storage.state).toBe('well');
  });
});

describe('a looper that is asked how it is', () => {
  test('answers systemd in a line', () => {
    expect(scene('words').line).toMatch(/8 loops/);
  });

  test('answers in words and as JSON', () => {
    const { status, json } = scene('words');
    expect(status.out).toMatch(/^tempo +120 BPM, 4 beats a bar, 1 bar a stomp/m);
    expect(status.out).toMatch(/^tracks +1 PLAYING, 4 beats/m);
    const { version, state, health } = JSON.parse(json.out);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(state).toMatchObject({ grid: { bpm: 120 }, interface: { state: 'here' }, storage: { state: 'well' } });
    const warnings = health.warnings.map(({ code }: { readonly code: string }) => code);
    expect(json.code).toBe(warnings.length === 0 ? 0 : 1);
    expect(status.code).toBe(/^health +(bad|warn) /m.test(status.out) ? 1 : 0);
    // An emulated machine may be late, but nothing is lost.
    expect(warnings.filter((code: string) => /^(interface-away|not-kept|disk-read-only)$/.test(code))).toEqual([]);
  });

  test('has a doctor, who says what is wrong with the machine and what to do', () => {
    const { doctor } = scene('words');
    expect(doctor.out).toMatch(/^good {2}sound card +Loopback/m);
    expect(doctor.out).toMatch(/^good {2}group audio +hindsight is in it$/m);
    expect(doctor.out).toMatch(/^good {2}real-time threads +.* fifo \d+/m);
    expect(doctor.out).toMatch(/^good {2}MIDI sequencer /m);
    expect(doctor.code).toBe(/^BAD {3}/m.test(doctor.out) ? 1 : 0);
  });
});

describe('a looper that dies', () => {
  test('by a kill is back within seconds, with its loops', () => {
    const { activeSeconds, loops } = scene('killed');
    expect(loops).toEqual(allEight);
    expect(activeSeconds).toBeLessThan(10);
  });

  test('while it seems alive, since its engine stands still, is found out by the watchdog and is back with its loops', () => {
    const { afterSeconds, loops, journal } = scene('frozen');
    expect(journal).toMatch(/[Ww]atchdog timeout/);
    expect(afterSeconds).toBeLessThan(15);
    expect(loops).toEqual(allEight);
  });

  test('of a driver that hangs with the interface open, is back with its loops, and has the interface', () => {
    const { afterSeconds, loops, journal } = scene('held');
    expect(journal).toMatch(/sound: lost \(the driver does not let go of the interface\)/);
    expect(journal).not.toMatch(/[Ww]atchdog timeout/);
    expect(afterSeconds).toBeLessThan(30);
    expect(loops).toEqual(allEight);
  });

  test('of a mistake in the settings is not started over and over, tells the mistake, and lives again when it is mended', () => {
    const { watched, shown, loops } = scene('mistaken');
    expect(watched.map(({ state, status }) => [state, status])).toEqual(watched.map(() => ['failed', '2']));
    expect(new Set(watched.map(({ restarts }) => restarts)).size).toBe(1);
    expect(shown).toMatch(/session\.bpm/);
    expect(loops).toEqual(allEight);
  });
});

test('a stop takes less than two seconds, and leaves dark lamps and the set behind', () => {
  const { stopSeconds, result, status, last, loops } = scene('stopped');
  expect([result, status]).toEqual(['success', '0']);
  expect(stopSeconds).toBeLessThan(2);
  expect(last.at(-1)).toBe(liveMode);
  const settled = lamps.map((start) => last.findLast((message) => message.startsWith(start)));
  expect(settled).toEqual(lamps.map((start) => `${start} 00`));
  expect(loops).toEqual(allEight);
});

test('a machine whose power is cut in the midst of a show boots with the set', () => {
  const { loops, restarts, status } = scene('afterCut');
  expect(played.console).toContain('guest: the power may go');
  expect(played.console).not.toContain('/payload/start ended');
  expect(restarts).toBe(0);
  expect(status).toMatch(/^Sound: /);
  expect(scene('beforeCut').loops).toEqual(allEight);
  // The eighth was filled and emptied all the time.
  expect(loops.slice(0, 7).map(({ beats }) => beats)).toEqual(Array(7).fill(4));
});

test('a display on I2C shows eight tracks, what a stomp takes, and the tempo', () => {
  const { isThere, lines = [] } = scene('display');
  // Debian's kernel for arm64 has no bus to make up.
  expect(isThere).toBe(architecture === 'amd64');
  if (!isThere) return;
  expect(lines).toEqual([expect.stringMatching(/^#{8} +1 bar$/), expect.stringMatching(/^\d+\.[1-4] +120 BPM$/)]);
});

test('a looper that is run by hand while the service is stopped is the service’s user, and can be asked', () => {
  expect(scene('byHand')).toEqual({ isIt: true, user: 'hindsight' });
});

describe('the package', () => {
  test('takes the place of the one before, and keeps settings and sets', () => {
    const { version, enabled, isConfigKept, before, loops } = scene('upgraded');
    expect(version).not.toContain('~before');
    expect(version).toMatch(/ install ok installed$/);
    expect([enabled, isConfigKept]).toEqual(['enabled', true]);
    const beats = (kept: Kept) => kept.map((track) => track.beats);
    expect(beats(loops)).toEqual(beats(before));
  });

  test('takes away what only the one before had, and lays its own settings beside the player’s', () => {
    const { gone, left, settings: files, offered } = scene('upgraded');
    expect({ gone, left }).toEqual({ gone: [fileBefore], left: [] });
    expect(files).toEqual(['hindsight.yaml', 'hindsight.yaml.dpkg-dist']);
    expect(offered).not.toContain(settingsBefore);
    expect(offered).toMatch(/^session:/m);
  });

  test('leaves settings and sets when it is removed', () => {
    const { removing, state, isConfigKept, isProgramLeft, before, sounds } = scene('removed');
    expect([removing.code, state, isConfigKept, isProgramLeft]).toEqual([0, 'inactive', true, false]);
    // Loops of the same bars are one file.
    expect(before).toBeGreaterThan(0);
    expect(sounds).toBe(before);
  });

  test('leaves nothing when it is purged', () => {
    const { purging, left, hasUser, sounds } = scene('purged');
    expect([purging.code, left, hasUser, sounds]).toEqual([0, [], false, 0]);
  });
});

test('the figures', () => {
  const { userspaceMs, unitMs, programMs, readyMs, bootMs } = scene('boot');
  const { atRest, eightLoops } = { atRest: scene('atRest'), eightLoops: scene('eightLoops') };
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const sound = ({
    sound: { xruns, lateBlocks, worstBlockMs, jitterP99Ms, ...more },
    eventLoopDelayP99Ms,
  }: Figures) => {
    const wakeUp = Object.entries(more).filter(([name]) => /wake/i.test(name));
    const told = [
      ...wakeUp,
      ['worst block', worstBlockMs],
      ['jitter p99', jitterP99Ms],
      ['event loop p99', eventLoopDelayP99Ms],
    ];
    return `${told.map(([name, ms]) => `${name} ${Number(ms).toFixed(2)} ms`).join(', ')}; ${xruns} xruns, ${lateBlocks} late blocks`;
  };
  const memory = ({ rssMb, lockedMb }: Cost): string =>
    `${rssMb} MB in use; ${lockedMb} MB are locked, as they are touched`;
  const rows: readonly (readonly [string, string])[] = [
    [`machine`, `${architecture}, emulated: one core, 1000 million instructions a second`],
    ['kernel, with finding its disk', seconds(userspaceMs)],
    ['systemd, until the unit starts', seconds(unitMs - userspaceMs)],
    ['before the program (governor)', seconds(programMs - unitMs)],
    ['the program, until READY', seconds(readyMs - programMs)],
    ['kernel start to READY', seconds(readyMs)],
    ['kernel start to all of the boot', seconds(bootMs)],
    ['security (systemd-analyze)', String(scene('unit').score)],
    ['at rest', `${percent(atRest.cost.cpu)} of a core, ${memory(atRest.cost)}`],
    ['', sound(atRest.figures)],
    ['with 8 loops', `${percent(eightLoops.cost.cpu)} of a core, ${memory(eightLoops.cost)}`],
    ['', sound(eightLoops.figures)],
    ['stomp to lamp', `${scene('stomp').lampMs.toFixed(1)} ms`],
    ['killed: active, playable', `${scene('killed').activeSeconds} s, ${scene('killed').playableSeconds} s`],
    ['frozen: found out, active', `${scene('frozen').afterSeconds} s, ${scene('frozen').activeSeconds} s`],
    ['driver hangs: given up, active', `${scene('held').afterSeconds} s, ${scene('held').activeSeconds} s`],
    ['stop', `${scene('stopped').stopSeconds} s`],
    ['start by hand', `${scene('stopped').startSeconds} s`],
    [
      'install, upgrade',
      `${scene('installed').installing.seconds.toFixed(0)} s, ${scene('upgraded').installing.seconds.toFixed(0)} s`,
    ],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  const table = rows.map(([what, figure]) => `  ${what.padEnd(width)}  ${figure}`).join('\n');
  process.stdout.write(`${table}\n${scene('boot').analysis}${scene('boot').chain}`);
});
