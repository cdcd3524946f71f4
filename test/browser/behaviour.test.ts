import { scenes } from './scene.ts';
import { playing, stateOf } from './scripted-session.ts';

const open = scenes();

test('keys play as on the keyboard controller, but not where somebody types', async () => {
  const { page, commands, asked, until } = await open(stateOf(8), { view: 'set' });
  for (const key of ['u', 'y', 't', 'm', '0']) await page.keyboard.press(key);
  await until(() => commands().length >= 5);
  expect(asked()).toEqual([
    ...[{ type: 'undo' }, { type: 'redo' }, { type: 'tap' }, { type: 'muteClick' }],
    { type: 'stomp', track: 10 },
  ]);
  const tempo = page.getByLabel('Tempo', { exact: true });
  await tempo.focus();
  await page.keyboard.type('97');
  await page.keyboard.press('Enter');
  await until(() => commands().length >= 6);
  expect(asked().slice(5)).toEqual([{ type: 'setBpm', bpm: 97 }]);
});

test('steps that are taken faster than the looper answers are all taken', async () => {
  const { page, looper, commands, asked, until } = await open(stateOf(8), { view: 'set' });
  const more = page.getByRole('button', { name: 'Tempo: more' });
  looper.isSilent = true;
  for (let step = 0; step < 3; step += 1) await more.tap();
  await until(() => commands().length >= 3);
  expect(asked()).toEqual([121, 122, 123].map((bpm) => ({ type: 'setBpm', bpm })));
});

test('a refusal is a sentence, in a region that screen readers follow', async () => {
  const { page } = await open(stateOf(8));
  await page.keyboard.press('9');
  const word = page.locator('.word-line[aria-live="polite"] [data-level="warn"]');
  await word.waitFor();
  expect(await word.textContent()).toBe('There is no track 9');
});

test('a reset asks, or is held', async () => {
  const { page, commands, asked, until } = await open(playing(8));
  const reset = page.getByRole('button', { name: /^Reset/ });
  await reset.tap();
  await page.getByText('This clears 8 loops. Undo brings them back.').waitFor();
  await page.getByRole('button', { name: 'Keep them' }).tap();
  expect(asked()).toEqual([]);
  await reset.dispatchEvent('pointerdown', { button: 0, pointerId: 1 });
  await until(() => commands().length === 1);
  expect(asked()).toEqual([{ type: 'reset' }]);
});

test('the sheet of a track offers what pedals can be bound to, by keyboard too', async () => {
  const { page, commands, asked, until } = await open(playing(8));
  await page.getByRole('button', { name: 'More for track 5' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'At the bar line' }).click();
  await page.getByRole('button', { name: /^Bar later/ }).click();
  await page.getByRole('button', { name: /^It drags/ }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.locator('dialog').getByRole('button', { name: 'Undo capture' }).click();
  await until(() => commands().length >= 4);
  expect(asked()).toEqual([
    { type: 'retake', track: 5, at: 'bar', laterBars: 1 },
    { type: 'retake', track: 5, at: 'bar', laterMs: 10 },
    { type: 'stop', track: 5 },
    { type: 'undo', at: 'bar' },
  ]);
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
});

test('sets are listed, saved, loaded, renamed, deleted and recovered', async () => {
  const { page, looper, until } = await open(stateOf(8), { view: 'set' });
  await page.getByRole('button', { name: 'Load Encore' }).click();
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByLabel('Name of the set').fill('Friday');
  await page.locator('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'More for Encore' }).click();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name of the set').fill('Last one');
  await page.locator('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('button', { name: 'More for Song one' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: /^Bin/ }).click();
  await page.getByRole('button', { name: 'Recover Song one' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Recover' }).click();
  const questions = () =>
    looper.received.flatMap((message) =>
      message.type === 'sets' && !['list', 'bin'].includes(message.question.act) ? [message.question] : [],
    );
  await until(() => questions().length === 5);
  expect(questions()).toEqual([
    { act: 'load', name: 'Encore' },
    { act: 'save', name: 'Friday' },
    { act: 'rename', name: 'Encore', to: 'Last one' },
    { act: 'delete', name: 'Song one' },
    { act: 'recover', place: 1, name: 'Song one' },
  ]);
});

describe('listening', () => {
  test('is off at first, plays when asked, and ends when asked', async () => {
    const { page } = await open(playing(8), { view: 'rig' });
    await page.getByRole('button', { name: 'Listen', exact: true }).click();
    await page.getByText('This page plays what the looper plays.').waitFor();
    await page.getByRole('button', { name: 'Stop listening' }).click();
    await page.getByRole('button', { name: 'Listen', exact: true }).waitFor();
  });

  test('says so when too many listen', async () => {
    const { page, looper } = await open(playing(8), { view: 'rig' });
    looper.isListeningFull = true;
    await page.getByRole('button', { name: 'Listen', exact: true }).click();
    await page.getByText('Too many listen already').waitFor();
  });
});

test('the page can be installed, and an installed one says that the box is off', async () => {
  const { page, looper, url, forgive } = await open(stateOf(8));
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
    return (await fetch(link?.href ?? '')).json() as Promise<{ icons: readonly { src: string }[]; display: string }>;
  });
  expect(manifest.display).toBe('standalone');
  for (const { src } of manifest.icons) expect((await page.request.get(`${url}${src}`)).status()).toBe(200);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await looper.close();
  await page.reload();
  await page.getByText('The looper does not answer.').waitFor();
  forgive();
});
