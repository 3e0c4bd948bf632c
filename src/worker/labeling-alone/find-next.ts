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
  const expected = sessions.after(session, leaving?.image);
  const elsewhere = sessions.shownElsewhere(session, labeler);
  // What another window of this person shows comes last.
  const inOrder = [
    ...others.filter((image) => image === expected && !elsewhere.has(image)),
    ...others.filter((image) => image !== expected && !elsewhere.has(image)),
    ...others.filter((image) => elsewhere.has(image)),
  ];
  // A skipped image stays if there is no other.
  const candidates = inOrder.length === 0 ? toAnswer : inOrder.slice(0, MAX_CANDIDATES);
  for (const candidate of candidates) {
    const [picture] = await context.makePictures([candidate], images, "canvas");
    if (picture === undefined) continue;
    const [next] = rotated(
      toAnswer.filter((image) => image !== candidate),
      at,
    );
    sessions.remember(session, { labeler, shown: candidate, next });
    if (next !== undefined) prepare(next, project, context);
    return { kind: "image", picture, skips: at, answered: answered.size, isOnly: others.length === 0 };
  }
  const exist = await Promise.all(candidates.map((image) => images.has(image)));
  if (exist.includes(true)) throw new Error("none of the images that need answers can be displayed");
  // All of them have just been removed.
  return { kind: "everything" };
}

function prepare(image: string, { images }: SearchedProject, { makePictures, log }: SearchContext): void {
  makePictures([image], images, "canvas").catch((error: unknown) => {
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
