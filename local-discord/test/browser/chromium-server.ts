import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { findChromium } from "./chromium-binary.ts";

/**
 * Vitest's global setup: starts one headless Chromium for the run.
 * Chromium ends when its pipe to this process closes, so it does not outlive a killed run.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { path, env } = await findChromium();
  const server = await chromium.launchServer({
    executablePath: path,
    // Tests read text and layout, not pixels, so nothing needs to emulate a GPU.
    args: ["--disable-gpu"],
    env: { ...process.env, ...env },
  });
  project.provide("chromium", server.wsEndpoint());
  return () => server.close();
}
