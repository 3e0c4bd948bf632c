import { answersBy } from "../../labeling/own-answers.ts";
import { imagesToAnswer } from "../../labeling/priority.ts";
import type { ImagePicture } from "../picture.ts";
import type { ProjectInUse } from "../project-in-use.ts";
import type { JobContext } from "../run-job.ts";

/** Number of images to try, of which some may not be displayable. */
const MAX_CANDIDATES = 40;

interface Asked {
  /** Id of the interaction that began the session. */
  session: string;
  skips: number;
  /** Pseudonym. */
  labeler: string;
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

type SearchedProject = Pick<ProjectInUse, "images" | "tally" | "labelPriority" | "sessions">;
type SearchContext = Pick<JobContext, "makePictures" | "log">;

/**
 * Finds the image that needs answers most from a person and that they have not answered, all rows included that were durable before the
 * call. Skipped images return when the person has seen all others. Starts to prepare the picture that will follow.
 */
export async function findNext(
  asked: Asked,
  project: SearchedProject,
  context: SearchContext,
): Promise<Next> {
  const { session, skips, labeler, leaving } = asked;
  const { images, tally, labelPriority, sessions } = project;
  const [statusOf, { votes }] = await Promise.all([labelPriority.statusesFor(labeler), tally.read()]);
  const answered = new Set(answersBy(votes, labeler).map(({ image }) => image));
  if (leaving?.because === "answered") answered.add(leaving.image);
  const toAnswer = await sessions.toAnswer(session, (names) =>
    imagesToAnswer(names, statusOf, (image) => answered.has(image)),
  );
  if (toAnswer.length === 0)
    return (await sessions.hasImages(session)) ? { kind: "everything" } : { kind: "no images" };

  const isSkipped = leaving?.because === "skipped" && toAnswer.includes(leaving.image);
  const at = (isSkipped ? skips + 1 : skips) % toAnswer.length;
  const others = rotated(toAnswer, at).filter((image) => image !== leaving?.image);
  // A skipped image stays if there is no other.
  const isOnly = others.length === 0;
  const candidates = isOnly ? toAnswer : inOrder(others, asked, sessions).slice(0, MAX_CANDIDATES);
  const picture = await firstPicture(candidates, images, context);
  if (picture === undefined) return { kind: "everything" };
  const { image } = picture;
  const rest = toAnswer.filter((other) => other !== image);
  const [next] = rotated(rest, at);
  sessions.remember(session, { labeler, shown: image, next });
  if (next !== undefined) prepare(next, project, context);
  return { kind: "image", picture, skips: at, answered: answered.size, isOnly };
}

/** Puts the image that is being prepared first, and what another window of this person shows last. */
function inOrder(
  others: readonly string[],
  { session, labeler, leaving }: Asked,
  sessions: SearchedProject["sessions"],
): string[] {
  const expected = sessions.after(session, leaving?.image);
  const elsewhere = sessions.shownElsewhere(session, labeler);
  const free = others.filter((image) => !elsewhere.has(image));
  return [
    ...free.filter((image) => image === expected),
    ...free.filter((image) => image !== expected),
    ...others.filter((image) => elsewhere.has(image)),
  ];
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
    const [picture] = await makePictures([candidate], images, "canvas");
    if (picture !== undefined) return picture;
  }
  const exist = await Promise.all(candidates.map((image) => images.has(image)));
  if (exist.includes(true)) throw new Error("none of the images that need answers can be displayed");
  return undefined;
}

function prepare(image: string, { images }: SearchedProject, { makePictures, log }: SearchContext): void {
  makePictures([image], images, "canvas", "soon").catch((error: unknown) => {
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
