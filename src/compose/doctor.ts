import { mend } from '../adapters/machine/survey/mend.ts';
import { wayTo } from '../adapters/machine/survey/standing.ts';
import { runs, survey } from '../adapters/machine/survey/survey.ts';
import { boxText } from '../adapters/machine/this-box.ts';
import type { Finding, Step } from '../core/doctor/finding.ts';
import { findings } from '../core/doctor/findings.ts';
import type { SurveyedSettings } from '../core/doctor/survey.ts';
import { configFileOf, stateFolderOf } from '../core/doctor/trust.ts';
import { messageOf } from '../core/errors.ts';
import type { Status } from '../ports/status.ts';
import { askStatus } from './status.ts';

/** This machine. */
const root = '';

/** Where systemd keeps the state of the service. */
const serviceState = '/var/lib/hindsight';

export type DoctorRequest = {
  readonly uid: number;
  readonly gids: readonly number[];
  /** Who became root with sudo, as that says. */
  readonly invoker: string | undefined;
  /** The folder that is asked for; undefined where the looper's is. */
  readonly stateFolder: string | undefined;
  readonly ownStateFolder: string;
  /** Reads the settings of a file, or those that hold without one. */
  readonly settings: (file: string | undefined) => SurveyedSettings;
};

export type Diagnosis = { readonly machine: string; readonly findings: readonly Finding[] };

type Asked = { readonly status: Status | undefined; readonly failure: string | undefined };

const asked = async (uid: number): Promise<Asked> => {
  try {
    return { status: await askStatus(uid), failure: undefined };
  } catch (error) {
    return { status: undefined, failure: messageOf(error) };
  }
};

/** Looks at this machine and at the looper that runs, if one does, without disturbing it. */
export const diagnose = async (request: DoctorRequest): Promise<Diagnosis> => {
  const { uid, gids, invoker, stateFolder, ownStateFolder, settings } = request;
  const { status, failure } = await asked(uid);
  const machine = boxText();
  const seen = await survey({
    ...{ root, asker: { uid, gids }, invoker, looperPid: status?.pid, runs },
    stateFolder: (known) =>
      stateFolder ?? stateFolderOf(known, { said: status?.stateFolder, own: ownStateFolder, service: serviceState }),
  });
  const read = settings(configFileOf(seen));
  const held = { ...read, way: read.isChosen ? undefined : wayTo(read.file) };
  const said = {
    isSimulated: status?.state.interface.title?.startsWith('simulated') === true,
    warnings: status?.health.warnings ?? [],
  };
  const silent: readonly Finding[] =
    failure === undefined ? [] : [{ code: 'looper', level: 'bad', about: 'looper', text: failure }];
  return {
    machine: await machine,
    findings: [...silent, ...findings(seen, held, said)],
  };
};

/** Takes a step on this machine; says what went wrong, undefined where nothing did. */
export const takeStep = (step: Step): Promise<string | undefined> => mend(step, root, runs);
