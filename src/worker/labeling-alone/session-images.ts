import { asyncCache } from "../../platform/async-cache.ts";
import { sampleStart, seededShuffle } from "../../labeling/images.ts";
import type { ImageSet } from "../../project/image-set.ts";

/** How long images that were added or removed may go unnoticed, in milliseconds. */
const LIFETIME_MS = 30_000;
/** Listing images takes at most a twentieth of the time. */
const LIST_LIFETIME = { times: 20, max: LIFETIME_MS };
/** Sessions that begin together share a list of up to 5,000 images. In larger projects each lists its own sample. */
const MAX_SHARED_PAGES = 5;
/** Number of images that one session chooses from at a time. */
const SAMPLE = 1_000;
/** Number of sessions that are remembered. */
const MAX_SESSIONS = 1_000;

/** The images that a session chooses from. */
interface Sample {
  names: string[];
  /** Whether these are all images of the project. */
  isWhole: boolean;
  /** Whether an image is in the project; undefined if that is not known. */
  isIn: ((name: string) => boolean) | undefined;
}

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
   * another sample when nothing is left in the first. In projects of up to 5,000 images, samples are spread over all images, so that
   * no name of another image stands out.
   * @returns none if nothing in the project needs answers
   */
  toAnswer(session: string, choose: Choose): Promise<string[]>;
  /** Whether the project had any image when the session last looked. */
  hasImages(session: string): Promise<boolean>;
  /** Those of some images that were in the project when the session last looked. In larger projects, all of them. */
  present(session: string, names: Iterable<string>): Promise<string[]>;
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
  const samples = asyncCache<Sample>({ lifetime: LIFETIME_MS });
  const lists = asyncCache<string[] | undefined>({ lifetime: LIST_LIFETIME });

  /** Undefined for a large project. */
  const sharedList = (): Promise<string[] | undefined> =>
    lists.load("shared", () => images.allWithin(MAX_SHARED_PAGES));

  const wholeList = async (): Promise<string[]> =>
    (await sharedList()) ?? (await lists.load("whole", () => images.all())) ?? [];

  const sampleOf = (session: string): Promise<Sample> =>
    samples.load(session, async () => {
      const all = await sharedList();
      const names =
        all === undefined ? await images.candidates(session) : seededShuffle(session, all).slice(0, SAMPLE);
      return { names, isWhole: names.length < SAMPLE, isIn: all && searchIn(all) };
    });

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
      return (await sampleOf(session)).names.length > 0;
    },

    async present(session, names) {
      const { isIn } = await sampleOf(session);
      return isIn === undefined ? [...names] : [...names].filter(isIn);
    },

    async toAnswer(session, choose) {
      const { names: sample, isWhole } = await sampleOf(session);
      const inSample = choose(sample);
      if (inSample.length > 0 || isWhole) return inSample;
      const all = await wholeList();
      const inOrder = inSessionOrder(session, all);
      const count = Math.ceil(all.length / SAMPLE);
      for (let start = 0; start < count; start += 1) {
        const names = seededShuffle(session, every(count, inOrder, start));
        const found = choose(names);
        if (found.length > 0) {
          samples.forget((key) => key === session);
          await samples.load(session, async () => ({ names, isWhole: false, isIn: searchIn(all) }));
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

/** Looks for names in a list. @param sorted in ascending order, as images are listed */
function searchIn(sorted: readonly string[]): (name: string) => boolean {
  return (name) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? "") < name) low = middle + 1;
      else high = middle;
    }
    return sorted[low] === name;
  };
}

/** One name of each `count`, so that the names are spread like all of them. */
function every(count: number, names: readonly string[], start: number): string[] {
  const found: string[] = [];
  for (let index = start; index < names.length; index += count) found.push(...names.slice(index, index + 1));
  return found;
}
