import { ownProfilesFolder } from '../../src/config/own-folder.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { errorOf, Folder } from './files.ts';

describe("the player's folder", () => {
  const unset = { midi: { profiles: null } };
  test.each([
    ['as set', { midi: { profiles: '/srv/pads' } }, { STATE_DIRECTORY: '/var/lib/hindsight' }, '/srv/pads'],
    ['as set, from home', { midi: { profiles: '~/pads' } }, {}, '/home/ann/pads'],
    ['of a service', unset, { STATE_DIRECTORY: '/var/lib/hindsight' }, '/var/lib/hindsight/controllers'],
    ['of a service that has several', unset, { STATE_DIRECTORY: '/var/lib/a:/var/lib/b' }, '/var/lib/a/controllers'],
    ['of XDG', unset, { XDG_CONFIG_HOME: '/home/ann/etc', STATE_DIRECTORY: '' }, '/home/ann/etc/hindsight/controllers'],
    ['without XDG', unset, { XDG_CONFIG_HOME: '' }, '/home/ann/.config/hindsight/controllers'],
    ['with an XDG that is not absolute', unset, { XDG_CONFIG_HOME: 'etc' }, '/home/ann/.config/hindsight/controllers'],
  ])('%s', (_title, setting, env, expected) => {
    expect(ownProfilesFolder(setting, env, '/home/ann')).toBe(expected);
  });
});

describe('settings and profiles together', () => {
  const profile = (name: string, title: string): string =>
    `name: ${name}\ntitle: ${title}\nconfidence: solid\nports: { input: [] }\ncontrols: {}\n`;
  const ours = new Folder();
  const own = new Folder();
  const rig = new Folder();
  ours.write('pad.yaml', profile('pad', 'our pad'));
  ours.write('broken.yaml', profile('other', 'broken'));
  own.write('pedal.yaml', profile('pedal', 'own pedal'));
  own.write('pad.yaml', '');
  afterAll(() => {
    for (const folder of [ours, own, rig]) folder.remove();
  });

  const load = (config: string) =>
    loadSettings(rig.write('rig.yaml', config), { folder: ours.path }, ({ midi }) => midi.profiles ?? own.path);
  const told = (config: string): string[] =>
    errorOf(() => load(config)).mistakes.map(({ file, path, code }) => `${file.split('/').at(-1)} ${path} ${code}`);
  const ownMistakes = ['pad.yaml name missing', 'pad.yaml title missing', 'pad.yaml confidence missing'];
  const profileMistakes = [
    'broken.yaml name not-allowed',
    ...ownMistakes,
    'pad.yaml ports missing',
    'pad.yaml controls missing',
  ];

  test('mistakes in profiles are given back with the others', () => {
    const { config, profiles: read } = load('session: { bpm: 90 }\n');
    const { profiles, mistakes } = read();
    expect(config.session.bpm).toBe(90);
    expect(profiles.map(({ profile: { title } }) => title)).toEqual(['our pad', 'own pedal']);
    expect(mistakes.map(({ file, path, code }) => `${file.split('/').at(-1)} ${path} ${code}`)).toEqual(
      profileMistakes,
    );
  });

  test('without files there are defaults and our profiles', () => {
    const { config, profiles } = loadSettings(undefined, { folder: ours.path });
    expect(config.midi.controllers).toEqual([]);
    expect(profiles().profiles.map(({ profile: { title } }) => title)).toEqual(['our pad']);
  });

  test('only the profiles that are wanted are read', () => {
    const { profiles, mistakes } = load('').profiles(['pedal']);
    expect([profiles.map(({ profile: { name } }) => name), mistakes]).toEqual([['pedal'], []]);
  });

  test("the config's own folder counts, also where the config has mistakes elsewhere", () => {
    expect(
      load(`midi: { profiles: ${ours.path}, controllers: [{ profile: pad }] }\n`).profiles().profiles,
    ).toHaveLength(1);
    expect(told('midi: { profiles: /nowhere, controllers: [{ profile: pedal }] }\ntape: 1\n')).toEqual([
      'rig.yaml midi.controllers[0].profile not-allowed',
      'rig.yaml tape wrong-type',
      'nowhere  no-folder',
      'broken.yaml name not-allowed',
    ]);
  });

  test('a controller may have any profile that there is, ours where the own one is broken', () => {
    const { config } = load('midi: { controllers: [{ profile: pedal }, { profile: pad }] }\n');
    expect(config.midi.controllers.map(({ profile: name }) => name)).toEqual(['pedal', 'pad']);
  });

  test('a controller whose profile has mistakes is no mistake of the config: the show goes on without it', () => {
    const { config, profiles } = load('midi: { controllers: [{ profile: broken }, { profile: pedal }] }\n');
    expect(config.midi.controllers.map(({ profile: name }) => name)).toEqual(['broken', 'pedal']);
    expect(profiles().profiles.map(({ profile: { name } }) => name)).toEqual(['pad', 'pedal']);
  });

  test('a folder that is named and is not there is told', () => {
    const { mistakes } = load('midi: { profiles: /nowhere }\n').profiles([]);
    expect(mistakes.map(({ file, code }) => [file, code])).toEqual([['/nowhere', 'no-folder']]);
  });

  test('a controller of an unknown profile is a mistake', () => {
    expect(errorOf(() => load('midi: { controllers: [{ profile: pda }] }\n')).message).toContain(
      'found the text "pda"; allowed is broken, pad or pedal; did you mean `pad`?',
    );
  });

  test('a config that is no YAML is told without a word on its profiles', () => {
    expect(told('midi: { profiles: /nowhere\n').slice(0, 1)).toEqual(['rig.yaml  syntax']);
  });
});
