import { mayAll, mayRead, obstacle, type Standing } from '../../../src/core/doctor/access.ts';
import { findings } from '../../../src/core/doctor/findings.ts';
import type { Survey, SurveyedSettings } from '../../../src/core/doctor/survey.ts';
import { stateFolderOf } from '../../../src/core/doctor/trust.ts';
import type { Warning } from '../../../src/core/health/warning.ts';
import { aLooper, aSurvey, noFiles, someSettings } from './a-survey.ts';

const at = (path: string, mode: number, uid = 0, gid = 0, kind: Standing['kind'] = 'folder'): Standing => ({
  ...{ path, kind, uid, gid, mode },
});
const [root, etc] = [at('/', 0o755), at('/etc', 0o755)];
const service = { uid: 990, gids: [990, 29] };

test.each<readonly [string, readonly Standing[], number, string | undefined]>([
  ['what all may read', [root, etc, at('/etc/rig', 0o644)], mayRead, undefined],
  ['what only its owner may', [root, etc, at('/etc/rig', 0o600)], mayRead, '/etc/rig'],
  ['what is his own', [root, etc, at('/etc/rig', 0o600, 990)], mayRead, undefined],
  ['what is of a group of his', [root, etc, at('/etc/rig', 0o640, 0, 29)], mayRead, undefined],
  ['what is of another group', [root, etc, at('/etc/rig', 0o640, 0, 30)], mayRead, '/etc/rig'],
  ['what is his own, and for all but him', [root, at('/rig', 0o077, 990)], mayRead, '/rig'],
  ['what is below a folder that is closed', [root, at('/etc', 0o700), at('/etc/rig', 0o644)], mayRead, '/etc'],
  [
    'what is below a folder that may be passed only',
    [root, at('/etc', 0o711), at('/etc/rig', 0o644)],
    mayRead,
    undefined,
  ],
  ['what may be read only', [root, at('/sets', 0o755)], mayAll, '/sets'],
  ['nothing', [], mayRead, undefined],
])('the service’s user and %s', (_, way, wanted, path) => {
  expect(obstacle(way, service, wanted)?.at.path).toBe(path);
  expect(obstacle(way, { uid: 0, gids: [] }, wanted)).toBeUndefined();
});

const user = { name: 'hindsight', groups: ['audio'], ids: service };
const looper = aLooper({ user });

const found = (
  changed: Partial<NonNullable<Survey['disk']>>,
  settings: Partial<SurveyedSettings> = {},
  warnings: readonly Warning[] = [],
  survey: Partial<Survey> = {},
) => {
  const disk = { folder: '/state', freeBytes: 2 ** 33, isReadOnly: false, isWritable: true, ...noFiles, ...changed };
  const said = { isSimulated: false, warnings };
  const all = findings(aSurvey({ looper, disk, ...survey }), { ...someSettings, ...settings }, said);
  const of = (code: string) => all.find((finding) => finding.code === code);
  return { all, disk: of('disk'), settings: of('settings') };
};

test('root is told what the looper’s user may not read, though root may', () => {
  const way = [root, etc, at('/etc/rig.yaml', 0o600, 0, 0, 'file')];
  expect(found({}, { way }).settings).toMatchObject({
    ...{ level: 'bad', text: '/etc/rig.yaml may not be read by hindsight' },
    todo: expect.stringContaining('sudo chmod a+r /etc/rig.yaml'),
  });
  const closed = [root, at('/etc', 0o700), at('/etc/rig.yaml', 0o644, 0, 0, 'file')];
  expect(found({}, { way: closed }).settings?.text).toBe('/etc may not be entered by hindsight');
  expect(found({}, { way: [root, etc, at('/etc/rig.yaml', 0o644, 0, 0, 'file')] }).settings?.level).toBe('good');
});

const own = at('/state', 0o750, 990, 990);
const lock = at('/state/sets/lock', 0o640, 990, 990, 'file');

