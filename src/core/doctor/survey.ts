import type { Throttling } from '../health/figures.ts';
import type { Ids, Standing } from './access.ts';

/** Somebody whom programs run as. */
export type Person = {
  readonly name: string;
  readonly groups: readonly string[];
  /** Undefined where the system has no such user, or makes him at each start. */
  readonly ids?: Ids | undefined;
};

/** What a process may ask for: a priority from 0 to 99, bytes that it may lock in memory. */
export type Limits = { readonly rtprio: number; readonly memlockBytes: number };

export type Thread = {
  readonly id: number;
  readonly name: string;
  /** `fifo` and `rr` go before all that is `ordinary`. */
  readonly policy: 'ordinary' | 'fifo' | 'rr' | 'other';
  readonly priority: number;
};

/** The looper that runs. */
export type LooperProcess = {
  readonly pid: number;
  /** It said itself that it is the looper; of another one only the command line looks like it, which anybody's may. */
  readonly isKnown: boolean;
  readonly user: Person;
  /** Undefined where they cannot be read. */
  readonly limits: Limits | undefined;
  readonly threads: readonly Thread[];
  /** What its command line says, from / on where it may be known which folder it is in. */
  readonly configFile: string | undefined;
};

/** The service as its unit has it; what the unit does not say is undefined. */
export type Service = {
  readonly file: string;
  readonly user: Person;
  readonly rtprio: number | undefined;
  readonly memlockBytes: number | undefined;
  readonly configFile: string | undefined;
};

export type SurveyedCard = {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  /** In Hz; empty where the kernel does not tell. */
  readonly rates: readonly number[];
  readonly isUsb: boolean;
};

/** A program that has something of the sound open. */
export type Holder = {
  readonly pid: number;
  readonly command: string;
  readonly holds: 'pcm' | 'control';
  /** Of the card. */
  readonly card: number;
};

export type UsbDevice = {
  /** The sockets that it hangs on, as the kernel names them: `1-1.2`. */
  readonly path: string;
  readonly title: string;
  readonly speedMbit: number;
  /** The device that it is plugged into: a hub, or `usb1` for the machine itself. */
  readonly hub: string;
  readonly kinds: readonly ('audio' | 'midi' | 'disk')[];
  /** `auto`: it is put to sleep when it seems to do nothing. Undefined where that cannot be read. */
  readonly power: string | undefined;
  /** Where `on` is written to keep it awake. */
  readonly powerFile: string;
};

/** How the kernel may be interrupted; undefined where it does not tell. */
export type Preemption = 'rt' | 'full' | 'lazy' | 'voluntary' | 'none' | undefined;

/** What was found on a machine, read and not judged. */
export type Survey = {
  readonly asker: Person;
  /** Who became root for it, with sudo. */
  readonly invoker: Person | undefined;
  readonly isRoot: boolean;
  readonly hasAudioGroup: boolean;
  readonly service: Service | undefined;
  readonly looper: LooperProcess | undefined;
  /** Of who asks. */
  readonly ownLimits: Limits | undefined;
  readonly governors: readonly {
    readonly file: string;
    readonly governor: string;
    readonly hasPerformance: boolean;
  }[];
  readonly throttling: Throttling | null;
  readonly kernel: { readonly version: string; readonly preemption: Preemption; readonly isDynamic: boolean };
  readonly cards: readonly SurveyedCard[];
  readonly holders: readonly Holder[];
  /** Those that run, whether they hold a card or not. */
  readonly soundServers: readonly { readonly pid: number; readonly command: string }[];
  readonly hasSequencer: boolean;
  /** The package loads the modules that are needed, at each start. */
  readonly loadsModules: boolean;
  readonly usb: readonly UsbDevice[];
  readonly disk:
    | {
        readonly folder: string;
        readonly freeBytes: number;
        readonly isReadOnly: boolean;
        /** By who asks. */
        readonly isWritable: boolean;
        /** From / to the folder. */
        readonly way: readonly Standing[];
        /** The sets below it, as far as there are any; undefined where they may not be looked at. */
        readonly sets: { readonly folders: readonly Standing[]; readonly lock: Standing | undefined } | undefined;
      }
    | undefined;
  readonly swaps: readonly { readonly name: string; readonly isCompressed: boolean }[];
  /** A looper of this state folder has ended without putting things in order; when it kept something last, in seconds since 1970. */
  readonly uncleanEnd: { readonly lastKeptAt: number | undefined } | undefined;
};

/** What the settings say, as far as the machine has to fit them. */
export type SurveyedSettings = {
  readonly file: string;
  /** All that is wrong in them and in the profiles, a line each. */
  readonly mistakes: readonly string[];
  readonly rate: number;
  readonly device: string | null;
  readonly reserveBytes: number;
  /** Asked for on the command line: whether the looper may read it is not the question. */
  readonly isChosen: boolean;
  /** From / to the file; undefined where there is none, or it may not be looked at. */
  readonly way?: readonly Standing[] | undefined;
};
