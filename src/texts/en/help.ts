export const help = {
  command: { name: "help", description: "What this bot does, and how to use it here" },
  title: "## What I do",
  stats: (stats: string) =>
    `${stats} answers with the min, max, mean and median of 1 to 10 numbers greater than 0, such as \`/stats 3 5 8\`.`,
  label: (hotdog: string) =>
    `${hotdog} shows 4 random images or, with \`choose:needed\`, those that need answers most. Press 0 or 1 below each: is it a hot dog? Only you see your choice, and you can change it at any time.`,
  round: (round: string) => `${round} shows 4 that need answers most.`,
  project: (info: string, round: string) =>
    `A channel can be a project with its own question, images and labels. ${info} describes the one of this channel, and ${round} shows 4 of its images to label.`,
  alone: (label: string) =>
    `${label} shows one image after another, to you only: the fastest way to label many.`,
  me: (me: string) => `${me} tells you, and only you, how well you label.`,
  upload: (upload: string) =>
    `${upload} adds images to the set. You can also use _Apps → Add to image set_ in the menu of any message, or send me images in a direct message or in a message that mentions me.`,
  progress: (progress: string) =>
    `${progress} says whether we are done: what is settled, how many answers remain, and how well people agree.`,
  createProject: (create: string) => `You can make this channel a project: ${create}.`,
  remove:
    "In the menu of a round, _Apps → Remove from image set_ takes images out, and _Set gold answer_ says what is right, to check people.",
  labelers: (labelers: string) =>
    `${labelers} shows you how well people label, under pseudonyms, and lets you exclude the answers of somebody who does harm.`,
  export: (exports: string) =>
    `${exports} sends the labels as a file, in the format you choose, to you only.`,
  yours: (myData: string, forgetMe: string) =>
    `${myData} sends you everything stored about you, and ${forgetMe} erases it. Nobody else sees either.`,
  kept: "-# What is stored: your answers and the images you add, under a pseudonym instead of your name; for `/stats`, the numbers and the channel, but nobody’s name.",
  privacy: (url: string) => `-# More about what is stored, where and for how long: <${url}>`,
  elsewhere: (hotdog: string, upload: string) =>
    `In servers that have added me, and in direct messages to me, you can label images with ${hotdog} and add images with ${upload}.`,
};
