import { z } from "zod";
import { SEALED } from "../labeling/images.ts";
import {
  answerField,
  excludedField,
  filePositionField,
  imageField,
  labelerField,
  pageField,
  positionField,
  projectField,
  shownImageField,
  skipsField,
  snowflakeField,
  yesNoField,
} from "./custom-id-fields.ts";
import { decodeFormerCustomId } from "./former-custom-ids.ts";

/** The first field of a custom id. A change of the fields below needs a new version and a decoder of this one. */
const VERSION = "2";

/** An image of a round. The round is the id of the interaction that asked for it. */
const labeled = { round: snowflakeField, position: positionField, image: imageField, project: projectField };

/**
 * The image that a person labels alone. The session is the id of the interaction that began it. Kinds with all of these fields have
 * short names, because of the limit.
 */
const shownAlone = {
  session: snowflakeField,
  image: shownImageField,
  project: projectField,
  skips: skipsField,
};

/** The kinds of custom ids, with their fields in the order of the text. A project of null means the hot dogs. */
const customId = z.discriminatedUnion("kind", [
  /** A button that answers one image of a round. */
  z.object({ kind: z.literal("press"), ...labeled, label: answerField }),
  /** A select menu that answers one image of a round. Its values are the labels' numbers and "unsure". */
  z.object({ kind: z.literal("select"), ...labeled }),
  /** Starts labeling one image at a time. */
  z.object({ kind: z.literal("label-alone"), project: projectField }),
  /** A button that answers the image that a person labels alone. */
  z.object({ kind: z.literal("pick"), ...shownAlone, label: answerField }),
  /** A select menu that answers it, like that of a round. */
  z.object({ kind: z.literal("choose"), ...shownAlone }),
  /** Shows another image instead. */
  z.object({ kind: z.literal("skip"), ...shownAlone }),
  /** Shows an image that the person has answered: the last one, or the last one before the press `before`. */
  z.object({
    kind: z.literal("label-back"),
    session: snowflakeField,
    project: projectField,
    skips: skipsField,
    before: snowflakeField.optional(),
  }),
  /** Ends labeling alone. */
  z.object({ kind: z.literal("label-done"), session: snowflakeField, project: projectField }),
  /** Shows how far the labeling of a project has come, to one person. */
  z.object({ kind: z.literal("progress"), project: projectField }),
  /**
   * Asks whether to remove an image, which it shows. In the private messages of earlier versions, it removes the image. `uploadAnswer`
   * is another message of the channel that lists the image as an upload.
   */
  z.object({
    kind: z.literal("remove"),
    image: imageField,
    project: projectField,
    uploadAnswer: snowflakeField.optional(),
  }),
  /** Erases everything that is stored about a person, who alone may press the button. */
  z.object({
    kind: z.literal("forget"),
    user: snowflakeField,
    /** Whether to remove the images that the person has added, too. */
    images: yesNoField.optional(),
  }),
  /** Opens the form of a project, filled from the message with the button. */
  z.object({ kind: z.literal("edit-project"), project: snowflakeField }),
  /** Opens the form again after a refusal. A project of null is still to be created. */
  z.object({ kind: z.literal("correct-project"), project: projectField }),
  z.object({ kind: z.literal("close-project"), project: snowflakeField }),
  z.object({ kind: z.literal("export-project"), project: snowflakeField }),
  /** The modal with the form of a project. A project of null is to be created. */
  z.object({ kind: z.literal("project-form"), project: projectField }),
  /** A select menu with the gold answers of an image. Its values are the labels' numbers and "none". */
  z.object({ kind: z.literal("gold"), image: imageField, project: projectField }),
  /** Shows another page of the people who label. */
  z.object({ kind: z.literal("labelers"), project: projectField, page: pageField }),
  /** A select menu whose values say whom to exclude, or whose exclusion to take back: see `parseExclusionChoice`. */
  z.object({ kind: z.literal("exclude"), project: projectField, page: pageField }),
  /** The modal that asks why. */
  z.object({
    kind: z.literal("exclusion"),
    project: projectField,
    labeler: labelerField,
    excluded: excludedField,
    page: pageField,
  }),
  /** Takes an image back, for its sender. Names its row in the upload file by the id of the upload and the file's position. */
  z.object({
    kind: z.literal("take-back"),
    upload: snowflakeField,
    file: filePositionField,
    project: projectField,
    /** The shown page of the list of own images. Unset in an answer to an upload. */
    page: pageField.optional(),
  }),
  /**
   * Answers whether the images of a message to the bot, in the same channel, are added. Only its sender may press the button, and the
   * worker reads the message again.
   */
  z.object({
    kind: z.literal("add-asked"),
    message: snowflakeField,
    sender: snowflakeField,
    project: projectField,
    answer: yesNoField,
  }),
  /**
   * Adds an image although it looks like one in the set. Only its sender may press the button. The worker reads the file again: from
   * the sender's message in the same channel, or, without one, from the message with the button.
   */
  z.object({
    kind: z.literal("add-anyway"),
    /** Position of the file in its upload, and in the sender's message. */
    file: filePositionField,
    sender: snowflakeField,
    project: projectField,
    message: snowflakeField.optional(),
  }),
  /** Removes an image, after the moderator has seen it. The kind has a short name, because of the limit. */
  z.object({
    kind: z.literal("drop"),
    image: imageField,
    project: projectField,
    uploadAnswer: snowflakeField.optional(),
  }),
  /** Shows the images of a project that wait for approval, to moderators. */
  z.object({ kind: z.literal("review"), project: projectField }),
  /** Approves or rejects an image that waits, in all uploads that have brought it. */
  z.object({ kind: z.literal("decide"), image: imageField, project: projectField, approve: yesNoField }),
  /** Does the same for all images that the message has such buttons for. */
  z.object({ kind: z.literal("decide-all"), project: projectField, approve: yesNoField }),
  /** Shows a page of the images that the person who presses it has added. With `isList`, in the message with the button. */
  z.object({ kind: z.literal("own-images"), page: pageField, isList: yesNoField }),
]);

