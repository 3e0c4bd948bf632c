import { fileURLToPath } from "node:url";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

/** Loads axe into a page. */
export async function addAxe(page: Page): Promise<void> {
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve("axe-core/axe.min.js")) });
}

/** Returns the violations that axe calls serious or critical, with their elements. */
async function violationsFor(page: Page, options: RunOptions): Promise<string[]> {
  const run = `axe.run(${JSON.stringify({ ...options, resultTypes: ["violations"] })})`;
  const { violations } = (await page.evaluate(run)) as AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** Checks both themes. The light one is checked for colors only, because nothing else differs. */
export async function violationsIn(page: Page): Promise<Record<"dark" | "light", string[]>> {
  const dark = await violationsFor(page, {});
  await page.emulateMedia({ colorScheme: "light" });
  const light = await violationsFor(page, { runOnly: ["color-contrast", "link-in-text-block"] });
  await page.emulateMedia({ colorScheme: "dark" });
  return { dark, light };
}

export const NO_VIOLATIONS = { dark: [], light: [] };
