import type { InteractionReference } from "../src/jobs/references.ts";
import type { Job } from "../src/jobs/job.ts";
import { jobOf, mixOf } from "./day-mix.ts";
import { numbered } from "./pictures.ts";
import type { Servers } from "./stats-servers.ts";

/** Interactions that the bot acknowledges at once, for several steps, as it takes a while to start. */
const STOCK = 1_000;

interface Options {
  servers: Servers;
  /** A JPEG file. */
  picture: Buffer;
  /** Names of images of the set, to be labelled. */
  images: readonly string[];
}

/** Makes so many jobs, each for an interaction of its own, and each upload of a picture of its own. */
export type MakeJobs = (count: number) => Promise<Job[]>;

export function jobMaker({ servers, picture, images }: Options): MakeJobs {
  const stock: InteractionReference[] = [];
  let uploads = 0;

  async function interactions(count: number): Promise<InteractionReference[]> {
    const asked = count > stock.length ? await servers.ask(Math.max(count, STOCK)) : [];
    stock.push(...asked.flatMap((job) => (job.kind === "stats" ? [job.interaction] : [])));
    return stock.splice(0, count);
  }

  return async (count) => {
    const wanted = mixOf(count);
    const pictures = wanted.flatMap((kind) => (kind === "upload" ? [numbered(picture, (uploads += 1))] : []));
    const addresses = (await servers.post(pictures))[Symbol.iterator]();
    return (await interactions(count)).map((interaction, index) =>
      jobOf(wanted[index] ?? "press", interaction, index, {
        images,
        address: () => addresses.next().value ?? "",
      }),
    );
  };
}
