import { DEFAULT_SETTLE_AT } from "../../src/labeling/settle-thresholds.ts";
import type { APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { HOTDOG_QUESTION, type Question } from "../../src/labeling/question.ts";
import { buttonsIn, CATS, createProject, selectsIn } from "../worker/channel-project.ts";

/** First images of a channel's project. */
const FIRST_IMAGES = 4;
/** A bot or worker that has just started is slow. */
const ANSWER_OPTIONS = { timeout: 30_000 };
const ANIMALS = { question: "Which animal?", labels: "Ant\nBee\nCat\nDog\nElk\nFox", unsure: true };

/** A project whose rounds people answer, and to whose channel they add images. */
export interface LoadProject {
  /** Null for the hot dogs. */
  id: string | null;
  /** The prefix of its keys. */
  prefix: string;
  channelId: string;
  question: Question;
  /** One round. */
  round: APIMessage;
}

/** What a person chooses in a round: a button, or a value of a select menu. */
interface Choice {
  customId: string;
  value?: string;
}

/**
 * Opens three projects that share a store: the hot dogs, one with buttons in another channel, and one with select menus in another
 * guild. The hot dogs have their images already; the others are created with the form and their first images.
 */
export async function openProjects(discord: LocalDiscord): Promise<LoadProject[]> {
  const elsewhere = discord.guilds[1]?.channels[0]?.id ?? "";
  return Promise.all([
    openHotdogs(discord),
    openChannelProject(discord, CATS, discord.createChannel({ name: "pets" }).id),
    openChannelProject(discord, ANIMALS, elsewhere),
  ]);
}

async function openHotdogs(discord: LocalDiscord): Promise<LoadProject> {
  const round = await discord.user("ketchup").command("hotdog").answer(ANSWER_OPTIONS);
  return { id: null, prefix: "", channelId: discord.channelId, question: HOTDOG_QUESTION, round };
}

async function openChannelProject(
  discord: LocalDiscord,
  form: typeof CATS,
  channelId: string,
): Promise<LoadProject> {
  const { id } = await createProject(
    { discord },
    { form, channelId, images: FIRST_IMAGES, ...ANSWER_OPTIONS },
  );
  const round = await discord.user("mustard").command("round", {}, { channelId }).answer(ANSWER_OPTIONS);
  const question = {
    text: form.question,
    labels: form.labels.split("\n"),
    offersUnsure: form.unsure,
    settleAt: DEFAULT_SETTLE_AT,
  };
  return { id, prefix: `projects/${id}/`, channelId, question, round };
}

/** Everything that a person can choose in a project's round. */
export function choicesIn({ round }: Pick<LoadProject, "round">): Choice[] {
  return [
    ...buttonsIn(round).map(({ custom_id: customId }) => ({ customId })),
    ...selectsIn(round).flatMap(({ custom_id: customId, options }) =>
      options.map(({ value }) => ({ customId, value })),
    ),
  ];
}

type User = ReturnType<LocalDiscord["user"]>;

/** Lets a person choose an answer. */
export function choose(
  user: User,
  { round }: Pick<LoadProject, "round">,
  { customId, value }: Choice,
): ReturnType<User["press"]> {
  return value === undefined ? user.press(round, customId) : user.select(round, customId, [value]);
}
