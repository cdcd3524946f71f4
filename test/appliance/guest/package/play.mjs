// The second boot, from cold: a show with a controller and a card, and what may befall the looper in it. It ends when the power is cut.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Gadget } from './controllers/gadget.mjs';
import { face, heard, hex, lit, look, row, tap } from './controllers/pads.mjs';
import { pause, until } from './controllers/wait.mjs';
import { playAll, seen } from './scenes.mjs';
import { active, config, cost, manager, must, run, service, soundThreads, threads, untilShown } from './service.mjs';
import { Session } from './session.mjs';

const seconds = (start) => Math.round(performance.now() - start) / 1000;

let session;
let pad;

/** From the kernel's start on, in milliseconds: the times at which systemd and the looper were how far. */
const boot = async () => {
  await active();
  await untilShown(
    () => manager().FinishTimestampMonotonic !== '0',
    () => 'the end of the boot',
    60_000,
  );
  const ms = (value) => Number(value) / 1000;
  const { UserspaceTimestampMonotonic, FinishTimestampMonotonic } = manager();
  const { InactiveExitTimestampMonotonic, ExecMainStartTimestampMonotonic, ActiveEnterTimestampMonotonic, ...unit } =
    service();
  return {
    status: unit.StatusText,
    restarts: Number(unit.NRestarts),
    userspaceMs: ms(UserspaceTimestampMonotonic),
    unitMs: ms(InactiveExitTimestampMonotonic),
    programMs: ms(ExecMainStartTimestampMonotonic),
    readyMs: ms(ActiveEnterTimestampMonotonic),
    bootMs: ms(FinishTimestampMonotonic),
    analysis: run('systemd-analyze').out,
    chain: run('systemd-analyze', 'critical-chain', '--no-pager', 'hindsight.service').out,
  };
};

const unit = async () => {
  const security = run('systemd-analyze', 'security', '--no-pager', 'hindsight.service').out;
  const verified = run('systemd-analyze', 'verify', '--man=no', 'hindsight.service');
  return {
    score: Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(security)?.[1]),
    verified: { code: verified.code, said: verified.out + verified.said },
  };
};

const atRest = async () => {
  session = await Session.open();
  await until(
    () => session.state.interface.state === 'here',
    () => `an interface (${JSON.stringify(session.state.interface)})`,
  );
  const pid = service().MainPID;
  return { cost: await cost(pid), threads: threads(pid), figures: await session.figures() };
};

/** Plugs the controller in and waits for its lamps. Its plug is pulled whenever it is not needed, since it costs this machine most of its time. */
const plugged = async () => {
  pad.plug();
  await pad.seen();
  await lit(face(pad));
  return face(pad);
};

/** A controller is plugged in, and a stomp makes a loop of what the guitar played, which comes out of the card. */
const stomp = async () => {
  pad = new Gadget({
    ...{ name: 'pad', udc: 0, usb: '1235:0113', maker: 'Focusrite - Novation', product: 'Launchpad Mini MK3' },
    portCount: 2,
  });
  const port = await plugged();
  const guitar = spawn('aplay', ['-q', '-D', 'hw:Loopback,1', 'guitar.wav'], { stdio: 'ignore' });
  // A bar has to have been played before a stomp can catch it.
  await pause(4500);
  const { at, since } = await tap(port, row[0]);
  const lamp = await look(port, row[0], since);
  await session.plays(1);
  execFileSync('arecord', [
    ...['-q', '-D', 'hw:Loopback,1', '-t', 'wav', '-f', 'FLOAT_LE', '-r', '48000', '-c', '2', '-d', '6'],
    `${seen}/recorded.wav`,
  ]);
  guitar.kill();
  pad.pull();
  return { lamp: hex(lamp.bytes), lampMs: lamp.at - at, states: session.state.tracks.map(({ state }) => state) };
};

const eightLoops = async () => {
  for (let track = 2; track <= 8; track += 1) await session.command({ type: 'stomp', track });
  await session.plays(1, 2, 3, 4, 5, 6, 7, 8);
  const result = { cost: await cost(service().MainPID), figures: await session.figures() };
  // Loops are kept on disk at once, as the log would tell otherwise.
  await pause(2500);
  return { ...result, storage: session.state.storage };
};

