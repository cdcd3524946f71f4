import { homedir } from 'node:os';
import { type Diagnosis, diagnose, takeStep } from '../compose/doctor.ts';
import { mistakeText } from '../config/mistake.ts';
import { stateFolder } from '../config/state-folder.ts';
import { type Finding, type Step, stepText, worstFirst } from '../core/doctor/finding.ts';
import type { SurveyedSettings } from '../core/doctor/survey.ts';
import { messageOf, UserError } from '../core/errors.ts';
import { type ExitCode, exitCodes } from './exit.ts';
import { optionsOf } from './options.ts';
import { defaultConfigFile, settingsFrom } from './settings.ts';

export const doctorHelp = `hindsight doctor [--fix] [--json] [--config FILE]

Looks at this machine and tells, the worst first, what keeps the looper from playing well, and what
to do: sound cards and who else has them, sample rates, USB sockets and power saving, rights and
limits, real-time threads of the looper that runs, CPU governor, power and heat, kernel, swap, disk,
the end of last time, settings. It opens no device and changes nothing; a looper that runs is not
disturbed. As root it sees more, and looks after the service.

  --fix            does what is safe (governor, USB power saving, the module of the sequencer,
                   group audio) and says so; not as root it shows the commands
  --json           the findings as JSON
  --config FILE    settings; without it those of the looper that runs, of the service, or
                   config/hindsight.yaml of the program

Exit codes: 0 nothing is bad (there may be hints); 1 something is.
`;

const bytesPerMb = 2 ** 20;

/** As check-config tells them; without sound settings the defaults are what the machine is held against. */
const settingsOf = (file: string | undefined, isChosen: boolean): SurveyedSettings => {
  const name = file ?? defaultConfigFile() ?? 'defaults';
  try {
    const { config, source } = settingsFrom(file);
    const { rate, device } = config.audio;
    const mistakes = source.load().mistakes.map(mistakeText);
    return { isChosen, file: name, mistakes, rate, device, reserveBytes: config.sets.reserveMb * bytesPerMb };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      ...{ isChosen, file: name, mistakes: messageOf(error).split('\n') },
      ...{ rate: 48_000, device: null, reserveBytes: 256 * bytesPerMb },
    };
  }
};

const marks = { bad: 'BAD ', hint: 'hint', good: 'good' } as const;

const linesOf = ({ level, about, text, todo, steps = [] }: Finding, width: number): readonly string[] => {
  const space = ' '.repeat(width + 8);
  return [
    `${marks[level]}  ${about.padEnd(width)}  ${text}`,
    ...(todo === undefined ? [] : [`${space}-> ${todo}`]),
    ...steps.map((step) => `${space}   ${stepText(step)}`),
  ];
};

const counted = (findings: readonly Finding[], level: Finding['level'], word: string): string => {
  const { length } = findings.filter((finding) => finding.level === level);
  return `${length} ${word}`;
};

/** What was found, for a human: the worst first. Pure. */
export const diagnosisText = ({ machine, findings }: Diagnosis, isRoot: boolean): string => {
  const sorted = worstFirst(findings);
  const width = Math.max(...sorted.map(({ about }) => about.length));
  const canFix = findings.some(({ steps }) => steps !== undefined);
  const command = isRoot ? 'hindsight doctor --fix' : 'sudo hindsight doctor --fix';
  return [
    machine,
    ...sorted.flatMap((finding) => linesOf(finding, width)),
    `${counted(findings, 'bad', 'bad')}, ${counted(findings, 'hint', 'to be better')}, ${counted(findings, 'good', 'good')}${canFix ? `; ${command} takes the steps that are shown as commands` : ''}`,
    '',
  ].join('\n');
};

type Taken = { readonly command: string; readonly failure?: string };

/** Takes steps up to the first that fails: what comes after it would make no sense. */
const takenOf = async (steps: readonly Step[]): Promise<readonly Taken[]> => {
  const taken: Taken[] = [];
  for (const step of steps) {
    const failure = await takeStep(step);
    taken.push({ command: stepText(step), ...(failure !== undefined && { failure }) });
    if (failure !== undefined) return taken;
  }
  return taken;
};

/** Mends what can be; a finding that cannot does not keep the others. */
const mended = async (findings: readonly Finding[]): Promise<readonly Taken[]> => {
  const taken: Taken[] = [];
  for (const { steps = [] } of findings) taken.push(...(await takenOf(steps)));
  return taken;
};

const takenText = (taken: readonly Taken[]): string => {
  if (taken.length === 0) return 'there was nothing that could be mended safely\n';
  return taken
    .map(({ command, failure }) => (failure === undefined ? `done: ${command}\n` : `failed: ${command}: ${failure}\n`))
    .join('');
};

const groupsOf = (): readonly number[] => [...(process.getgroups?.() ?? []), process.getgid?.() ?? 0];

/** Tells what this machine lacks, and mends what is safe. */
export const doctor = async (args: readonly string[]): Promise<ExitCode> => {
  const options = optionsOf('doctor', args, {
    fix: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    config: { type: 'string' },
  });
  const uid = process.getuid?.() ?? 0;
  const isRoot = uid === 0;
  const own = stateFolder(process.env, homedir());
  const request = {
    ...{ uid, gids: groupsOf(), invoker: process.env['SUDO_USER'], ownStateFolder: own },
    stateFolder: process.env['STATE_DIRECTORY'] === undefined ? undefined : own,
    settings: (file: string | undefined) => settingsOf(options.config ?? file, options.config !== undefined),
  };
  const before = await diagnose(request);
  const taken = options.fix && isRoot ? await mended(before.findings) : [];
  const after = taken.length > 0 ? await diagnose(request) : before;
  if (options.json) {
    const findings = worstFirst(after.findings);
    process.stdout.write(`${JSON.stringify({ machine: after.machine ?? null, findings, taken }, null, 2)}\n`);
  } else {
    if (options.fix && isRoot) process.stdout.write(takenText(taken));
    if (options.fix && !isRoot) process.stderr.write('hindsight doctor: only root can mend; these are the commands\n');
    process.stdout.write(diagnosisText(after, isRoot));
  }
  return after.findings.some(({ level }) => level === 'bad') ? exitCodes.failed : exitCodes.done;
};
