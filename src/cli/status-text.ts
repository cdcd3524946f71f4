import type { Status } from '../ports/status.ts';

/** A line, or several that stand below each other, after what they are about. */
type Row = readonly [name: string, ...lines: readonly string[]];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const ms = (time: number): string => `${time.toFixed(time < 10 ? 2 : 1)} ms`;

const bytes = (count: number): string =>
  count >= 2 ** 30 ? `${(count / 2 ** 30).toFixed(1)} GB` : `${Math.round(count / 2 ** 20)} MB`;

export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
};

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

const listed = (parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join('; ');

const setRow = ({ state }: Status): Row => {
  const { set, storage } = state;
  const kept = storage.state === 'well' ? 'kept on disk' : `not kept: ${storage.reason}`;
  const incoming = set.incoming && `${set.incoming.name ?? 'a set'} is coming in`;
  return ['set', listed([set.name ?? 'without a name', kept, incoming ?? undefined])];
};

const interfaceRow = ({ state }: Status): Row => {
  const { state: there, title, blockFrames, queueBlocks } = state.interface;
  const name = there === 'away' ? `none${title === null ? '' : ` (it was ${title})`}` : (title ?? 'not named');
  return ['interface', `${name}; ${state.rate} Hz, ${blockFrames} frames a block, ${queueBlocks} written ahead`];
};

const latencyRow = ({ state }: Status): Row => {
  const { frames, source } = state.latency;
  if (source === 'none') return ['latency', 'not measured; hindsight calibrate does it'];
  return ['latency', `${counted(frames, 'frame')} = ${ms((frames * 1000) / state.rate)}, ${source}`];
};

const tempoRow = ({ state }: Status): Row => {
  const { grid, bars, pulse } = state;
  const meter = `${Math.round(grid.bpm * 100) / 100} BPM, ${counted(grid.beatsPerBar, 'beat')} a bar`;
  return ['tempo', `${meter}, ${counted(bars, 'bar')} a stomp; now bar ${pulse.bar + 1}, beat ${pulse.beat + 1}`];
};

const controllersRow = ({ controllers }: Status): Row => {
  const sorted = controllers.toSorted((a, b) => Number(a.connected) - Number(b.connected));
  if (sorted.length === 0) return ['controllers', 'none'];
  return ['controllers', ...sorted.map(({ name, title, connected }) => `${name}: ${connected ? title : 'unplugged'}`)];
};

const tracksRow = ({ state }: Status): Row => {
  const held = state.tracks.flatMap(({ id, state: how, loop }) =>
    loop === null ? [] : [`${id} ${how}, ${counted(loop.beats, 'beat')}${loop.lostFrames > 0 ? ', with a hole' : ''}`],
  );
  const empty = state.tracks.length - held.length;
  return ['tracks', ...held, ...(empty > 0 ? [`${counted(empty, 'track')} empty`] : [])];
};

const memoryRow = ({ state }: Status): Row => {
  const { tapeFrames, budgetFrames, usedFrames } = state.memory;
  const seconds = (frames: number): string => duration(frames / state.rate);
  return [
    'memory',
    `${seconds(usedFrames)} of ${seconds(budgetFrames)} in loops and undo; tape ${seconds(tapeFrames)}`,
  ];
};

const soundRow = ({ health }: Status): Row => {
  const { sound, engineLoad } = health;
  return [
    'sound',
    `load ${percent(engineLoad.mean)}, worst block lately ${percent(engineLoad.worst)} of its time`,
    `${counted(sound.xruns, 'xrun')} (${counted(sound.framesLost, 'frame')} lost); ${counted(sound.lateBlocks, 'block')} late; interface lost ${counted(sound.interfaceLosses, 'time')}`,
    `${counted(sound.clippedSamples, 'sample')} clipped; jitter ${ms(sound.jitterMs)}, p99 ${ms(sound.jitterP99Ms)}; longest stall ${ms(sound.longestStallMs)}`,
  ];
};

const heatText = ({ machine }: Status['health']): string | undefined => {
  if (machine == null || machine.temperatureC === null) return undefined;
  const limit = machine.temperatureLimitC === null ? '' : ` (slower from ${machine.temperatureLimitC} on)`;
  return `${Math.round(machine.temperatureC)} degrees${limit}`;
};

const powerText = ({ machine }: Status['health']): string | undefined => {
  const power = machine?.throttling;
  if (power == null) return undefined;
  if (power.underVoltage) return 'power too low now';
  if (power.throttled || power.frequencyCapped || power.softLimit) return 'made slower now';
  if (power.underVoltageSeen) return 'power was too low since it was switched on';
  return power.throttledSeen ? 'was made slower since it was switched on' : 'power good';
};

const diskText = ({ machine, disk }: Status['health']): string => {
  const of = machine?.disk;
  return listed([
    `disk ${of == null ? 'not known' : `${bytes(of.freeBytes)} free of ${bytes(of.totalBytes)}`}`,
    of?.isReadOnly === true && 'read-only',
    disk !== null && `${bytes(disk.bytesWritten)} in ${counted(disk.filesWritten, 'file')} written`,
    of?.wear?.lifeUsed != null && `${percent(of.wear.lifeUsed)} of its life used`,
  ]);
};

const machineRow = ({ health }: Status): Row => {
  const { machine } = health;
  const free = machine?.memoryAvailableBytes ?? null;
  return [
    'machine',
    listed([heatText(health), powerText(health), `load ${percent(health.loadPerCore)} of each core`]),
    listed([free !== null && `${bytes(free)} of memory free`, diskText(health)]),
  ];
};

const looperRow = ({ health }: Status): Row => {
  const { clients, cost } = health;
  return [
    'looper',
    `${percent(health.cpuShare)} of a core, ${bytes(health.rssBytes)}; main thread late by ${ms(health.eventLoopDelayP99Ms)} (p99)`,
    `${counted(clients.hindsight + clients.seed, 'front end')}, ${counted(clients.listeners, 'listener')}`,
    `looking after all this: ${ms(cost.lookMs)} a look, at most ${ms(cost.longestMs)} at once, ${(cost.share * 100).toFixed(3)} % of a core`,
  ];
};

const warningRow = ({ health }: Status): Row => {
  const { warnings, uptimeSeconds } = health;
  if (warnings.length === 0) return ['health', 'all is well'];
  const sinceText = (since: number): string => `for ${duration(uptimeSeconds - since)}`;
  return [
    'health',
    ...warnings.map(
      ({ level, title, text, sinceSeconds }) =>
        `${level === 'bad' ? 'BAD ' : 'warn'}  ${title} (${sinceText(sinceSeconds)}): ${text}`,
    ),
  ];
};

/** How a looper fares, for a human: what is not well first. Pure. */
export const statusText = (status: Status): string => {
  const { version, pid, health } = status;
  const rows = [
    ...[warningRow, setRow, interfaceRow, latencyRow, tempoRow, controllersRow, tracksRow],
    ...[memoryRow, soundRow, machineRow, looperRow],
  ].map((row) => row(status));
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.flatMap(([name, ...some]) =>
    some.map((line, at) => `${(at === 0 ? name : '').padEnd(width)}${line}`),
  );
  return [`Hindsight ${version}, up ${duration(health.uptimeSeconds)}, process ${pid}`, ...lines, ''].join('\n');
};