/** What its own words are for, beside systemd's. */
const words = async () => {
  const status = run('hindsight', 'status');
  const json = run('hindsight', 'status', '--json');
  const doctor = run('hindsight', 'doctor');
  return { line: service().StatusText, status, json, doctor };
};

/** The loops that it has, once it is back; `before` is the process that was. */
const back = async (before) => {
  const start = performance.now();
  const pid = await active(before);
  const activeSeconds = seconds(start);
  session.close();
  session = await Session.open();
  await until(
    () => session.state.interface.state === 'here',
    () => `an interface (${JSON.stringify(session.state.interface)})`,
  );
  return { pid, activeSeconds, playableSeconds: seconds(start), loops: session.loops };
};

const killed = async () => {
  const { MainPID } = service();
  process.kill(Number(MainPID), 'SIGKILL');
  return await back(MainPID);
};

/** What the journal has of the service since a moment of this machine. */
const journal = (since) =>
  must('journalctl', '-b', '-q', '-o', 'cat', `--since=@${since / 1000}`, '-u', 'hindsight.service', '--no-pager');

/** One of the sound's threads stands still. */
const standsStill = async (which) => {
  const { MainPID } = service();
  const tid = (await soundThreads(MainPID))[which];
  const since = Date.now() - 1000;
  const freezer = spawn('node', ['freeze.mjs', `${tid}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => freezer.stdout.once('data', resolve));
  const start = performance.now();
  try {
    await untilShown(
      () => service().MainPID !== MainPID,
      () => `a new looper (${service().StatusText})`,
      30_000,
    );
    return { afterSeconds: seconds(start), ...(await back(MainPID)), journal: journal(since) };
  } finally {
    freezer.kill();
  }
};

const frozen = () => standsStill('engine');
const held = () => standsStill('driver');

/** It is stopped in the midst of a loop, and started again. */
const stopped = async () => {
  const port = await plugged();
  for (const track of session.loops) await session.command({ type: 'start', track });
  await session.plays(1);
  const since = port.received.length;
  const start = performance.now();
  must('systemctl', 'stop', 'hindsight.service');
  const stopSeconds = seconds(start);
  await pause(200);
  const last = heard(port, since);
  pad.pull();
  const { Result, ExecMainStatus } = service();
  const again = performance.now();
  must('systemctl', 'start', 'hindsight.service');
  return {
    ...{ stopSeconds, result: Result, status: ExecMainStatus, last },
    ...{ startSeconds: seconds(again), ...(await back()) },
  };
};

/** The player makes a mistake in the settings, sees that nothing starts, and mends it. */
const mistaken = async () => {
  const kept = readFileSync(config, 'utf8');
  writeFileSync(config, kept.replace('bpm: 120', 'bpm: 12000'));
  run('systemctl', 'restart', 'hindsight.service');
  const watched = [];
  for (let look = 0; look < 3; look += 1) {
    await pause(1000);
    const { ActiveState, Result, ExecMainStatus, NRestarts } = service();
    watched.push({ state: ActiveState, result: Result, status: ExecMainStatus, restarts: NRestarts });
  }
  const shown = run('systemctl', 'status', '--no-pager', '--full', 'hindsight.service').out;
  writeFileSync(config, kept);
  run('systemctl', 'start', 'hindsight.service');
  return { watched, shown, ...(await back()) };
};

/** All play, and one track is filled and emptied again and again, while the power goes. */
const cutShort = async () => {
  for (const track of session.loops) await session.command({ type: 'start', track });
  await session.plays(...session.loops);
  writeFileSync(`${seen}/beforeCut.json`, JSON.stringify({ loops: session.loops, tracks: session.state.tracks }));
  // What was seen so far has to survive; what the looper writes from here on is its own affair.
  must('sync');
  for (let round = 0; ; round += 1) {
    await session.command({ type: 'clear', track: 8 });
    await session.command({ type: 'stomp', track: 8 });
    if (round === 3) console.log('guest: the power may go');
    await pause(700);
  }
};

must('modprobe', 'dummy_hcd', 'num=1');
must('modprobe', '-a', 'libcomposite', 'usb_f_midi');
run('mount', '-t', 'configfs', 'none', '/sys/kernel/config');
await playAll({ boot, unit, atRest, stomp, eightLoops, words, killed, frozen, held, stopped, mistaken });
writeFileSync(`${seen}/journal-play.log`, must('journalctl', '-b', '-o', 'short-monotonic', '--no-hostname'));
await playAll({ cutShort });
