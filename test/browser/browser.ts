import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');

/** Where the pictures of a test run are: a person has to look at them. */
export const screenshots = process.env['HINDSIGHT_SCREENSHOTS'] ?? join(root, 'node_modules/.hindsight/screenshots');

const executablePath = process.env['HINDSIGHT_CHROMIUM'] ?? '/usr/bin/chromium';

export const launch = (): Promise<Browser> => {
  if (!existsSync(join(root, 'dist/page/index.html'))) {
    throw new Error('browser tests: the page is not built; ./scripts/build builds it');
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-gpu'],
  });
};

/** Screens on which the page is looked at. */
export const screens = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  'small-phone': { viewport: { width: 320, height: 568 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  'phone-landscape': { viewport: { width: 844, height: 390 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 1024, height: 768 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true },
} as const;
export type Screen = keyof typeof screens;

export const contextOn = (browser: Browser, screen: Screen): Promise<BrowserContext> =>
  browser.newContext({ ...screens[screen] });

/** What the page complains of, and what the policy forbids it. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A line that is down is complained of by the browser itself.
    if (message.type() === 'error' && !message.text().includes('WebSocket')) complaints.push(message.text());
  });
  return complaints;
};

export const shoot = async (page: Page, name: string): Promise<void> => {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
};
