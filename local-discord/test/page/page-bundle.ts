import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** JavaScript source of the page, in one module. */
    pageBundle: string;
  }
}

/** Vitest's global setup: bundles the page's 150 modules into one, because a browser needs a second to load them separately. */
export async function setup(project: TestProject): Promise<void> {
  const input = fileURLToPath(new URL("../../page/main.ts", import.meta.url));
  const bundle = await rolldown({ input });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  project.provide("pageBundle", output[0].code);
}
