import { scenes } from './scene.ts';
import { playing, stateOf } from './scripted-session.ts';

const open = scenes();

describe('when the looper is not heard', () => {
  test('a page says so after a second and a half, stands still, and goes on by itself', async () => {
    const { page, looper, asked } = await open(playing(8));
    looper.isSilent = true;
    await page.getByText('No word from the looper since').waitFor({ timeout: 10_000 });
    // What follows the beat stands still from its next picture on.
    await page.locator('.beats .number b').first().filter({ hasText: '–' }).waitFor();
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    // Else it would be done when the looper comes round.
    await page.keyboard.press('1');
    await page.getByText('Not done: there is no word from the looper').waitFor();
    looper.isSilent = false;
    await page.locator('.app[data-stale="false"]').waitFor();
    expect(asked()).toEqual([]);
  });

  test('at once when the line is cut, and nothing that is pressed meanwhile is done later', async () => {
    const { page, looper, asked } = await open(playing(8));
    await page.evaluate(() => {
      const app = document.querySelector('.app');
      new MutationObserver(() => {
        if (app?.getAttribute('data-stale') === 'true') document.title = 'stale';
      }).observe(document, { subtree: true, attributes: true });
    });
    looper.isRefusing = true;
    looper.drop();
    await page.waitForFunction(() => document.title === 'stale', undefined, { timeout: 3000 });
    await page.keyboard.press('1');
    await page.getByText('Not done: there is no line to the looper').waitFor();
    looper.isRefusing = false;
    await page.locator('.app[data-stale="false"]').waitFor({ timeout: 5000 });
    expect(asked()).toEqual([]);
  });

  test('a looper that was started anew is shown as it is now, and that it was is said', async () => {
    const { page, looper } = await open(playing(8));
    looper.restart(stateOf(4));
    await page.getByText('The looper was started anew').waitFor({ timeout: 5000 });
    expect(await page.locator('.pad').count()).toBe(4);
  });
});

test('what was missed is asked for again', async () => {
  const { page, looper, until } = await open(stateOf(8));
  looper.miss({ bars: 16 });
  looper.change({ undo: 'clear' });
  await until(() => looper.received.some(({ type }) => type === 'resync'));
  await page.getByText('bar of 16').waitFor();
});

test('each loop is drawn once its sound is here, and asked for once', async () => {
  const { page, looper } = await open(playing(4));
  await page.locator('.wave-shape path:not(.wave-line)').nth(3).waitFor({ state: 'attached' });
  await page.waitForTimeout(1200);
  const waves = looper.received.filter(({ type }) => type === 'waveform');
  expect(waves.map((message) => 'loop' in message && message.loop).toSorted()).toEqual([1, 2, 3, 4]);
});

test('a loop that the looper could not draw is asked for again, after a pause', async () => {
  let refusals = 2;
  const { page, looper } = await open(playing(4), {
    before: (looper) => {
      looper.odd = (message) => {
        if (message.type !== 'waveform' || refusals === 0) return undefined;
        refusals -= 1;
        return { type: 'refused', id: message.id, code: 'too-many', reason: '32 questions wait for their answers' };
      };
    },
  });
  await page.locator('.wave-shape path:not(.wave-line)').nth(3).waitFor({ state: 'attached', timeout: 8000 });
  expect(looper.received.filter(({ type }) => type === 'waveform')).toHaveLength(6);
  expect(await page.getByText('32 questions').count()).toBe(0);
});

test('a line that is given up leaves no question waiting: loops are drawn and sets are asked for by the next one', async () => {
  const { page, looper, until } = await open(playing(4), {
    view: 'set',
    before: (looper) => {
      looper.odd = ({ type, ...message }) =>
        type === 'waveform' || ('question' in message && message.question.act === 'load') ? 'nothing' : undefined;
    },
  });
  const load = page.getByRole('button', { name: 'Load Encore' });
  await load.click();
  await page.locator('button:disabled', { hasText: 'Load' }).first().waitFor();
  // As of a phone that changed its network: the old line is dead, and nobody says so.
  looper.isSilent = true;
  await until(() => looper.joined === 2, 8000);
  looper.odd = () => undefined;
  looper.isSilent = false;
  await page.locator('.app[data-stale="false"]').waitFor();
  await page.getByText('The line was cut before the looper answered').waitFor({ timeout: 3000 });
  await load.click({ timeout: 3000 });
  await page.getByText('Load is done').waitFor();
  await page.getByRole('link', { name: 'Stage' }).click();
  await page.locator('.wave-shape path:not(.wave-line)').nth(3).waitFor({ state: 'attached', timeout: 3000 });
});
