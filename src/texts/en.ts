import { progress } from "./progress-en.ts";
import type { ExportCounts } from "../labeling/export-counts.ts";

/** What people read, in English. The other languages have the same keys. */
export const en = {
  stats: {
    command: {
      name: "stats",
      description: "Min, max, mean and median of 1 to 10 positive numbers",
      numbers: { name: "numbers", description: "1 to 10 numbers greater than 0, for example: 3 5 8" },
    },
    refusal: {
      title: "I cannot take these numbers; nothing was recorded.",
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
    tooMany: "That was more than 30 times in a minute. Nothing was recorded; please wait a moment.",
    answer: {
      asked: (asker: string, numbers: string) => `${asker} asked for the stats of **${numbers}**`,
      commaSeparates: "A comma separates numbers here: `2,5` is 2 and 5. For a decimal, write `2.5`.",
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
        description: "Which images: any, or those that still need answers most",
        choices: { random: "random", needed: "needed" },
      },
    },
    round: {
      question: "## Hot dog or not?\nPress 0 or 1 below each image. Only you will see what you chose.",
      image: (position: number) => `**Image ${position}**`,
      alt: (position: number, count: number) => `Image ${position} of ${count}`,
      labels: { 0: "0 · not hot dog", 1: "1 · hot dog" },
    },
    tooMany: "That was more than 10 rounds in a minute. Nothing was posted; please wait a moment.",
    noImages:
      "There are no images to label yet. Whoever runs this bot can add the 20 to start with: `npm run import -- --starter`.",
  },
  press: {
    saved: (position: number, label: string) =>
      `Saved: image ${position} is **${label}**. Changed your mind? Press the other button.`,
    removed: "This image has been taken out of the set since, so nothing was saved. Thank you all the same!",
    unknown:
      "This button is from another version and no longer works; nothing was saved. Ask for new images with `/hotdog`.",
    forgotten:
      "Since you pressed this you asked to be forgotten, so it was not kept. If you want it to count, press again.",
    tooMany:
      "That was more than 10 presses in a second. This one was not saved; please press again, a little slower.",
  },
  upload: {
    command: {
      name: "upload",
      description: "Adds images that everyone here may label: hot dog or not",
      image: { name: "image", description: "JPEG, PNG, WebP, GIF, AVIF or TIFF, at most 10 MiB" },
      more: "Another image",
    },
    messageCommand: "Add to image set",
    purpose: "Images in the set are shown in rounds of `/hotdog`, to be labelled: hot dog or not.",
    hello: (stats: string, hotdog: string, help: string) =>
      `Hello! I am a bot with two jobs: ${hotdog} shows images for you to label, hot dog or not, and ${stats} answers with min, max, mean and median of numbers. ${help} tells you all I can do.`,
    hint: "Attach up to 10 images to a message to me, or use `/upload`, and they are added to the set.",
    looking: "Looking at what you attached…",
    nothing: "There is nothing attached to this message. Choose one with images.",
    tooMany: "That would be more than 20 files in a minute. Nothing was added; please wait a moment.",
    outcome: {
      added: "**added**",
      present: "**already there**",
      removed: "**removed** from the set; its labels stay",
      refused: (reason: string) => `**refused**: ${reason}`,
    },
    refusal: {
      empty: "the file is empty",
      "too-large": "it is larger than 10 MiB",
      "too-many-pixels": "it has more than 50 megapixels, or an edge of more than 65,535 pixels",
      "too-much-memory": "reading it takes too much memory; make it smaller, or save it as JPEG",
      "too-detailed": "it has too much detail to be stored in 12 MiB; make it smaller",
      heic: "HEIC is not accepted; save it as JPEG first",
      "other-format": "it is not a JPEG, PNG, WebP, GIF, AVIF or TIFF image",
      damaged: "the file is damaged or not what it says it is",
      "too-slow": "it takes too long to read",
      unreachable: "it could not be fetched; please try it again later",
      gone: "it can no longer be fetched; attach it again",
      foreign: "it does not come from Discord",
      "daily-budget":
        "it would be more than 500 MiB that you have added today; try again after midnight (UTC)",
    },
    remove: (number: number) => `Remove ${number}`,
  },
  remove: {
    messageCommand: "Remove from image set",
    done: "This image has been taken out of the set. Its labels stay.",
    taken: "**Taken out.** These are still in the set:",
    doneAll: "All of these images have been taken out of the set. Their labels stay.",
    gone: "This image was no longer in the set.",
    notAllowed: "Only members who may manage messages can take images out of the set.",
    noRound: "This message has no images of the set. Choose one of my rounds, or an answer to an upload.",
    offer: "## Take images out of the set\nTheir labels stay.",
    remove: "Remove",
    none: "None of these images is in the set any more.",
  },
  progress,
  export: {
    command: {
      name: "export",
      description: "Sends you the labels as a file",
      format: { name: "format", description: "What they are for" },
    },
    formats: {
      labels: "every answer, as CSV",
      consensus: "one label an image, and how well each person answers, as CSV",
      "crowd-kit": "the last answer of each person to each image, as CSV",
      huggingface: "an imagefolder with a dataset card, as ZIP",
      "ground-truth": "a manifest for Amazon SageMaker",
      "label-studio": "tasks with annotations, as JSON",
    },
    done: (format: string) => `Here are the labels in the format **${format}**.`,
    counts: ({ images, answers, given, people, removed, ties, unreadable }: ExportCounts) => [
      [
        ...(images === undefined ? [] : [`**Images:** ${images}`]),
        answers === given
          ? `**Answers:** ${given}`
          : `**Answers:** ${answers} of ${given}, the last of each person to each image`,
        ...(people === undefined ? [] : [`**People:** ${people}`]),
      ].join("\n"),
      ...(removed > 0 ? [`**Images left out, no longer in the set:** ${removed}`] : []),
      ...(ties > 0 ? [`**Images left out, neither label being likelier:** ${ties}`] : []),
      ...(unreadable > 0 ? [`**Rows left out, as they cannot be answers:** ${unreadable}`] : []),
    ],
    kept: "-# People have pseudonyms made for this export; nobody is named. Anyone who watched somebody label an image that few have labeled can still find that person’s rows.",
    nothing:
      "There is nothing to export yet: nobody has labelled an image that is in the set. Begin with `/hotdog`.",
    tooLarge: (format: string) =>
      `This export is too large to be sent here. Whoever runs this bot can make it: \`npm run export -- --format ${format} --out DIR\`.`,
    needsS3:
      "Ground Truth reads images from S3 alone, and this bot keeps them in a folder. Whoever runs it can copy them to S3 and make the export: `npm run export -- --format ground-truth --images-at s3://BUCKET/FOLDER --out DIR`.",
    notAllowed: "Only members who may manage the server can export the labels.",
    tooMany: "That was more than 10 exports in an hour. Nothing was sent; please wait a while.",
  },
  myData: {
    command: { name: "my-data", description: "Sends you all that is kept about you; nobody else sees it" },
    nothing: "Nothing is kept about you.",
    kept: (labels: number, uploads: number) =>
      `This is all that is kept about you: **${counted(labels, "answer")}** to images, and **${counted(uploads, "entry", "entries")}** of images that you added. Instead of your name there is a pseudonym. \`/forget-me\` removes it.`,
    tooLarge: (reference: string) =>
      `One file would be larger than Discord allows. Whoever runs this bot can send it to you. Reference: \`${reference}\``,
    asked: (seconds: number) =>
      `-# You asked to be forgotten on <t:${seconds}:f>. A note of that moment stays, under your pseudonym, so that nothing from before comes back.`,
    tooMany: "That was more than 10 times in an hour. Nothing was done; please wait a while.",
  },
  forgetMe: {
    command: {
      name: "forget-me",
      description: "Removes all that is kept about you, once you have confirmed it",
    },
    question:
      "## Remove all that is kept about you?\nThat is: your answers to images, and the entries that say which images you added, from every server and those still on their way. **This cannot be undone.**\nThe images themselves stay in the set, with nothing that leads to you; members who may manage messages, or whoever runs this bot, can take them out. Messages in Discord stay, too.\nWould you like a copy first? Use `/my-data`.",
    confirm: "Remove it all",
    removing: "Removing what is kept about you…",
    notYours: "This button is somebody else’s. Use `/forget-me` to have what is kept about you removed.",
    done: (labels: number, uploads: number) =>
      `Removed for good: **${counted(labels, "answer")}** to images, and **${counted(uploads, "entry", "entries")}** of images that you added. The images themselves stay in the set. What you do from now on is kept again.`,
    nothing: "Nothing was kept about you. What you do from now on is kept again.",
  },
  help: {
    command: { name: "help", description: "What this bot does, and how you can use it here" },
    title: "## What I do",
    stats: (stats: string) =>
      `${stats} answers with min, max, mean and median of 1 to 10 numbers greater than 0, such as \`/stats 3 5 8\`.`,
    label: (hotdog: string) =>
      `${hotdog} shows 4 images at random, or with \`choose:needed\` those that still need answers most. Press 0 or 1 below each: is it a hot dog? Only you see what you chose, everyone’s answer counts, and you can change your mind at any time.`,
    upload: (upload: string) =>
      `${upload} adds images to the set; so does _Apps → Add to image set_ in the menu of any message, a message that mentions me, or a direct message to me, with images attached.`,
    progress: (progress: string) =>
      `${progress} shows how far the labelling has come: images, answers, people, and how well they agree.`,
    remove: "You may also take images out: _Apps → Remove from image set_ in the menu of a round.",
    export: (exports: string) =>
      `${exports} sends you, and only you, the labels as a file, in the format you choose.`,
    yours: (myData: string, forgetMe: string) =>
      `${myData} sends you all that is kept about you, and ${forgetMe} removes it. Nobody else sees either.`,
    kept: "-# What is kept: your answers and the images you add, under a pseudonym instead of your name; of `/stats` the numbers and the channel, but nobody’s name.",
    privacy: (url: string) => `-# More about what is kept, where and how long: <${url}>`,
    elsewhere: (hotdog: string, upload: string) =>
      `Labelling images, with ${hotdog} and ${upload}, works in servers that have added me and in direct messages to me.`,
  },
  notAccepted:
    "Sorry, your request could not be accepted just now. Nothing was recorded. Please try again in a moment.",
  failed: (reference: string) =>
    `Sorry, something went wrong on our side and this could not be done. Please try again; if it happens again, tell whoever runs this bot. Reference: \`${reference}\``,
  unknown:
    "Sorry, I do not know this one (any more). Please choose again from the list that opens when you type `/`.",
};

export type Texts = typeof en;

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
