import { asyncCache } from "../../platform/async-cache.ts";
import { sampleStart, seededShuffle } from "../../labeling/images.ts";
import type { ImageSet } from "../../project/image-set.ts";

/** How long images that were added or removed may go unnoticed, in milliseconds. */
const LIFETIME_MS = 30_000;
/** Listing all images takes at most a twentieth of the time. */
const ALL_LIFETIME = { times: 20, max: LIFETIME_MS };
/** All sessions share the list of a project of up to 5,000 images: to list them once takes less time than a sample for each session. */
const MAX_SHARED_PAGES = 5;
/** Number of images that one session chooses from at a time. */
const SAMPLE = 1_000;
/** Number of sessions that are remembered. */
const MAX_SESSIONS = 1_000;

/** Chooses those of some images that need answers, by labeling priority. */
type Choose = (names: readonly string[]) => string[];

/** What a session shows, and what it is expected to show next. */
interface SessionState {
  /** Pseudonym. */
  labeler: string;
  shown: string;
  next: string | undefined;
}

/** The images of a project from which sessions choose. */
export interface SessionImages {
  /**
   * The images that need answers in a session, from a sample of 1,000 images: in the same order as long as nothing changes. Takes
   * another sample when nothing is left in the first.
   * @returns none if nothing in the project needs answers
   */
  toAnswer(session: string, choose: Choose): Promise<string[]>;
  /** Whether the project had any image when the session last looked. */
  hasImages(session: string): Promise<boolean>;
  /** Remembers what a session shows now and what it will show next, whose picture is being prepared. */
  remember(session: string, state: SessionState): void;
  /** The image that a session is expected to show after another one, as far as this process knows. */
  after(session: string, image: string | undefined): string | undefined;
  /** The images that other sessions of a person show, as far as this process knows. */
  shownElsewhere(session: string, labeler: string): ReadonlySet<string>;
  /** Forgets a session that has ended. */
  end(session: string): void;
}

export function sessionImages(images: Pick<ImageSet, "candidates" | "all" | "allWithin">): SessionImages {
  const samples = asyncCache<string[]>({ lifetime: LIFETIME_MS });
  const shared = asyncCache<string[] | undefined>({ lifetime: LIFETIME_MS });
  const everything = asyncCache<string[]>({ lifetime: ALL_LIFETIME });

  const sharedList = (): Promise<string[] | undefined> =>
    shared.load("all", async () => {
      const names = await images.allWithin(MAX_SHARED_PAGES);
      // Samples are never older than the list.
      if (names !== undefined) samples.forget(() => true);
      return names;
    });

  async function sampleOf(session: string): Promise<string[]> {
    const names = await sharedList();
    return samples.load(session, async () =>
      names === undefined
        ? images.candidates(session)
        : seededShuffle(session, inSessionOrder(session, names).slice(0, SAMPLE)),
    );
  }

  /** By session, in the order in which they were remembered. */
  const remembered = new Map<string, SessionState>();

  return {
    remember(session, state) {
      remembered.delete(session);
      remembered.set(session, state);
      const [oldest = ""] = remembered.keys();
      if (remembered.size > MAX_SESSIONS) remembered.delete(oldest);
    },

    after(session, image) {
      const state = remembered.get(session);
      // After going back, a session goes on with what it showed before.
      return image === state?.shown ? state?.next : state?.shown;
    },

    shownElsewhere(session, labeler) {
      const others = remembered
        .entries()
        .filter(([other, state]) => other !== session && state.labeler === labeler);
      return new Set(others.map(([, { shown }]) => shown));
    },

    end: (session) => void remembered.delete(session),

    async hasImages(session) {
      return (await sampleOf(session)).length > 0;
    },

    async toAnswer(session, choose) {
      const sample = await sampleOf(session);
      const inSample = choose(sample);
      if (inSample.length > 0 || sample.length < SAMPLE) return inSample;
      const all = (await sharedList()) ?? (await everything.load("all", () => images.all()));
      const inOrder = inSessionOrder(session, all);
      for (let start = 0; start < inOrder.length; start += SAMPLE) {
        const names = seededShuffle(session, inOrder.slice(start, start + SAMPLE));
        const found = choose(names);
        if (found.length > 0) {
          samples.forget((key) => key === session);
          await samples.load(session, async () => names);
          return found;
        }
        // Lets other work run.
        await new Promise(setImmediate);
      }
      return [];
    },
  };
}

/** Sorted names, beginning where the session's sample begins. */
function inSessionOrder(session: string, names: readonly string[]): string[] {
  const first = sampleStart(session);
  return [...names.filter((name) => name > first), ...names.filter((name) => name <= first)];
}
