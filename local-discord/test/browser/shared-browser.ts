import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from "playwright-core";
import { afterAll, beforeAll, expect, inject, onTestFinished } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** WebSocket URL of the Chromium that all browser tests share. */
    chromium: string;
  }
}

export interface SharedBrowser {
  /** Opens a page in a new context, which shares no storage or cache. The context is closed when the test ends. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

/** Connects the tests of a file to the Chromium of the run. */
export function sharedBrowser(): SharedBrowser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.connect(inject("chromium"));
  });
  afterAll(() => browser?.close());
  return {
    async open(options) {
      if (browser === undefined) throw new Error("The browser is connected by beforeAll.");
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      return context.newPage();
    },
  };
}

const NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";
const MAX_LOADS = 10;

/**
 * Loads a page with everything its document needs. Retries when a network interface of the machine changed meanwhile, as
 * Docker does: Chromium then drops pending requests, even those to this machine.
 * @param address the page is reloaded when it is left out
 */
export async function load(page: Page, address?: string): Promise<void> {
  let dropped = false;
  const watch = (request: Request): void => {
    if (request.failure()?.errorText === NETWORK_CHANGED) dropped = true;
  };
  page.on("requestfailed", watch);
  for (let loads = 1; loads <= MAX_LOADS; loads++) {
    dropped = false;
    const loaded = address === undefined ? page.reload() : page.goto(address);
    await loaded.catch((error: Error) => {
      if (!error.message.includes(NETWORK_CHANGED)) throw error;
      dropped = true;
    });
    if (!dropped) break;
  }
  page.off("requestfailed", watch);
  expect(dropped, "the network changed during each load").toBe(false);
}
