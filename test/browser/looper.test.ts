import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { ServerMessage } from '../../src/protocol/hindsight-v1.ts';
import { V1Caller } from '../integration/caller.ts';
import { homeIn, type Looper, looperIn, scratchOfFile } from '../integration/looper.ts';
import { complaintsOf, contextOn, launch, type Screen, screenshots, shoot } from './browser.ts';

const files = scratchOfFile();
const patience = 120_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  process.stdout.write(`screenshots: ${screenshots}\n`);
});

const contexts: BrowserContext[] = [];
const complaints: (readonly string[])[] = [];
/** Where all that was asked for came from. */
const origins = new Set<string>();
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  // Of a looper that is not there, or that died while it was asked, the browser itself complains.
  expect(
    complaints
      .splice(0)
      .flat()
      .filter((text) => !/net::ERR_(CONNECTION_\w+|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)/.test(text)),
  ).toEqual([]);
  const elsewhere = [...origins].filter((origin) => !/^(http|ws):\/\/127\.0\.0\.1:\d+$/.test(origin));
  origins.clear();
  expect(elsewhere).toEqual([]);
});

const noteOrigin = (url: string): void => {
  const { protocol, host } = new URL(url);
  if (protocol !== 'data:' && protocol !== 'blob:') origins.add(`${protocol}//${host}`);
};

/** A page of a browser of its own, of which is noted what it complains of and whom it asks. */
const newPage = async (screen: Screen = 'phone'): Promise<Page> => {
  const context = await contextOn(browser, screen);
  contexts.push(context);
  context.setDefaultTimeout(30_000);
  context.on('request', (request) => noteOrigin(request.url()));
  const page = await context.newPage();
  page.on('websocket', (socket) => noteOrigin(socket.url()));
  return page;
};

const isLive = (page: Page): Promise<void> => page.locator('.app[data-stale="false"]').waitFor();

const openedAt = async (url: string, screen: Screen = 'phone', view = 'stage'): Promise<Page> => {
  const page = await newPage(screen);
  complaints.push(complaintsOf(page));
  await page.goto(`${url}/#${view}`);
  await isLive(page);
  return page;
};

const start = async (config: Readonly<Record<string, unknown>> = {}, home = homeIn(files)) => {
  const looper: Looper = looperIn(files, { home, config });
  const port = await looper.port();
  return { looper, port, url: `http://127.0.0.1:${port}`, home };
};

/** What is played from here on has sound in it: before the start there was none. */
const warmedUp = async (port: number): Promise<V1Caller> => {
  const caller = await V1Caller.at(port);
  await caller.until(() => (caller.state.pulse.bar >= 2 ? true : undefined));
  return caller;
};

/** Keeps what the page says from now on: on a busy machine other words may soon take the place of those that are waited for. */
const keepsWords = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const line = document.querySelector('.word-line');
    const look = () => said.push(line?.textContent ?? '');
    if (line !== null)
      new MutationObserver(look).observe(line, { subtree: true, childList: true, characterData: true });
  });

const isSaid = async (page: Page, words: string): Promise<void> => {
  await page.waitForFunction(
    (wanted) => (window as unknown as { said: readonly string[] }).said.some((text) => text.startsWith(wanted)),
    words,
  );
};

const pad = (page: Page, track: number, word = ''): Locator =>
  page.getByRole('button', { name: new RegExp(`^Track ${track}, ${word}`) });

test(
  'a pad that is touched plays, as programs are told and another page shows, and Undo takes it back',
  async () => {
    const { port, url } = await start();
    const caller = await warmedUp(port);
    const [page, other] = [await openedAt(url), await openedAt(url, 'tablet')];
    await pad(page, 1).tap();
    await pad(page, 1, 'playing').waitFor();
    await pad(other, 1, 'playing').waitFor();
    await caller.comes(1, 'PLAYING');
    const told = (await (await fetch(`${url}/api/state`)).json()) as Extract<ServerMessage, { type: 'snapshot' }>;
    expect(told.state.tracks[0]).toMatchObject({ state: 'PLAYING', loop: { beats: 4 } });
    await other.locator('.wave-shape path[d^="M0 "]').first().waitFor({ state: 'attached' });

    await page.getByRole('button', { name: 'Undo capture' }).tap();
    await pad(other, 1, 'empty').waitFor();
    await caller.comes(1, 'EMPTY');
    await other.getByRole('button', { name: 'Redo capture' }).tap();
    await pad(page, 1, 'playing').waitFor();
  },
  patience,
);

test(
  'keys stomp, and what cannot be done is said in a sentence',
  async () => {
    const { port, url } = await start();
    const caller = await warmedUp(port);
    const page = await openedAt(url);
    await page.locator('body').focus();
    await page.keyboard.press('2');
    await caller.comes(2, 'PLAYING');
    await pad(page, 2, 'playing').waitFor();
    await page.keyboard.press('2');
    await pad(page, 2, 'stopped').waitFor();
    await keepsWords(page);
    await page.keyboard.press('9');
    await isSaid(page, 'There is no track 9');
    expect(caller.track(2).state).toBe('STOPPED');
  },
  patience,
);

