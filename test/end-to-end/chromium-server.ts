import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { findChromium } from "./chromium-binary.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** WebSocket address of the Chromium that the browser tests share. */
    chromium: string;
  }
}

/**
 * Vitest's global setup: starts one headless Chromium for the run, the one that came with npm or the one `CHROMIUM_PATH` names.
 * Chromium ends when the pipe to this process is closed, so it does not outlive a run that is killed.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env["CHROMIUM_PATH"];
  const { path, env } = named === undefined ? await findChromium() : { path: named, env: {} };
  const server = await chromium.launchServer({
    executablePath: path,
    // Tests read text and layout, not pixels, so nothing needs to emulate a GPU.
    args: ["--disable-gpu"],
    env: { ...process.env, ...env },
  });
  project.provide("chromium", server.wsEndpoint());
  return () => server.close();
}
