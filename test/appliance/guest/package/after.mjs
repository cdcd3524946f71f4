// The third boot, after the power was cut: the set is there; then the package is upgraded, removed and purged.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pause, until } from './controllers/wait.mjs';
import { decode } from './hd44780.mjs';
import { playAll } from './scenes.mjs';
import { active, apt, config, installedVersion, must, run, service, untilShown } from './service.mjs';
import { Session } from './session.mjs';

const state = '/var/lib/hindsight';

/** The loops once all of them are read. */
const loops = async () => {
  const session = await Session.open();
  await until(
    () => session.state.tracks.every(({ loop }) => loop === null || loop.sound === 'here'),
    () => `all loops read: ${JSON.stringify(session.state.tracks)}`,
  );
  session.close();
  return session.state.tracks.map(({ state, loop }) => ({ state, beats: loop?.beats ?? 0 }));
};

const checksum = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

const afterCut = async () => {
  await active();
  return {
    status: service().StatusText,
    restarts: Number(service().NRestarts),
    loops: await loops(),
  };
};

/** An LCD on a bus that the kernel makes up, where it can, which tells what is written to it. */
const display = async () => {
  if (run('modinfo', 'i2c-stub').code !== 0) return { isThere: false };
  must('modprobe', '-a', 'i2c-dev');
  must('modprobe', 'i2c-stub', 'chip_addr=0x27');
  const bus = readdirSync('/sys/bus/i2c/devices').find((name) =>
    readFileSync(`/sys/bus/i2c/devices/${name}/name`, 'utf8').includes('stub'),
  );
  run('mount', '-t', 'debugfs', 'none', '/sys/kernel/debug');
  writeFileSync('/sys/kernel/debug/dynamic_debug/control', 'module i2c_stub +p');
  const kept = readFileSync(config, 'utf8');
  writeFileSync(config, `${kept}\nlcd: { enabled: true, bus: ${bus.slice(4)} }\n`);
  const { MainPID } = service();
  must('systemctl', 'restart', 'hindsight.service');
  await active(MainPID);
  const bytes = () =>
    [...must('dmesg').matchAll(/smbus byte - addr 0x27, wrote 0x([0-9a-f]{2})/g)].map(([, hex]) =>
      Number.parseInt(hex, 16),
    );
  // It may have something to say first, for three seconds.
  await pause(4000);
  const result = {
    isThere: true,
    bytes: bytes().length,
    lines: decode(bytes()),
    log: must('dmesg')
      .match(/i2c[^\n]*0x27[^\n]*/g)
      ?.slice(0, 20),
  };
  writeFileSync(config, kept);
  must('systemctl', 'restart', 'hindsight.service');
  return result;
};

/** The service is stopped, and the looper run by hand, as docs/install.md has it. */
const byHand = async () => {
  const { MainPID } = service();
  must('systemctl', 'stop', 'hindsight.service');
  const looper = spawn('hindsight', ['run'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => looper.once('exit', resolve));
  try {
    const asked = () => run('hindsight', 'status', '--json');
    let answer = asked();
    await untilShown(
      () => {
        answer = asked();
        return answer.code === 0;
      },
      () => `a looper by hand that answers (${answer.said})`,
      60_000,
    );
    const { pid } = JSON.parse(answer.out);
    return { isIt: pid === looper.pid, user: must('ps', '-o', 'user=', '-p', `${pid}`).trim() };
  } finally {
    looper.kill();
    await ended;
    must('systemctl', 'start', 'hindsight.service');
    await active(MainPID);
  }
};

/** Files and folders that dpkg has of the package. */
const packed = () => must('dpkg', '--listfiles', 'hindsight').trim().split('\n');

const upgraded = async () => {
  const before = { config: checksum(config), pid: service().MainPID, loops: await loops(), packed: packed() };
  // Both the player and the package have changed the settings. Nobody is here to be asked; what dpkg proposes is to keep the player's.
  const installing = apt('install', '-o', 'Dpkg::Options::=--force-confold', './current.deb');
  if (installing.code !== 0) throw new Error(installing.said);
  await active(before.pid);
  const now = new Set(packed());
  const gone = before.packed.filter((path) => !now.has(path));
  return {
    installing,
    gone,
    left: gone.filter((path) => existsSync(path)),
    settings: readdirSync(dirname(config)).toSorted(),
    offered: must('cat', `${config}.dpkg-dist`),
    version: installedVersion(),
    enabled: run('systemctl', 'is-enabled', 'hindsight.service').out.trim(),
    isConfigKept: checksum(config) === before.config,
    before: before.loops,
    loops: await loops(),
  };
};

const files = (folder) =>
  existsSync(folder) ? must('find', folder, '-type', 'f', '-printf', '%P\n').trim().split('\n') : [];

const sounds = () => files(state).filter((name) => name.endsWith('.wav')).length;

const removed = async () => {
  const before = sounds();
  const removing = apt('remove', 'hindsight');
  return {
    removing,
    state: run('systemctl', 'is-active', 'hindsight.service').out.trim(),
    isConfigKept: existsSync(config),
    isProgramLeft: existsSync('/usr/lib/hindsight'),
    before,
    sounds: sounds(),
  };
};

const purged = async () => {
  const purging = apt('purge', 'hindsight');
  const places = ['/etc', '/var', '/usr', '/run'];
  const left = must(
    'find',
    ...places,
    '-xdev',
    '-iname',
    '*hindsight*',
    '-not',
    '-path',
    '/var/tmp/seen/*',
    '-not',
    '-path',
    '/var/log/*',
    '-not',
    '-path',
    // What systemd has of units that were.
    '/run/systemd/*',
  )
    .trim()
    .split('\n')
    .filter((name) => name !== '');
  return { purging, left, hasUser: run('id', 'hindsight').code === 0, sounds: sounds() };
};

await playAll({ afterCut, display, byHand, upgraded, removed, purged });
