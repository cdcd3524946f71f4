import type { Page } from 'playwright-core';
import type { StateView } from '../../src/protocol/hindsight-v1.ts';
import { type Screen, screens } from './browser.ts';
import { scenes } from './scene.ts';
import { loopOf, stateOf, trackOf } from './scripted-session.ts';
import type { StandIn } from './stand-in.ts';

const open = scenes();
const all = Object.keys(screens) as Screen[];
const views = ['stage', 'set', 'rig', 'latency', 'health'] as const;

/** Far from any bar line, so that nothing becomes due while it is looked at. */
const later = 4000;
const everyWord = (): StateView =>
  stateOf(8, {
    tracks: [
      trackOf(1, 'PLAYING', loopOf(1, 16, { passBeat: 0 })),
      trackOf(2, 'STOPPED', loopOf(2, 8, { sound: 'disk' })),
      trackOf(3, 'RECORDING', loopOf(3, 16, { endFrame: later * 24_000, sound: 'tape' })),
      trackOf(4, 'TRIGGERED', loopOf(4, 16, { passBeat: later }), 'start'),
      trackOf(5, 'STOPPING', loopOf(5, 32, { passBeat: 0 })),
      trackOf(6, 'TRIGGERED', loopOf(6, 16), 'read'),
      trackOf(7, 'STOPPED', loopOf(7, 4, { sound: 'file' })),
      trackOf(8, 'STOPPED', loopOf(8, 4, { lostFrames: 9 })),
    ],
    undo: 'capture',
    redo: 'retake',
    set: { name: 'Song one', incoming: null },
  });

/** The bar line, at which states move on, does not come, however long a browser takes. */
const atOneMoment = (looper: StandIn): void => looper.holdAt(0);

const away = (state: StateView): Partial<StateView> => ({ interface: { ...state.interface, state: 'away' } });
const more: Partial<StateView> = {
  storage: { state: 'trouble', code: 'disk-full', reason: 'the disk is full' },
  set: { name: 'Song one', incoming: { name: 'Encore', phase: 'reading' } },
};

/** Where all is that a foot or a finger may be on its way to. */
const places = (page: Page): Promise<readonly string[]> =>
  page.locator('.stomp, .tool, .tabs a').evaluateAll((targets) =>
    targets.map((target) => {
      const { x, y, width, height } = target.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(' ');
    }),
  );

/** Of these the ones whose text is wider or higher than they are. */
const cut = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((elements) =>
    elements.flatMap((element) => {
      const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      return isCut ? [element.textContent ?? ''] : [];
    }),
  );

/** Controls that no finger reaches, wherever one scrolls. */
const unreachable = (page: Page): Promise<readonly string[]> =>
  page.locator('.app :is(button, a, input:not(.unseen))').evaluateAll((controls) =>
    controls.flatMap((control) => {
      control.scrollIntoView({ block: 'center' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isHit = hit !== null && (control.contains(hit) || hit.contains(control));
      const isInside = left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1;
      return isHit && isInside ? [] : [control.getAttribute('aria-label') ?? control.textContent ?? control.tagName];
    }),
  );

describe.each(all)('on a %s', (screen) => {
  test('nothing moves when an alarm comes, when more come, and when the looper falls silent', async () => {
    const { page, looper } = await open(everyWord(), { screen });
    const before = await places(page);
    looper.change(away(looper.state));
    await page.getByText('No interface').waitFor();
    expect(await places(page)).toEqual(before);
    expect(await cut(page, '.alarm-title, .alarm-detail')).toEqual([]);
    looper.change(more);
    await page.getByText('Disk trouble').waitFor();
    expect(await places(page)).toEqual(before);
    expect(await cut(page, '.alarm-title')).toEqual([]);
    // Beat and bar are what is read from afar: an alarm leaves them alone.
    const [alarms, ...numbers] = await page
      .locator('.alarms, .number b')
      .evaluateAll((elements) =>
        elements
          .map((element) => element.getBoundingClientRect().toJSON() as DOMRect)
          .toSorted((a, b) => b.width - a.width),
      );
    for (const number of numbers) {
      const isBeside = number.right <= (alarms?.left ?? 0) || number.left >= (alarms?.right ?? 0);
      expect(isBeside || number.bottom <= (alarms?.top ?? 0)).toBe(true);
    }
    looper.isSilent = true;
    await page.getByText('No word from the looper since').waitFor();
    expect(await places(page)).toEqual(before);
  });

  test('the word of each state is read whole on its pad', async () => {
    const { page } = await open(everyWord(), { screen, before: atOneMoment });
    expect(await page.locator('.pad-word').allTextContents()).toEqual([
      ...['playing', 'from disk', 'captures', 'starts in', 'stops in', 'reading', 'from file', 'has a gap'],
    ]);
    expect(await cut(page, '.pad-word, .tool, .number .label')).toEqual([]);
  });

  test('with text of twice the size all is there, within reach, and stage and tabs are read whole', async () => {
    const { page } = await open(everyWord(), { screen, before: atOneMoment });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '212.5%';
    });
    for (const view of views) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, view);
      await page.locator(`.app[data-view="${view}"]`).waitFor();
      await page.waitForTimeout(200);
      expect([view, await unreachable(page)]).toEqual([view, []]);
      expect([view, await cut(page, '.pad-word, .tool, .number .label, .tabs a, .big, .step')]).toEqual([view, []]);
      const overflow = await page.evaluate(() =>
        [document.documentElement, document.querySelector('main')].map((one) =>
          one === null ? 0 : one.scrollWidth - one.clientWidth,
        ),
      );
      expect([view, overflow]).toEqual([view, [0, 0]]);
    }
  });
});