/** What a component or a modal carries: everything needed to act on it, a year later and on another machine. */
export type CustomId = z.infer<typeof customId>;

const FIELD_NAMES = new Map<string | undefined, string[]>(
  customId.options.map(({ shape }) => [shape.kind.value, Object.keys(shape)]),
);

/**
 * Encodes a custom id as its version, kind and fields, separated by colons.
 * @returns at most 80 characters; Discord accepts 100
 * @throws ZodError for a value that is not valid, such as an image's name without a hash
 * @see https://discord.com/developers/docs/components/reference#anatomy-of-a-component
 */
export function encodeCustomId(id: CustomId): string {
  // The result has its keys in the order of the schema.
  const fields: object = z.encode(customId, id);
  return [VERSION, ...Object.values(fields).filter((field) => field !== undefined)].join(":");
}

/** Removes the person from a custom id, so that it may be logged. */
export function withoutPerson(text: string): string {
  return /^(?:2:)?(forget|add-asked|add-anyway):/.exec(text)?.[1] ?? text;
}

/** Decodes the custom ids of all versions of this bot. Returns undefined for any other text. */
export function decodeCustomId(text: string): CustomId | undefined {
  const [version, ...fields] = text.split(":");
  if (version !== VERSION) return decodeFormerCustomId(text);
  const names = FIELD_NAMES.get(fields[0]);
  if (names === undefined || fields.length > names.length) return undefined;
  return customId.safeParse(Object.fromEntries(fields.map((field, index) => [names[index], field]))).data;
}

/** A component of a message: one with a custom id, or one that contains others. */
interface Component {
  type: number;
  custom_id?: string | undefined;
  components?: readonly Component[] | undefined;
}

/** The custom ids of a message's buttons and select menus, in order, without those that cannot be decoded. */
export function customIdsIn(components: readonly Component[]): CustomId[] {
  return components.flatMap(({ custom_id: text, components: inside = [] }) => {
    const id = text === undefined ? undefined : decodeCustomId(text);
    return id === undefined ? customIdsIn(inside) : [id];
  });
}

/** The images that custom ids are about, in order and without duplicates. Leaves out sealed names, which private messages have. */
export function imagesIn(ids: readonly CustomId[]): string[] {
  const images = ids.flatMap((id) => ("image" in id ? [id.image] : []));
  return [...new Set(images)].filter((image) => !image.startsWith(SEALED));
}

/** The images that a message's buttons and select menus are about. */
export function imagesOnButtons(components: readonly Component[]): string[] {
  return imagesIn(customIdsIn(components));
}
