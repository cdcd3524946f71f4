// The first boot: a machine that knows nothing of the looper gets the package, as a player would.
import { statSync, writeFileSync } from 'node:fs';
import { pause } from './controllers/wait.mjs';
import { playAll } from './scenes.mjs';
import { active, apt, config, installedVersion, must, run, service } from './service.mjs';

const permissions = (path) => {
  const { mode, uid } = statSync(path);
  return { mode: (mode & 0o7777).toString(8), owner: must('id', '-nu', `${uid}`).trim() };
};

/** There is neither a card nor a sequencer yet. */
const installed = async () => {
  const installing = apt('install', './previous.deb');
  if (installing.code !== 0) throw new Error(installing.said);
  await active();
  return {
    installing,
    status: service().StatusText,
    enabled: run('systemctl', 'is-enabled', 'hindsight.service').out.trim(),
    groups: must('id', '-nG', 'hindsight').trim().split(' '),
    shell: must('getent', 'passwd', 'hindsight').trim().split(':')[6],
    /** Files that are not as they were packed, but for the documentation, which this machine leaves out. */
    changed: run('dpkg', '--verify', 'hindsight')
      .out.split('\n')
      .filter((line) => line !== '' && !/ \/usr\/share\/(doc|man|lintian)\//.test(line)),
    state: permissions('/var/lib/hindsight'),
    runtime: permissions('/run/hindsight'),
    version: installedVersion(),
    user: must('ps', '-o', 'user=', '-p', service().MainPID).trim(),
  };
};

/** The player sets it up, and has a card from the next boot on. */
const setUp = async () => {
  writeFileSync('/etc/modules-load.d/card.conf', 'snd-aloop\n');
  writeFileSync('/etc/modprobe.d/card.conf', 'options snd-aloop pcm_substreams=1\n');
  writeFileSync(config, must('cat', 'player.yaml'));
  must('systemctl', 'stop', 'hindsight.service');
  await pause(100);
  must('sync');
  return {};
};

await playAll({ installed, setUp });
