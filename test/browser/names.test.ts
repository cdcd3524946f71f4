import type { Page } from 'playwright-core';
import { scenes } from './scene.ts';
import { emptyTrack, loopOf, stateOf, trackOf } from './scripted-session.ts';

const open = scenes();

const stage = `
- alert
- region "Beat and bar":
  - text: beat N
  - status
  - text: bar of 4 N
- main "stage":
  - region "Tracks":
    - button "Track 1, stopped, 4 bars": 1 stopped 4 bars
    - button "More for track 1"
    - button "Track 2, empty, a stomp captures the last 4 bars": "2 empty stomp: last 4 bars"
    - button "More for track 2"
  - toolbar "Session":
    - button "Undo clear"
    - button "Redo capture"
    - button "Tap"
    - button "Click on" [pressed]
    - 'button "Reset: clear all tracks"': Reset
- navigation "Views":
  - link "Stage":
    - /url: "#stage"
  - link "Set":
    - /url: "#set"
  - link "Rig":
    - /url: "#rig"
  - link "Latency":
    - /url: "#latency"
  - link "Health":
    - /url: "#health"
`.trim();

/** What the Tab key comes by, once round, by what a screen reader calls it. */
const roundOf = async (page: Page): Promise<readonly string[]> => {
  const names: string[] = [];
  for (let stop = 0; stop < 100; stop += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) return undefined;
      return (activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '').trim();
    });
    if (name === undefined) return names;
    names.push(name);
  }
  throw new Error('Tab does not come round');
};

const two = () =>
  stateOf(2, { tracks: [trackOf(1, 'STOPPED', loopOf(1, 16)), emptyTrack(2)], undo: 'clear', redo: 'capture' });

test('a screen reader is told all of the stage by name', async () => {
  const { page } = await open(two());
  const tree = await page.locator('body').ariaSnapshot();
  expect(tree.replace(/(beat|bar of 4) [\d–]$/gm, '$1 N')).toBe(stage);
});

test('Tab comes by all of the stage, in the order in which it lies there', async () => {
  const { page } = await open(two());
  expect(await roundOf(page)).toEqual([
    ...['Track 1, stopped, 4 bars', 'More for track 1', 'Track 2, empty, a stomp captures the last 4 bars'],
    ...['More for track 2', 'Undo clear', 'Redo capture', 'Tap', 'Click on', 'Reset: clear all tracks'],
    ...['Stage', 'Set', 'Rig', 'Latency', 'Health'],
  ]);
});

test('undo, redo, tap, click and reset are played with the keyboard alone', async () => {
  const { page, asked, until } = await open(two());
  for (const name of [/^Undo/, /^Redo/, 'Tap', /^Click/]) {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  }
  await page.getByRole('button', { name: /^Reset/ }).focus();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Clear all', exact: true }).focus();
  await page.keyboard.press('Enter');
  await until(() => asked().length === 5);
  expect(asked().map(({ type }) => type)).toEqual(['undo', 'redo', 'tap', 'muteClick', 'reset']);
});

test('what is set is set with the keyboard alone', async () => {
  const { page, asked, until } = await open(two(), { view: 'set' });
  await page.getByRole('slider', { name: 'Click volume' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Click: on' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Bars that a stomp captures: more' }).focus();
  await page.keyboard.press('Enter');
  await until(() => asked().length === 3);
  expect(asked()).toEqual([
    { type: 'setClickVolume', volume: 0.51 },
    { type: 'muteClick', muted: true },
    { type: 'setBars', bars: 5 },
  ]);
});

test.each(['set', 'rig', 'latency', 'health'])('on the view %s no control is without a name', async (view) => {
  const { page } = await open(two(), { view });
  const tree = await page.locator('body').ariaSnapshot();
  expect(tree).toContain(`main "${view}"`);
  expect(
    tree.split('\n').filter((line) => /- '?(?:button|link|slider|textbox|checkbox|meter)(?![^"]*"[^"]+")/.test(line)),
  ).toEqual([]);
});
