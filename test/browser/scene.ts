import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { ClientMessage, StateView } from '../../src/protocol/hindsight-v1.ts';
import { complaintsOf, contextOn, launch, type Screen } from './browser.ts';
import { StandIn } from './stand-in.ts';

type Command = Extract<ClientMessage, { type: 'command' }>;
type Options = {
  readonly view?: string;
  readonly screen?: Screen;
  readonly reducedMotion?: 'reduce';
  /** What the looper is before the page asks it anything. */
  readonly before?: (looper: StandIn) => void;
};

export type Scene = {
  readonly page: Page;
  readonly looper: StandIn;
  readonly url: string;
  readonly pad: (track: number) => Locator;
  /** What the page sent. */
  readonly commands: () => readonly Command[];
  readonly asked: () => readonly Command['command'][];
  readonly until: (holds: () => boolean, forMs?: number) => Promise<void>;
  /** The browser may complain in this one. */
  readonly forgive: () => void;
};

/** For the tests of a file: a page in front of a looper that stands in, new for each. The page must complain of nothing. */
export const scenes = (): ((state: StateView, options?: Options) => Promise<Scene>) => {
  let browser: Browser;
  let context: BrowserContext | undefined;
  let looper: StandIn | undefined;
  let complaints: readonly string[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await context?.close();
    await looper?.close();
    expect(complaints).toEqual([]);
  });

  return async (state, { view = 'stage', screen = 'phone', reducedMotion, before } = {}) => {
    const standIn = new StandIn(state);
    before?.(standIn);
    looper = standIn;
    const url = await standIn.listen();
    context = await contextOn(browser, screen);
    const page = await context.newPage();
    if (reducedMotion) await page.emulateMedia({ reducedMotion });
    complaints = complaintsOf(page);
    await page.goto(`${url}/#${view}`);
    await page.locator('.app[data-stale="false"]').waitFor();

    const commands = () => standIn.received.filter((message) => message.type === 'command');
    return {
      ...{ page, url, commands },
      looper: standIn,
      pad: (track) => page.getByRole('button', { name: new RegExp(`^Track ${track},`) }),
      asked: () => commands().map(({ command }) => command),
      until: async (holds, forMs = 3000) => {
        for (const end = performance.now() + forMs; performance.now() < end; ) {
          if (holds()) return;
          await page.waitForTimeout(30);
        }
        throw new Error('it did not come to be');
      },
      forgive: () => {
        complaints = [];
      },
    };
  };
};