test(
  'a page whose looper is killed says so at once, and goes on by itself when that is back, with its loops',
  async () => {
    const { looper, port, url, home } = await start();
    const caller = await warmedUp(port);
    const page = await openedAt(url);
    await pad(page, 4).tap();
    await pad(page, 4, 'playing').waitFor();
    // What was saved is on disk.
    await caller.until(() => (caller.track(4).loop?.sound === 'here' ? true : undefined));
    await caller.ask({ type: 'sets', question: { act: 'save', name: 'Kept' } });
    await page.evaluate(() => {
      const app = document.querySelector('.app');
      new MutationObserver(() => {
        if (app?.getAttribute('data-stale') === 'true') document.title = `stale at ${Date.now()}`;
      }).observe(document, { subtree: true, attributes: true });
    });
    await keepsWords(page);
    const killedAt = Date.now();
    await looper.kill();
    await page.waitForFunction(() => document.title.startsWith('stale at '));
    expect(Number((await page.title()).replace('stale at ', '')) - killedAt).toBeLessThan(2000);
    await page.getByText('No word from the looper since').waitFor();

    await start({ web: { port } }, home);
    await isLive(page);
    await isSaid(page, 'The looper was started anew');
    await pad(page, 4, 'stopped').waitFor();
    await pad(page, 4).tap();
    await pad(page, 4, 'playing').waitFor();
  },
  patience,
);

test(
  'a looper that is reached from elsewhere lets in only who has its token, and then plays',
  async () => {
    const { looper, port, url, home } = await start({ web: { host: '0.0.0.0', port: 0 } });
    const page = await newPage();
    const answer = await page.goto(`${url}/`);
    expect(answer?.status()).toBe(401);
    expect(await page.locator('body').textContent()).toMatch(/does not know you.*hindsight pair/s);
    const wrong = await page.goto(`${url}/pair?token=${'A'.repeat(43)}`);
    expect(wrong?.status()).toBe(403);
    expect(await page.locator('body').textContent()).toMatch('does not know you');
    await expect(V1Caller.at(port)).rejects.toThrow('401');

    const token = readFileSync(join(home.state, 'web-token'), 'utf8').trim();
    complaints.push(complaintsOf(page));
    await page.goto(`${url}/pair?token=${token}`);
    await isLive(page);
    expect(page.url()).toBe(`${url}/`);
    await pad(page, 3).tap();
    await pad(page, 3, 'playing').waitFor();
    const caller = await V1Caller.at(port, { headers: { authorization: `Bearer ${token}` } });
    await caller.comes(3, 'PLAYING');
    expect(await page.evaluate(() => document.cookie)).toBe('');
    looper.child.kill('SIGTERM');
    expect((await looper.ended).stderr).not.toMatch(token);
  },
  patience,
);

test(
  'what the looper plays is heard on a page that listens',
  async () => {
    const { port, url } = await start();
    await warmedUp(port);
    const page = await newPage();
    complaints.push(complaintsOf(page));
    await page.addInitScript(() => {
      const contexts: AudioContext[] = [];
      Object.assign(window, { contexts });
      window.AudioContext = class extends AudioContext {
        constructor(...wish: ConstructorParameters<typeof AudioContext>) {
          super(...wish);
          contexts.push(this);
        }
      };
    });
    const isHeard = new Promise<void>((resolve) => {
      let [pieces, loudest] = [0, 0];
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          if (typeof payload === 'string') return;
          pieces += 1;
          for (let at = 8; at + 1 < payload.length; at += 2) loudest = Math.max(loudest, payload.readInt16LE(at));
          if (pieces > 20 && loudest > 1000) resolve();
        }),
      );
    });
    await page.goto(`${url}/#rig`);
    await isLive(page);
    await page.getByRole('button', { name: 'Listen', exact: true }).tap();
    await page.getByText('This page plays what the looper plays.').waitFor();
    await isHeard;
    const contextsOf = () => {
      const { contexts } = window as unknown as { contexts: readonly AudioContext[] };
      return contexts.map(({ state, sampleRate, currentTime }) => ({ state, sampleRate, runs: currentTime > 0 }));
    };
    await page.waitForFunction(() =>
      (window as unknown as { contexts: readonly AudioContext[] }).contexts.some(({ currentTime }) => currentTime > 0),
    );
    expect(await page.evaluate(contextsOf)).toEqual([{ state: 'running', sampleRate: 48_000, runs: true }]);
    await page.getByRole('button', { name: 'Stop listening' }).tap();
    await page.waitForFunction(() =>
      (window as unknown as { contexts: readonly AudioContext[] }).contexts.every(({ state }) => state === 'closed'),
    );
  },
  patience,
);

test.each(['phone', 'tablet'] as const)(
  'all views of a looper that plays are drawn on a %s and fit its width',
  async (screen) => {
    const { port, url } = await start({ session: { bpm: 120, beatsPerBar: 4, bars: 2 } });
    const caller = await warmedUp(port);
    for (const track of [1, 2, 3]) await caller.command({ type: 'stomp', track });
    for (const track of [1, 2, 3]) await caller.comes(track, 'PLAYING');
    await caller.command({ type: 'stop', track: 3 });
    await caller.comes(3, 'STOPPED');
    const page = await openedAt(url, screen);
    await page.locator('.wave-shape path[d^="M0 "]').nth(2).waitFor({ state: 'attached' });
    for (const view of ['stage', 'set', 'rig', 'latency', 'health']) {
      await page.goto(`${url}/#${view}`);
      await page.locator(`.app[data-view="${view}"][data-stale="false"]`).waitFor();
      // Health comes once a second.
      if (view === 'health') await page.getByText(/MB/).first().waitFor();
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([view, tooWide]).toEqual([view, 0]);
      await shoot(page, `looper-${screen}-${view}`);
    }
  },
  patience,
);
