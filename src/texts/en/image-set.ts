export const upload = {
  command: {
    name: "upload",
    description: "Adds images for everyone here to label",
    image: { name: "image", description: "JPEG, PNG, WebP, GIF, AVIF or TIFF, up to 10 MiB" },
    more: "Another image",
  },
  messageCommand: "Add to image set",
  purpose: "`/hotdog` shows the images in the set for people to label: hot dog or not.",
  hello: (stats: string, hotdog: string, help: string) =>
    `Hello! I can do two things: ${hotdog} shows images for you to label, hot dog or not, and ${stats} answers with the min, max, mean and median of numbers. ${help} explains everything I can do.`,
  hint: "To add up to 10 images to the set, attach them to a message to me, or use `/upload`.",
  /** The worker recognizes this text as a whole. After a change, messages that the previous version posted count as answers. */
  looking: "Looking at what you attached…",
  nothing: "This message has no attachments. Choose one with images.",
  /**
   * What is said after the name of a file. The worker finds the language of an answer by these texts, also of answers that earlier
   * versions posted. So none may begin with one of another language, and a released text may not change. `refused` begins with
   * words, not with the reason. `pending` differs from the others, because waiting files are found by it.
   */
  outcome: {
    added: "**added**",
    present: "**already there**",
    removed: "**removed** from the set; its labels stay",
    approved: "**added**: a moderator has approved it",
    "near-duplicate": "**not added**: it looks like one that is there",
    pending: "**waits** for a moderator’s approval",
    "already-pending": "**already sent** for a moderator’s approval",
    "taken-back": "**taken back**; any labels stay",
    rejected: "**not added**: no moderator has approved it",
    refused: (reason: string) => `**refused**: ${reason}`,
  },
  refusal: {
    empty: "the file is empty",
    "too-large": "it is larger than 10 MiB",
    "too-many-pixels": "it has more than 50 megapixels, or an edge longer than 65,535 pixels",
    "too-much-memory": "reading it takes too much memory; make it smaller, or save it as JPEG",
    "too-detailed": "it has too much detail to be stored in 12 MiB; make it smaller",
    heic: "HEIC is not accepted; save it as JPEG first",
    "other-format": "it is not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
    damaged: "the file is damaged, or not the kind of file it claims to be",
    "too-slow": "it takes too long to read",
    unreachable: "it could not be downloaded; try again later",
    gone: "it can no longer be downloaded; attach it again",
    foreign: "it is not on Discord’s servers",
    "daily-budget": "you would have added more than 500 MiB today; try again after midnight (UTC)",
    erased: "you used `/forget-me` after sending it",
  },
  // The labels of these buttons, and that of `addAnyway`, contain the number of the file and no other.
  remove: (number: number) => `Remove ${number}`,
  takeBack: (number: number) => `Take back ${number}`,
};

export const remove = {
  messageCommand: "Remove from image set",
  done: "This image was removed from the set. Its labels stay.",
  taken: "**Removed from the set.**",
  doneAll: "**Removed from the set.** The labels stay.",
  gone: "This image was no longer in the set.",
  notAllowed:
    "Only the people who run this bot, and moderators of its home server, can do this for the hot dogs.",
  noRound: "This message has no images from the set. Choose one of my rounds, or my answer to an upload.",
  ask: (count: number): string =>
    count === 1
      ? "## Remove this image from the set?\nIts labels stay."
      : "## Remove images from the set?\nTheir labels stay.",
  remove: "Remove",
  none: "None of these images is still in the set.",
};
