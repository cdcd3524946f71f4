import type { Card } from '../../src/adapters/audio/cards.ts';
import type { AudioInterface } from '../../src/adapters/audio/choose.ts';
import { RigFinder } from '../../src/compose/rig.ts';
import { type Config, configSchemaFor } from '../../src/config/schema.ts';

const scarlett = (card: number): AudioInterface => ({
  id: 3,
  name: `Scarlett 2i2 USB: Audio (hw:${card},0)`,
  alsaId: 'hw:USB,0',
  identity: 'usb:1235:8210:Y8ABC,0',
  card,
  usb: true,
  inputs: 2,
  outputs: 2,
});
const cardOf = (number: number): Card => ({ number, id: 'USB', usb: '1235:8210', serial: 'Y8ABC' });

/** Interfaces and cards that come and go, and how often PortAudio was asked for them. */
const world = (audio: Partial<Config['audio']> = { device: 'Scarlett' }, boardWaits = false) => {
  const there: { interfaces: AudioInterface[] | Error; cards: Card[] } = { interfaces: [], cards: [] };
  let asked = 0;
  let now = 0;
  const config: Config = configSchemaFor(undefined).parse({ audio });
  const list = async (): Promise<readonly AudioInterface[]> => {
    asked += 1;
    if (there.interfaces instanceof Error) throw there.interfaces;
    return there.interfaces;
  };
  const finder = new RigFinder(config, { now: () => now }, boardWaits, list, () => there.cards);
  const look = async (ms = 250) => {
    now += ms;
    const found = await finder.look();
    return 'rig' in found && found.rig.device.kind === 'naudiodon'
      ? found.rig.device.input
      : 'why' in found && found.why;
  };
  return { there, look, asked: () => asked };
};

test('what is there is found by the end of its name, and again under another number without asking PortAudio', async () => {
  const { there, look, asked } = world();
  Object.assign(there, { interfaces: [scarlett(1)], cards: [cardOf(1)] });
  expect(await look()).toBe('(hw:1,0)');
  there.cards = [];
  expect(await look()).toMatch(/Scarlett.* is not plugged in/);
  there.cards = [{ number: 1, id: 'PCH' }, cardOf(4)];
  expect(await look()).toBe('(hw:4,0)');
  expect(asked()).toBe(1);
});

test('where none is named it waits for whichever comes, as a service does that starts before the machine has seen any', async () => {
  const { there, look } = world({});
  expect(await look()).toBe('no sound card is there; plug one in');
  Object.assign(there, { interfaces: [scarlett(1)], cards: [cardOf(1)] });
  expect(await look()).toBe('(hw:1,0)');
  there.cards = [];
  expect(await look()).toMatch(/Scarlett.* is not plugged in/);
});

const onBoard: AudioInterface = {
  ...scarlett(0),
  ...{ id: 1, name: 'HDA Intel PCH: ALC (hw:0,0)', alsaId: 'hw:PCH,0', identity: 'alsa:PCH,0', card: 0, usb: false },
};
const boardCard: Card = { number: 0, id: 'PCH' };

test('what is on USB is waited for before the interface on the board is taken, which is there first', async () => {
  const { there, look } = world({}, true);
  Object.assign(there, { interfaces: [onBoard], cards: [boardCard] });
  expect(await look()).toMatch(/none is on USB yet; else HDA Intel/);
  Object.assign(there, { interfaces: [onBoard, scarlett(1)], cards: [boardCard, cardOf(1)] });
  expect(await look()).toBe('(hw:1,0)');
});

test('it is taken where nothing comes on USB, and at once where it is named', async () => {
  const { there, look } = world({}, true);
  Object.assign(there, { interfaces: [onBoard], cards: [boardCard] });
  for (const ms of [250, 2000, 2000]) expect(await look(ms)).toMatch(/none is on USB yet/);
  expect(await look(2000)).toBe('(hw:0,0)');
  const named = world({ device: 'PCH' }, true);
  Object.assign(named.there, { interfaces: [onBoard], cards: [boardCard] });
  expect(await named.look()).toBe('(hw:0,0)');
});

test('another card of the same number is not taken for it', async () => {
  const { there, look } = world();
  Object.assign(there, { interfaces: [scarlett(1)], cards: [cardOf(1)] });
  await look();
  there.cards = [{ number: 1, id: 'USB', usb: '1235:8210', serial: 'OTHER' }];
  expect(await look()).toMatch(/is not plugged in/);
});

test('what is not there is looked for without asking PortAudio, until a card comes', async () => {
  const { there, look, asked } = world();
  for (let times = 0; times < 100; times += 1) expect(await look()).toMatch(/no interface is called "Scarlett"/);
  expect(asked()).toBe(1);
  Object.assign(there, { interfaces: [scarlett(2)], cards: [cardOf(2)] });
  expect(await look()).toBe('(hw:2,0)');
});

test('a card that is there but cannot be opened yet is asked for again, ever more seldom', async () => {
  const { there, look, asked } = world();
  there.cards = [cardOf(2)];
  for (let times = 0; times < 9; times += 1) await look();
  expect(asked()).toBe(2);
  for (let times = 0; times < 480; times += 1) await look();
  // In two minutes, the pauses being 2, 4, 8, 16 and then 30 seconds.
  expect(asked()).toBe(8);
  there.interfaces = new Error('it took too long');
  expect(await look(30_000)).toBe('it took too long');
  there.interfaces = [scarlett(2)];
  expect(await look(30_000)).toBe('(hw:2,0)');
});

test('the likeliest one is waited for where none is named', async () => {
  const { there, look } = world({});
  there.cards = [cardOf(2)];
  expect(await look()).toMatch(/none with inputs and outputs can be opened/);
  there.interfaces = [scarlett(2)];
  expect(await look(2000)).toBe('(hw:2,0)');
});

test.each([
  ['device-ambiguous', { device: 'Scarlett' }, [scarlett(1), { ...scarlett(2), id: 4 }]],
  ['channel-unknown', { device: 'Scarlett', inputChannels: [3] }, [scarlett(1)]],
])('what waiting would not mend is thrown: %s', async (code, audio, interfaces) => {
  const { there, look } = world(audio);
  Object.assign(there, { interfaces, cards: [cardOf(1), cardOf(2)] });
  await expect(look()).rejects.toMatchObject({ code });
});
