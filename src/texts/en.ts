import type { ExportCounts } from "../labeling/export-formats.ts";
import { figuresIn } from "./figures.ts";

const figures = figuresIn("en-US");
const { counted, number, ratio, share } = figures;

/** The texts that people read, in English. Other languages have the same keys. */
export const en = {
  stats: {
    command: {
      name: "stats",
      description: "Min, max, mean and median of 1 to 10 positive numbers",
      numbers: { name: "numbers", description: "1 to 10 numbers greater than 0, for example: 3 5 8" },
    },
    refusal: {
      title: "I cannot use these numbers, so nothing was recorded.",
      none: "**No number** was given.",
      tooMany: (count: number) => `**Too many numbers:** there are ${count}, at most 10 are accepted.`,
      faults: {
        "not-a-number": "Not a number",
        "not-positive": "Not greater than 0",
        "too-many-digits": "More than 30 digits",
        "out-of-range": "Outside 1e-30 to 1e30",
      },
      fault: (reason: string, pieces: string) => `**${reason}:** ${pieces}`,
      more: (count: number) => `and ${count} more`,
      accepted:
        "Accepted: 1 to 10 numbers greater than 0, separated by spaces, commas or semicolons, such as `3 5 8`, `.5`, `2.50` or `1e3`. Each has at most 30 digits and lies between 1e-30 and 1e30.",
    },
    answer: {
      asked: (asker: string, numbers: string) => `${asker} asked for the stats of **${numbers}**`,
      commaSeparates: "A comma separates numbers here: `2,5` means 2 and 5. For a decimal, write `2.5`.",
      stats: (min: string, max: string, mean: string, median: string) =>
        `**Min:** ${min}\n**Max:** ${max}\n**Mean:** ${mean}\n**Median:** ${median}`,
    },
  },
  hotdog: {
    command: {
      name: "hotdog",
      description: "Shows 4 images to label: hot dog or not?",
      choose: {
        name: "choose",
        description: "Which images to show: random ones, or those that need answers most",
        choices: { random: "random", needed: "needed" },
      },
    },
    round: {
      question: "## Hot dog or not?\nPress 0 or 1 below each image. Only you will see your choice.",
      image: (position: number) => `**Image ${position}**`,
      alt: (position: number, count: number) => `Image ${position} of ${count}`,
      labels: { 0: "0 · not hot dog", 1: "1 · hot dog" },
    },
    noImages:
      "There are no images to label yet. The person who runs this bot can add the 20 starter images: `npm run import -- --starter`.",
  },
  press: {
    saved: (position: number, label: string) =>
      `Saved: image ${position} is **${label}**. Changed your mind? Press the other button.`,
    removed: "This image has since been removed from the set, so your answer was not saved. Thanks anyway!",
    unknown:
      "This button is from another version of the bot and no longer works. Nothing was saved. Use `/hotdog` to get new images.",
    erased:
      "You used `/forget-me` after pressing this button, so the answer was not saved. Press again to save it.",
  },
  upload: {
    command: {
      name: "upload",
      description: "Adds images for everyone here to label: hot dog or not",
      image: { name: "image", description: "JPEG, PNG, WebP, GIF, AVIF or TIFF, up to 10 MiB" },
      more: "Another image",
    },
    messageCommand: "Add to image set",
    purpose: "`/hotdog` shows the images in the set for people to label: hot dog or not.",
    hello: (stats: string, hotdog: string, help: string) =>
      `Hello! I can do two things: ${hotdog} shows images for you to label, hot dog or not, and ${stats} answers with the min, max, mean and median of numbers. ${help} explains everything I can do.`,
    hint: "To add up to 10 images to the set, attach them to a message to me, or use `/upload`.",
    looking: "Looking at what you attached…",
    nothing: "This message has no attachments. Choose one with images.",
    outcome: {
      added: "**added**",
      present: "**already there**",
      removed: "**removed** from the set; its labels stay",
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
    },
    remove: (number: number) => `Remove ${number}`,
  },
  remove: {
    messageCommand: "Remove from image set",
    done: "This image was removed from the set. Its labels stay.",
    taken: "**Removed.** These are still in the set:",
    doneAll: "All of these images were removed from the set. Their labels stay.",
    gone: "This image was no longer in the set.",
    notAllowed: "Only members who can manage messages can remove images from the set.",
    noRound: "This message has no images from the set. Choose one of my rounds, or my answer to an upload.",
    offer: "## Remove images from the set\nTheir labels stay.",
    remove: "Remove",
    none: "None of these images is still in the set.",
  },
  progress: {
    command: {
      name: "progress",
      description: "Shows how many images are labeled, and how well people agree",
    },
    title: "## Labeling progress",
    images: (all: number, labeled: number, byMore: number) =>
      `**Images:** ${number(all)} in the set, ${number(labeled)} labeled (${share(labeled, all)}), ${number(byMore)} by 3 or more people (${share(byMore, all)})`,
    answers: (answers: number, people: number) =>
      `**Answers:** ${number(answers)}, by ${counted(people, "person", "people")}`,
    unlabeled: (all: number) =>
      `**Images:** ${number(all)} in the set, none labeled yet. Be the first: \`/hotdog\` shows 4 to label.`,
    agreement: (alpha: number | undefined, reading: string) =>
      `**Agreement:** ${alpha === undefined ? "unknown" : ratio(alpha)} – ${reading}`,
    readings: {
      reliable: "high: people give the same answer to the same image",
      tentative: "fair: good enough for first conclusions",
      unreliable: "low: people often give different answers to the same image",
      chance: "none: people agree no more often than by chance",
      alone: "no image has answers from two people yet",
      unanimous: "everyone has given the same answer to every image so far, which could also be chance",
    },
    methods: (differ: number, tied: number, decided: number) => {
      const agreed = tied === 0 ? "agree on every labeled image" : "agree wherever there is a majority";
      const verdict = differ === 0 ? agreed : `disagree on ${counted(differ, "image")}`;
      const ties = `. Votes are tied on ${counted(tied, "image")}, of which Dawid–Skene decides ${number(decided)}`;
      return `**Majority and Dawid–Skene** ${verdict}${tied === 0 ? "" : ties}.`;
    },
    notes:
      "-# If a person answers an image several times, the last answer counts. Agreement is Krippendorff’s alpha: 1 is perfect, 0 is chance. Dawid–Skene gives more weight to people who answer well.",
    chart: {
      coverage: "Images labeled by",
      images: (count: number) => counted(count, "image"),
      by: { more: "3 or more", two: "2 people", one: "1 person", none: "nobody yet" },
      answers: "Answers per day",
      last: (days: number) => `last ${days} days, UTC`,
      noAnswers: (days: number) => `No answers in the last ${days} days`,
      ...figures,
    },
    alt: {
      coverage: (images: string, parts: string) => `${images}. Labeled by ${parts}.`,
      part: (by: string, count: string, share: string) => `${by}: ${count} (${share})`,
      answers: (title: string, from: string, to: string, counts: string) =>
        `${title} from ${from} to ${to}, UTC: ${counts}.`,
      most: (count: string, on: string) => `Most on ${on}: ${count}.`,
    },
  },
  export: {
    command: {
      name: "export",
      description: "Sends you the labels as a file",
      format: { name: "format", description: "The format of the file" },
    },
    formats: {
      labels: "every answer, as CSV",
      consensus: "one label per image, and how well each person answers, as CSV",
      "crowd-kit": "each person’s last answer to each image, as CSV",
      huggingface: "an imagefolder with a dataset card, as ZIP",
      "ground-truth": "a manifest for Amazon SageMaker",
      "label-studio": "tasks with annotations, as JSON",
    },
    done: (format: string) => `Here are the labels in the format **${format}**.`,
    counts: ({ images, answers, given, people, removed, ties, unreadable }: ExportCounts) => [
      ...(images === undefined ? [] : [`**Images:** ${images}`]),
      answers === given
        ? `**Answers:** ${given}`
        : `**Answers:** ${answers} of ${given} (each person’s last answer to each image)`,
      ...(people === undefined ? [] : [`**People:** ${people}`]),
      ...(removed > 0 ? [`**Images left out because they were removed from the set:** ${removed}`] : []),
      ...(ties > 0 ? [`**Images left out because neither label is more likely:** ${ties}`] : []),
      ...(unreadable > 0 ? [`**Rows left out because they cannot be read:** ${unreadable}`] : []),
    ],
    kept: "-# People appear under pseudonyms made for this export; nobody is named. But if few people have labeled an image, someone who watched a person label it can find that person’s rows.",
    nothing: "There is nothing to export yet: no image in the set is labeled. Start with `/hotdog`.",
    tooLarge: (format: string) =>
      `This export is too large to send here. The person who runs this bot can make it: \`npm run export -- --format ${format} --out DIR\`.`,
    needsS3:
      "Ground Truth reads images only from S3, but this bot stores them in a folder. The person who runs it can copy them to S3 and make the export: `npm run export -- --format ground-truth --images-at s3://BUCKET/FOLDER --out DIR`.",
    notAllowed: "Only members who can manage the server can export the labels.",
  },
  myData: {
    command: { name: "my-data", description: "Sends you everything stored about you; nobody else sees it" },
    nothing: "Nothing is stored about you.",
    kept: (labels: number, uploads: number) =>
      `This is everything stored about you: **${counted(labels, "answer")}** to images, and **${counted(uploads, "entry", "entries")}** for images that you added. A pseudonym replaces your name. \`/forget-me\` erases it all.`,
    tooLarge: (reference: string) =>
      `One file would be larger than Discord allows. The person who runs this bot can send it to you. Reference: \`${reference}\``,
    asked: (seconds: number) =>
      `-# You used \`/forget-me\` on <t:${seconds}:f>. That time stays stored under your pseudonym, so that nothing from before it comes back.`,
  },
  forgetMe: {
    command: { name: "forget-me", description: "Erases everything stored about you, once you confirm" },
    question:
      "## Erase everything stored about you?\nThis erases your answers to images and the entries that say which images you added, from every server, including answers that are still being saved. **This cannot be undone.**\nThe images themselves stay in the set, with nothing that leads to you. Members who can manage messages, or the person who runs this bot, can remove them. Messages on Discord stay too.\nWould you like a copy first? Use `/my-data`.",
    confirm: "Erase everything",
    removing: "Removing what is kept about you…",
    notYours: "This button belongs to someone else. Use `/forget-me` to erase what is stored about you.",
    done: (labels: number, uploads: number) =>
      `Erased for good: **${counted(labels, "answer")}** to images, and **${counted(uploads, "entry", "entries")}** for images that you added. The images themselves stay in the set. What you do from now on is stored again.`,
    nothing: "Nothing was stored about you. What you do from now on is stored again.",
  },
  help: {
    command: { name: "help", description: "What this bot does, and how to use it here" },
    title: "## What I do",
    stats: (stats: string) =>
      `${stats} answers with the min, max, mean and median of 1 to 10 numbers greater than 0, such as \`/stats 3 5 8\`.`,
    label: (hotdog: string) =>
      `${hotdog} shows 4 random images or, with \`choose:needed\`, those that need answers most. Press 0 or 1 below each: is it a hot dog? Only you see your choice, everyone’s answer counts, and you can change your mind at any time.`,
    upload: (upload: string) =>
      `${upload} adds images to the set. You can also use _Apps → Add to image set_ in the menu of any message, or send me images in a direct message or in a message that mentions me.`,
    progress: (progress: string) =>
      `${progress} shows how far the labeling has come: images, answers, people, and how well they agree.`,
    remove: "You can also remove images: _Apps → Remove from image set_ in the menu of a round.",
    export: (exports: string) =>
      `${exports} sends the labels as a file, in the format you choose, to you only.`,
    yours: (myData: string, forgetMe: string) =>
      `${myData} sends you everything stored about you, and ${forgetMe} erases it. Nobody else sees either.`,
    kept: "-# What is stored: your answers and the images you add, under a pseudonym instead of your name; for `/stats`, the numbers and the channel, but nobody’s name.",
    privacy: (url: string) => `-# More about what is stored, where and for how long: <${url}>`,
    elsewhere: (hotdog: string, upload: string) =>
      `In servers that have added me, and in direct messages to me, you can label images with ${hotdog} and add images with ${upload}.`,
  },
  tooMany: (count: number, counts: "times" | "files", per: "second" | "minute" | "hour") =>
    `That would be more than ${count} ${counts} in ${per === "hour" ? "an" : "a"} ${per}, so nothing was done. Please wait a moment and try again.`,
  notAccepted:
    "Sorry, your request could not be accepted just now. Nothing was recorded. Please try again in a moment.",
  failed: (reference: string) =>
    `Sorry, something went wrong on our side and this could not be done. Please try again; if it happens again, tell whoever runs this bot. Reference: \`${reference}\``,
  unknown: "That command no longer exists. Type `/` to see the current ones.",
};

export type Texts = typeof en;
