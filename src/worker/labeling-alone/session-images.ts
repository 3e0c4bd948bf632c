import { asyncCache } from "../../platform/async-cache.ts";
import { sampleStart, seededShuffle } from "../../labeling/images.ts";
import type { ImageSet } from "../../project/image-set.ts";

/** How long images that were added or removed may go unnoticed, in milliseconds. */
const LIFETIME_MS = 30_000;
/** Listing all images takes at most a twentieth of the time. */
const ALL_LIFETIME = { times: 20, max: LIFETIME_MS };
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

export function sessionImages(images: Pick<ImageSet, "candidates" | "all">): SessionImages {
  const samples = asyncCache<string[]>({ lifetime: LIFETIME_MS });
  const everything = asyncCache<string[]>({ lifetime: ALL_LIFETIME });

  const sampleOf = (session: string): Promise<string[]> =>
    samples.load(session, () => images.candidates(session));

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
      const all = await everything.load("all", () => images.all());
      const first = sampleStart(session);
      const rotated = [...all.filter((name) => name > first), ...all.filter((name) => name <= first)];
      for (let start = 0; start < rotated.length; start += SAMPLE) {
        const names = seededShuffle(session, rotated.slice(start, start + SAMPLE));
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
