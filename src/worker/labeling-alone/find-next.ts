import { goldTurn, type FirstAnswer } from "../../labeling/gold-turns.ts";
import { imagesToAnswer } from "../../labeling/priority.ts";
import type { ImagePicture } from "../picture.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";
import type { OwnHistory } from "./own-history.ts";

/** Number of images to try, of which some may not be displayable. */
const MAX_CANDIDATES = 40;
/** Number of gold images to try. */
const MAX_GOLD_CANDIDATES = 3;
/** Greater than the id of every press. */
const LATEST = 1n << 64n;

interface Asked {
  /** Id of the interaction that began the session. */
  session: string;
  skips: number;
  /** Pseudonym. */
  labeler: string;
  /** The answers of this person, with or without that to the image that is left. */
  history: Promise<OwnHistory>;
  /** The image that the message shows. */
  leaving?: { image: string; because: "answered" | "skipped" };
}

/** What a session shows next. */
export type Next =
  | {
      kind: "image";
      picture: ImagePicture;
      skips: number;
      /** How many images of the project the person has answered, the one that is left included. */
      answered: number;
      /** Whether nothing else needs answers, so that a skipped image stays. */
      isOnly: boolean;
    }
  /** The project has no image. */
  | { kind: "no images" }
  /** No image needs answers from this person. */
  | { kind: "everything" };

type SearchedProject = Pick<ProjectInUse, "images" | "labelPriority" | "sessions">;
type SearchContext = Pick<JobContext, "makePictures" | "log">;

/**
 * Finds the image that needs answers most from a person and that they have not answered or, if it is the turn of one, a gold image, in
 * exactly the same way. Skipped images return when the person has seen all others. Starts to prepare the picture that will follow.
 */
export async function findNext(
  asked: Asked,
  project: SearchedProject,
  context: SearchContext,
): Promise<Next> {
  const { session, labeler, leaving } = asked;
  const { images, labelPriority, sessions } = project;
  const [statusOf, history] = await Promise.all([labelPriority.statusesFor(labeler), asked.history]);
  const { gold } = history;
  const answered = firstAnswers(history, leaving?.because === "answered" ? leaving.image : undefined);
  const isAnswered = new Set(answered.map(({ image }) => image));
  const toAnswer = await sessions.toAnswer(session, (names) =>
    imagesToAnswer(names, statusOf, (image) => isAnswered.has(image) || gold.has(image)),
  );
  if (toAnswer.length === 0)
    return (await sessions.hasImages(session)) ? { kind: "everything" } : { kind: "no images" };

  const isSkipped =
    leaving?.because === "skipped" &&
    (gold.has(leaving.image) ? !isAnswered.has(leaving.image) : toAnswer.includes(leaving.image));
  const skips = isSkipped ? asked.skips + 1 : asked.skips;
  const present = await sessions.present(session, gold.keys());
  const isGold = (name: string): boolean => gold.has(name);
  const state = { labeler, session, skips, answered, isGold, gold: present };
  const queue = queueOf(toAnswer, state);
  const candidates = inOrder(queue, asked, sessions);
  // A skipped image stays if there is no other.
  const isOnly = candidates.length === 0;
  const picture = await firstPicture(isOnly ? toAnswer : candidates, images, context);
  if (picture === undefined) return { kind: "everything" };
  const { image } = picture;
  const rest = toAnswer.filter((other) => other !== image);
  const then = { ...state, skips: queue.skips, answered: [...answered, { image, id: LATEST }] };
  const next = nextIn(queueOf(rest, then), sessions.shownElsewhere(session, labeler));
  sessions.remember(session, { labeler, shown: image, next });
  if (next !== undefined) prepare(next, project, context);
  return { kind: "image", picture, skips: queue.skips, answered: answered.length, isOnly };
}

/** The person's first answers. @param leaving an image whose answer may not be among them yet */
function firstAnswers({ answers }: OwnHistory, leaving: string | undefined): FirstAnswer[] {
  const known = answers.map(({ image, first }) => ({ image, id: first.id }));
  return leaving === undefined || known.some(({ image }) => image === leaving)
    ? known
    : [...known, { image: leaving, id: LATEST }];
}

/** What a session can show, in order. */
interface Queue {
  skips: number;
  /** None unless it is the turn of a gold image. */
  gold: readonly string[];
  others: readonly string[];
}

/** @param toAnswer images that need answers, none of them gold */
function queueOf(toAnswer: readonly string[], state: Parameters<typeof goldTurn>[0]): Queue {
  const { skips } = state;
  const { images, skippedOthers } = goldTurn(state);
  if (skippedOthers > 0 && skippedOthers >= toAnswer.length)
    return queueOf(toAnswer, {
      ...state,
      skips: toAnswer.length === 0 ? 0 : skippedOthers % toAnswer.length,
    });
  return { skips, gold: images, others: rotated(toAnswer, skippedOthers) };
}

/** The candidates: gold images, then the image that is being prepared, and last what another window of this person shows. */
function inOrder(
  { gold, others }: Queue,
  { session, labeler, leaving }: Asked,
  sessions: SearchedProject["sessions"],
): string[] {
  const expected = sessions.after(session, leaving?.image);
  const elsewhere = sessions.shownElsewhere(session, labeler);
  const isFree = (image: string): boolean => !elsewhere.has(image);
  const left = others.filter((image) => image !== leaving?.image);
  const free = left.filter(isFree);
  return [
    ...gold.filter((image) => image !== leaving?.image && isFree(image)).slice(0, MAX_GOLD_CANDIDATES),
    ...free.filter((image) => image === expected),
    ...free.filter((image) => image !== expected),
    ...left.filter((image) => elsewhere.has(image)),
  ].slice(0, MAX_CANDIDATES);
}

function nextIn({ gold, others }: Queue, elsewhere: ReadonlySet<string>): string | undefined {
  return [...gold, ...others].find((image) => !elsewhere.has(image));
}

/**
 * Returns the picture of the first candidate that can be displayed; undefined if all of them have just been removed.
 * @throws Error if there are candidates but none can be displayed, which is not the fault of one image
 */
async function firstPicture(
  candidates: readonly string[],
  images: SearchedProject["images"],
  { makePictures }: SearchContext,
): Promise<ImagePicture | undefined> {
  for (const candidate of candidates) {
    const [picture] = await makePictures([candidate], images, { format: "canvas" });
    if (picture !== undefined) return picture;
  }
  const exist = await Promise.all(candidates.map((image) => images.has(image)));
  if (exist.includes(true)) throw new Error("none of the images that need answers can be displayed");
  return undefined;
}

function prepare(image: string, { images }: SearchedProject, { makePictures, log }: SearchContext): void {
  makePictures([image], images, { format: "canvas", needed: "soon" }).catch((error: unknown) => {
    log.warn(
      { err: error, image },
      "the next picture could not be prepared; it will be made when it is needed",
    );
  });
}

/** The list from a position on, then its beginning. */
function rotated<T>(list: readonly T[], position: number): T[] {
  return [...list.slice(position), ...list.slice(0, position)];
}
