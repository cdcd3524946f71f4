import { stateFolder } from '../../src/config/state-folder.ts';

test.each([
  ['of a service', { STATE_DIRECTORY: '/var/lib/hindsight', XDG_STATE_HOME: '/x' }, '/var/lib/hindsight'],
  ['of a service that has several', { STATE_DIRECTORY: '/var/lib/a:/var/lib/b' }, '/var/lib/a'],
  ['of XDG', { STATE_DIRECTORY: '', XDG_STATE_HOME: '/home/ann/state' }, '/home/ann/state/hindsight'],
  ['with an XDG that is not absolute', { XDG_STATE_HOME: 'state' }, '/home/ann/.local/state/hindsight'],
  ['with an XDG that is empty', { XDG_STATE_HOME: '' }, '/home/ann/.local/state/hindsight'],
  ['without anything set', {}, '/home/ann/.local/state/hindsight'],
])('the state folder %s', (_title, env, folder) => {
  expect(stateFolder(env, '/home/ann')).toBe(folder);
});
