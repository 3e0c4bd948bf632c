import type { Job } from "../../src/jobs/job.ts";
import type { InteractionReference } from "../../src/jobs/references.ts";
import { makeDistinctPhoto } from "../samples/pictures.ts";
import type { Servers } from "../servers/servers.ts";

/** Number of interactions that the bot acknowledges at once, enough for several steps, because it takes a while to start. */
const BATCH = 1_000;

interface Options {
  servers: Servers;
  /** Names of images of the set. */
  images: readonly string[];
}

/** Makes jobs, each for a new interaction, and each upload with a new picture. */
export type MakeJobs = (count: number) => Promise<Job[]>;

export function jobMaker({ servers, images }: Options): MakeJobs {
  const unused: InteractionReference[] = [];

  async function interactions(count: number): Promise<InteractionReference[]> {
    const made = count > unused.length ? await servers.makeStatsJobs(Math.max(count, BATCH)) : [];
    unused.push(...made.flatMap((job) => (job.kind === "stats" ? [job.interaction] : [])));
    return unused.splice(0, count);
  }

  return async (count) => {
    const kinds = mixedKinds(count);
    const uploads = kinds.filter((kind) => kind === "upload");
    const pictures = await Promise.all(uploads.map(makeDistinctPhoto));
    const urls = (await servers.post(pictures))[Symbol.iterator]();
    return (await interactions(count)).map((interaction, index) =>
      makeJob(kinds[index] ?? "press", interaction, index, {
        images,
        nextUrl: () => urls.next().value ?? "",
      }),
    );
  };
}

type Kind = "stats" | "press" | "hotdog" | "upload";

/** 70 % presses, 20 % `/stats`, 5 % rounds and 5 % uploads, spread as evenly as possible. */
const MIX: readonly Kind[] = [
  ...(["press", "press", "stats", "press", "hotdog", "press", "press", "stats", "press", "press"] as const),
  ...(["press", "press", "stats", "press", "upload", "press", "press", "stats", "press", "press"] as const),
];

/** What jobs refer to. */
export interface Material {
  /** Names of images of the set. */
  images: readonly string[];
  /** Returns the URL of a new picture. */
  nextUrl: () => string;
}

/**
 * Many, because a worker postpones the second of two simultaneous uploads of one person. Coprime to the length of the mix, so that
 * everybody does everything.
 */
const PEOPLE = 997;

/** Repeats the mix until there are enough jobs. */
export function mixedKinds(count: number): Kind[] {
  return Array.from({ length: count }, (_, index) => MIX[index % MIX.length] ?? "press");
}

/** Makes the job that the bot would queue for an interaction that it has acknowledged. @param index of the job, from 0 */
export function makeJob(
  kind: Kind,
  acknowledged: InteractionReference,
  index: number,
  { images, nextUrl }: Material,
): Job {
  const interaction = { ...acknowledged, userId: String(1_000 + (index % PEOPLE)) };
  switch (kind) {
    case "stats":
      return { kind, interaction, request: "3 5 8", numbers: ["3", "5", "8"], commaBetweenDigits: false };
    case "hotdog":
      return { kind, interaction, roundLocale: "en-US" };
    case "upload":
      return { kind, interaction, files: [{ url: nextUrl(), name: "picture.jpg" }] };
    case "press": {
      const image = images[index % images.length] ?? "";
      const label = index % 2 === 0 ? 0 : 1;
      return {
        kind,
        interaction,
        press: { round: interaction.id, position: 1, label, image, project: null },
      };
    }
  }
}
