import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser } from "playwright-core";
import { findChromium } from "./chromium-binary.ts";

/** Starts the headless Chromium that came with npm, or the one `CHROMIUM_PATH` names. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined) return playwright.launch({ executablePath: named });
  const { path, env } = await findChromium();
  return playwright.launch({ executablePath: path, args: chromium.args, env: { ...process.env, ...env } });
}
