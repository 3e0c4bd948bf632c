import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Source text of the page's modules in one. */
    pageBundle: string;
  }
}

/** Vitest's global setup: puts the page's 150 modules into one, because a browser needs a second to load them one by one. */
export async function setup(project: TestProject): Promise<void> {
  const input = fileURLToPath(new URL("../../page/main.ts", import.meta.url));
  const bundle = await rolldown({ input });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  project.provide("pageBundle", output[0].code);
}
