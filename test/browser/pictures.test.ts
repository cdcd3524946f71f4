import type { Browser } from 'playwright-core';
import type { ControllerPicture, StateView } from '../../src/protocol/hindsight-v1.ts';
import { complaintsOf, contextOn, launch, type Screen, screens, screenshots, shoot } from './browser.ts';
import { emptyTrack, loopOf, playing, rate, stateOf, trackOf } from './scripted-session.ts';
import { StandIn } from './stand-in.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  process.stdout.write(`screenshots: ${screenshots}\n`);
});

/** Beat 2 of a bar and a bit: every state has something to show there. */
const heldAt = Math.round(18.3 * 0.5 * rate);
const line = 20;

const allStates = (): StateView =>
  stateOf(8, {
    tracks: [
      trackOf(1, 'PLAYING', loopOf(1, 16, { passBeat: 16 })),
      trackOf(2, 'PLAYING', loopOf(2, 8, { passBeat: 16 })),
      trackOf(
        3,
        'RECORDING',
        loopOf(3, 16, { passBeat: line, startFrame: 4 * 24_000, endFrame: line * 24_000, sound: 'tape' }),
      ),
      trackOf(4, 'TRIGGERED', loopOf(4, 16, { passBeat: line }), 'start'),
      trackOf(5, 'STOPPING', loopOf(5, 32, { passBeat: 0 })),
      trackOf(6, 'STOPPED', loopOf(6, 16)),
      trackOf(7, 'STOPPED', loopOf(7, 4, { lostFrames: 200 })),
      emptyTrack(8),
    ],
    touched: 3,
    undo: 'capture',
    redo: null,
    set: { name: 'Song one', incoming: null },
    calibration: { phase: 'idle', last: 'succeeded', picture: 2 },
    word: { frame: 1, level: 'info', text: 'track 3 captures 4 bars, up to the bar line', code: null, track: 3 },
  });

const colours = ['green', 'green', 'red', 'yellow', 'yellow', 'blue', 'blue', 'dim-white'];
const launchpad: ControllerPicture = {
  name: 'Launchpad Mini MK3',
  title: 'Novation Launchpad Mini MK3',
  connected: true,
  why: 'launchpad-mini-mk3 fits its port name',
  page: 0,
  rows: Array.from({ length: 9 }, (_, y) =>
    Array.from({ length: 9 }, (_, x) => {
      if (x === 8 && y === 0) return null;
      const shade = y === 8 ? (colours[x] ?? 'dim-purple') : y === 0 && x < 4 ? (x === 2 ? 'cyan' : 'off') : 'off';
      return { id: `lamp-${y}-${x}`, shade, by: shade === 'yellow' ? ('blink' as const) : ('steady' as const) };
    }),
  ),
};

const withLooper = async (state: StateView, look: (url: string, looper: StandIn) => Promise<void>) => {
  const looper = new StandIn(state);
  looper.holdAt(heldAt);
  looper.controllers = [launchpad];
  const url = await looper.listen();
  try {
    await look(url, looper);
  } finally {
    await looper.close();
  }
};

describe.each(Object.keys(screens) as Screen[])('on a %s', (screen) => {
  test('all views are drawn, fit the width, and break no policy', async () => {
    await withLooper(allStates(), async (url, looper) => {
      const context = await contextOn(browser, screen);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      for (const view of ['stage', 'set', 'rig', 'latency', 'health']) {
        await page.goto(`${url}/#${view}`);
        await page.locator(`.app[data-view="${view}"][data-stale="false"]`).waitFor();
        for (const text of [
          'launchpad  in   90 51 7F  note on 81 -> stomp-1',
          'launchpad  did  press of stomp-1: stomp 1',
        ]) {
          if (view === 'rig') looper.monitor(`12.${text.length} ${text}`);
        }
        await page.waitForTimeout(400);
        const { overflow } = await page.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }));
        expect([view, overflow]).toEqual([view, 0]);
        await shoot(page, `${screen}-${view}`);
        if (view === 'stage') continue;
        await page.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
        await page.waitForTimeout(100);
        await shoot(page, `${screen}-${view}-end`);
      }
      expect(complaints).toEqual([]);
      await context.close();
    });
  });

  test('refusal, silence, a track sheet and sixty-four tracks have their pictures', async () => {
    await withLooper(allStates(), async (url, looper) => {
      const context = await contextOn(browser, screen);
      const page = await context.newPage();
      await page.goto(url);
      await page.locator('.pad').first().waitFor();
      looper.say('sound: a block came too late and was silent; a larger audio.queueBlocks forgives more', 'warn');
      await shoot(page, `${screen}-stage-aside`);
      looper.say('4 bars of 8.0 s are more than the tape of 180.0 s holds; 2 bars would fit', 'warn', 'tape-too-short');
      looper.change({ interface: { ...looper.state.interface, state: 'away' } });
      await page.waitForTimeout(300);
      await shoot(page, `${screen}-stage-refused-alarm`);
      await page.getByLabel('More for track 1').click();
      await page.waitForTimeout(200);
      await shoot(page, `${screen}-track-sheet`);
      await page.keyboard.press('Escape');
      looper.isSilent = true;
      await page.locator('.app[data-stale="true"]').waitFor();
      await page.waitForTimeout(1600);
      await shoot(page, `${screen}-stage-silent`);
      await context.close();
    });
    for (const tracks of [4, 16, 64]) {
      await withLooper(playing(tracks), async (url) => {
        const context = await contextOn(browser, screen);
        const page = await context.newPage();
        await page.goto(url);
        await page.locator('.pad').first().waitFor();
        await page.waitForTimeout(300);
        await shoot(page, `${screen}-stage-${tracks}`);
        await context.close();
      });
    }
  });
});
