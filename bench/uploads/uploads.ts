import type { Figure } from "../harness/figures.ts";
import { imageChecks } from "./checks.ts";
import { nearDuplicateFigures } from "./near-duplicates.ts";

/** Measures what an upload costs beside its network traffic, and how well near duplicates are told from other pictures. */
export async function uploads({ data }: { data?: string | undefined } = {}): Promise<Figure[]> {
  return [...(await imageChecks()), ...(await nearDuplicateFigures(data))];
}
