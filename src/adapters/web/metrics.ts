import type { Audience } from '../../ports/front-of-house.ts';
import type { Health, Snapshot } from '../../protocol/hindsight-v1.ts';

/** The content type of Prometheus' text format. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

const bytesPerFrame = 8;

type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number };
type Metric = {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly Sample[];
};

const counter = (name: string, help: string, value: number): Metric => ({
  name: `${name}_total`,
  type: 'counter',
  help,
  samples: [{ value }],
});
const gauge = (name: string, help: string, value: number): Metric => ({
  name,
  type: 'gauge',
  help,
  samples: [{ value }],
});

const soundMetrics = ({ sound }: Health): readonly Metric[] => [
  counter('xruns', 'Times that the driver lost frames.', sound.xruns),
  counter('lost_frames', 'Frames that were lost.', sound.framesLost),
  counter('late_blocks', 'Blocks that came too late and were silent.', sound.lateBlocks),
  counter('interface_losses', 'Times that the audio interface went away.', sound.interfaceLosses),
  counter('clipped_samples', 'Samples above full scale.', sound.clippedSamples),
  counter('garbage_collections', 'Garbage collections in the audio thread.', sound.collections),
  counter('garbage_collection_seconds', 'Time taken by them.', sound.collectionMs / 1000),
  gauge('longest_stall_seconds', 'The longest time that the audio thread stood still.', sound.longestStallMs / 1000),
  gauge('worst_block_seconds', 'The longest time that a block took.', sound.worstBlockMs / 1000),
  gauge('worst_wake_up_seconds', 'The longest time until a block was begun with.', sound.worstWakeUpMs / 1000),
  gauge('clock_jitter_seconds', 'How far blocks come from their time.', sound.jitterMs / 1000),
  gauge('clock_jitter_p99_seconds', 'The same, of all but the worst hundredth.', sound.jitterP99Ms / 1000),
];

/** What is not known is left out. */
const known = (name: string, help: string, value: number | null | undefined): readonly Metric[] =>
  value == null ? [] : [gauge(name, help, value)];

const yes = (isSo: boolean | undefined): number | undefined => (isSo === undefined ? undefined : Number(isSo));

/** What a look at the machine's files has found, and what it cost. */
const lookedAt = ({ machine, cost, engineLoad, cpuShare }: Health): readonly Metric[] => [
  gauge('engine_load_mean', 'Share of the time of a block that it takes to compute it.', engineLoad.mean),
  gauge('engine_load_worst', 'The same of the worst block of the last seconds.', engineLoad.worst),
  gauge('cpu_share', 'What the looper takes of one core.', cpuShare),
  gauge('health_look_seconds', 'Time of the main thread that a look at all this takes.', cost.lookMs / 1000),
  gauge('health_look_longest_seconds', 'The longest piece of it.', cost.longestMs / 1000),
  gauge('health_look_share', 'Share of a core that looking takes.', cost.share),
  ...known('cpu_temperature_celsius', 'Temperature of the processor.', machine?.temperatureC),
  ...known('under_voltage', '1 while the power supply gives too little.', yes(machine?.throttling?.underVoltage)),
  ...known('throttled', '1 while the processor is made slower.', yes(machine?.throttling?.throttled)),
  ...known('memory_available_bytes', 'Memory that can be had.', machine?.memoryAvailableBytes),
  ...known('disk_life_used', 'Share of the life of the disk that is used.', machine?.disk?.wear?.lifeUsed),
  ...known('disk_device_written_bytes', 'Bytes written by all programs.', machine?.disk?.writtenBytes),
];

const warningMetrics = ({ warnings, controllers }: Health): readonly Metric[] => [
  gauge('controllers', 'Controllers that are plugged in.', controllers.connected),
  {
    name: 'warning',
    type: 'gauge',
    help: '1 for what is not well.',
    samples: warnings.map(({ code, level }) => ({ labels: { code, level }, value: 1 })),
  },
];

const machineMetrics = (health: Health): readonly Metric[] => [
  gauge('uptime_seconds', 'Time since the start.', health.uptimeSeconds),
  gauge('resident_memory_bytes', 'Memory of the process.', health.rssBytes),
  gauge('event_loop_delay_p99_seconds', 'How late the main thread comes round.', health.eventLoopDelayP99Ms / 1000),
  gauge('load_per_core', 'Load of the last minute, for each core.', health.loadPerCore),
  ...(health.disk === null
    ? []
    : [
        counter('disk_written_files', 'Files written.', health.disk.filesWritten),
        counter('disk_written_bytes', 'Bytes written.', health.disk.bytesWritten),
        gauge('disk_free_bytes', 'What is left on the disk of the sets.', health.disk.freeBytes),
      ]),
];

const trackStates = ['EMPTY', 'TRIGGERED', 'RECORDING', 'PLAYING', 'STOPPING', 'STOPPED'] as const;

const sessionMetrics = ({ version, state }: Snapshot): readonly Metric[] => [
  { name: 'info', type: 'gauge', help: 'The version that runs.', samples: [{ labels: { version }, value: 1 }] },
  gauge('bpm', 'The tempo, in beats per minute.', state.grid.bpm),
  {
    name: 'tracks',
    type: 'gauge',
    help: 'Tracks by state.',
    samples: trackStates.map((name) => ({
      labels: { state: name },
      value: state.tracks.filter((track) => track.state === name).length,
    })),
  },
  gauge('latency_seconds', 'The round trip, as set.', state.latency.frames / state.rate),
  gauge('interface_present', '1 while the audio interface is there.', state.interface.state === 'here' ? 1 : 0),
  gauge('storage_well', '1 while sets can be kept.', state.storage.state === 'well' ? 1 : 0),
  gauge('tape_bytes', 'Memory of the tape.', state.memory.tapeFrames * bytesPerFrame),
  gauge('loop_memory_bytes', 'Memory that loops and undo may take.', state.memory.budgetFrames * bytesPerFrame),
  gauge('loop_memory_used_bytes', 'Memory that they take.', state.memory.usedFrames * bytesPerFrame),
];

const clientMetrics = ({ seed, hindsight, listeners }: Audience): Metric => ({
  name: 'clients',
  type: 'gauge',
  help: 'Front ends that are connected.',
  samples: [
    { labels: { protocol: 'seed' }, value: seed },
    { labels: { protocol: 'hindsight' }, value: hindsight },
    { labels: { protocol: 'listen' }, value: listeners },
  ],
});

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labelText = (labels: Sample['labels']): string => {
  const pairs = Object.entries(labels ?? {}).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const metricText = ({ name, type, help, samples }: Metric): string => {
  const full = `hindsight_${name}`;
  const lines = samples.map(({ labels, value }) => `${full}${labelText(labels)} ${value}`);
  return [`# HELP ${full} ${help}`, `# TYPE ${full} ${type}`, ...lines, ''].join('\n');
};

/** What Prometheus reads, in its text format 0.0.4. Pure. */
export const metricsText = (snapshot: Snapshot, health: Health, audience: Audience): string =>
  [
    ...sessionMetrics(snapshot),
    ...soundMetrics(health),
    ...machineMetrics(health),
    ...lookedAt(health),
    ...warningMetrics(health),
    clientMetrics(audience),
  ]
    .map(metricText)
    .join('');