test.each<readonly [string, Partial<NonNullable<Survey['disk']>>, string]>([
  ['a folder of root’s', { way: [root, at('/state', 0o755)] }, '/state may not be written by hindsight'],
  ['one that cannot be reached', { way: [at('/', 0o700), own] }, '/ may not be entered by hindsight'],
  [
    'sets of root’s',
    { way: [root, own], sets: { folders: [at('/state/sets', 0o755)], lock: undefined } },
    '/state/sets may not be written by hindsight',
  ],
  [
    'sets that are a file',
    { way: [root, own], sets: { folders: [at('/state/sets', 0o644, 990, 990, 'file')], lock: undefined } },
    '/state/sets is no folder',
  ],
  [
    'sets that are nowhere',
    { way: [root, own], sets: { folders: [at('/state/sets', 0o777, 990, 990, 'nothing')], lock: undefined } },
    '/state/sets is no folder',
  ],
  [
    'a lock that is a folder',
    { way: [root, own], sets: { folders: [], lock: { ...lock, kind: 'folder' } } },
    '/state/sets/lock is no file',
  ],
])('root is told of %s', (_, disk, text) => {
  expect(found(disk).disk).toMatchObject({ level: 'bad', text, todo: expect.stringMatching(/^sudo /) });
});

test('sets that are the looper’s own are good, and those that cannot be seen only where it runs and says so', () => {
  const sets = { folders: [at('/state/sets', 0o700, 990, 990)], lock };
  expect(found({ way: [root, own], sets }).disk?.level).toBe('good');
  expect(found({ way: [root, own], sets: undefined }).disk?.level).toBe('good');
  const unsure = { looper: undefined, service: undefined, asker: user };
  expect(found({ way: [root, own], sets: undefined }, {}, [], unsure).disk).toMatchObject({
    ...{ level: 'hint', todo: 'ask as root' },
  });
});

const warning = (code: Warning['code'], level: Warning['level']): Warning => ({
  ...{ code, level, title: `title of ${code}`, text: `text of ${code}`, sinceSeconds: 1 },
});

test('what the looper says is bad is told in its words, and nothing is said good that it denies', () => {
  const { all } = found({}, {}, [
    warning('not-kept', 'bad'),
    warning('engine-overload', 'bad'),
    warning('hot', 'warn'),
  ]);
  expect(all.filter(({ level }) => level === 'bad')).toEqual([
    { code: 'looper-not-kept', level: 'bad', about: 'looper', text: 'title of not-kept: text of not-kept' },
    {
      ...{ code: 'looper-engine-overload', level: 'bad', about: 'looper' },
      text: 'title of engine-overload: text of engine-overload',
    },
  ]);
  expect(all.some(({ code }) => code === 'disk')).toBe(false);
  expect(all.some(({ code }) => code === 'power')).toBe(true);
  expect(found({ isReadOnly: true }, {}, [warning('not-kept', 'bad')]).disk?.level).toBe('bad');
});

const unit = { file: '/unit', user, rtprio: undefined, memlockBytes: undefined, configFile: undefined };
const player = { name: 'player', groups: ['hindsight'] };
const other = aLooper({ user: { name: 'other', groups: [] } });

test.each<readonly [string, Partial<Parameters<typeof stateFolderOf>[0]>, string | undefined, string | undefined]>([
  ['as it says', { looper: other }, '/said', '/said'],
  ['the service’s, where it runs as the service', { service: unit, looper }, undefined, '/service'],
  ['the service’s, where none runs', { service: unit }, undefined, '/service'],
  [
    'his own, where his own runs beside a service',
    { service: unit, looper: aLooper({ user: player }) },
    undefined,
    '/own',
  ],
  ['his own, where nothing is installed', {}, undefined, '/own'],
  ['not known, where another one’s runs and does not say', { looper: other }, undefined, undefined],
  [
    'his own, where only a stranger’s process looks like one',
    { looper: { ...other, isKnown: false } },
    undefined,
    '/own',
  ],
])('the folder of the sets is %s', (_, seen, said, folder) => {
  const known = { asker: player, looper: undefined, service: undefined, ...seen };
  expect(stateFolderOf(known, { said, own: '/own', service: '/service' })).toBe(folder);
});
