import type { InteractionReference } from "../src/jobs/references.ts";
import type { Job } from "../src/jobs/job.ts";

type Kind = "stats" | "press" | "hotdog" | "upload";

/** 70 % presses, 20 % stats, 5 % rounds and 5 % uploads, spread as evenly as twenty allow. */
const MIX: readonly Kind[] = [
  ...(["press", "press", "stats", "press", "hotdog", "press", "press", "stats", "press", "press"] as const),
  ...(["press", "press", "stats", "press", "upload", "press", "press", "stats", "press", "press"] as const),
];

/** What there is for these jobs. */
export interface Material {
  /** Names of images of the set, to be labelled. */
  images: readonly string[];
  /** Of another picture each time. */
  address: () => string;
}

const PEOPLE = 50;

export function mixOf(count: number): Kind[] {
  return Array.from({ length: count }, (_, index) => MIX[index % MIX.length] ?? "press");
}

/** What the bot would queue; `interaction` is one that it has acknowledged, `index` that of the job. */
export function jobOf(kind: Kind, asked: InteractionReference, index: number, given: Material): Job {
  const interaction = { ...asked, userId: String(1_000 + (index % PEOPLE)) };
  switch (kind) {
    case "stats":
      return { kind, interaction, request: "3 5 8", numbers: ["3", "5", "8"], commaBetweenDigits: false };
    case "hotdog":
      return { kind, interaction, roundLocale: "en-US" };
    case "upload":
      return { kind, interaction, files: [{ url: given.address(), name: "picture.jpg" }] };
    case "press": {
      const image = given.images[index % given.images.length] ?? "";
      const label = index % 2 === 0 ? 0 : 1;
      return { kind, interaction, press: { round: interaction.id, position: 1, label, image } };
    }
  }
}
