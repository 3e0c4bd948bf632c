import { setTimeout as wait } from "node:timers/promises";
import type { APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { imageName } from "../../src/labeling/images.ts";
import { en } from "../../src/texts/en.ts";
import { plainPng } from "../pictures.ts";
import { createProject } from "../worker/channel-project.ts";
import type { Bucket } from "./records.ts";

const INTERVAL_MS = 800;
/** No other picture of the run has such a number. */
const FIRST_PICTURE = 60_000;
/** A bot or worker that has just started is slow. */
const ANSWER_OPTIONS = { timeout: 30_000 };
/** After this time without an answer, a moderator tries again later. */
const PATIENCE = { timeout: 3_000 };
/** The rate limit is 20 files a minute. */
const UPLOADS_PER_SENDER = 10;
const FORM = { question: "Is it approved?", labels: "Yes\nNo", unsure: false, uploads: "approval" };

type User = ReturnType<LocalDiscord["user"]>;

interface SentImage {
  /** Interaction id of the upload. */
  id: string;
  sender: User;
  image: string;
}

/** What an answer says about an image. */
type ShownState = "pending" | "approved" | "rejected" | "taken-back";
const STATES: readonly ShownState[] = ["pending", "approved", "rejected", "taken-back"];

/** People whose images wait, moderators who decide, and senders who take them back. */
export interface Approvals {
  /** Stops sending and deciding. */
  stop(): Promise<void>;
  /** All uploads. */
  uploads: readonly SentImage[];
  /** How many images ended in which state. */
  counts(): Record<ShownState, number>;
  /** Where an answer and the store contradict each other, or something is left over. */
  problems(bucket: Bucket): string[];
}

/** Creates a project whose images are approved. In each interval, one image is sent, and something is decided about another. */
export async function startApprovals(discord: LocalDiscord): Promise<Approvals> {
  const { id: channelId } = discord.createChannel({ name: "approved" });
  const { id } = await createProject({ discord }, { form: FORM, channelId, ...ANSWER_OPTIONS });
  const prefix = `projects/${id}/`;
  const uploads: SentImage[] = [];
  const stopping = new AbortController();
  const stopped = decideAll();

  async function decideAll(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      await wait(INTERVAL_MS);
      await send(turn);
      // What gets no answer in time is decided about later.
      await decide(turn).catch(() => {});
    }
  }

  async function send(turn: number): Promise<void> {
    const bytes = await plainPng(FIRST_PICTURE + turn);
    const sender = discord.visitor(`sender ${Math.floor(turn / UPLOADS_PER_SENDER)}`);
    const handle = sender.command("upload", { image: { name: `${turn}.png`, bytes } }, { channelId });
    handle.answer(PATIENCE).catch(() => {});
    uploads.push({ id: handle.id, sender, image: imageName(bytes, "png") });
  }

  /** Decides about the oldest image that waits: approves it, rejects it, or takes it back. */
  async function decide(turn: number): Promise<void> {
    const waiting = uploads.find((sent) => stateOf(answerTo(sent)) === "pending");
    const message = waiting && answerTo(waiting);
    if (waiting === undefined || message === undefined) return;
    if (turn % 3 === 0) {
      await waiting.sender.press(message, "Take back 1").answer(PATIENCE);
      return;
    }
    const moderator = discord.user(turn % 2 === 0 ? "ketchup" : "mustard");
    const review = await moderator.press(message, "Review").answer(PATIENCE);
    await moderator.press(review, turn % 3 === 1 ? "Approve" : "Reject").answer(PATIENCE);
  }

  function answerTo({ id }: SentImage): APIMessage | undefined {
    return discord.messages().find((one) => one.interaction_metadata?.id === id);
  }

  function problemOf(sent: SentImage, keys: readonly string[]): string[] {
    const state = stateOf(answerTo(sent));
    const found = keys.filter((key) => key.includes(sent.image) || key.includes(`pending/${sent.id}-`));
    const expected: string[] = {
      pending: [`${prefix}pending/${sent.id}-1/${sent.image}`, `${prefix}pending/${sent.id}-1/upload.json`],
      approved: [`${prefix}images/${sent.image}`],
      rejected: [],
      "taken-back": [],
      none: [],
    }[state ?? "none"];
    const isRight = new Set(found).symmetricDifference(new Set(expected)).size === 0;
    return isRight
      ? []
      : [`upload ${sent.id} is ${state ?? "not answered"}, and stored as ${found.join(", ")}`];
  }

  return {
    uploads,
    async stop() {
      stopping.abort();
      await stopped;
    },
    counts() {
      const states = uploads.map((sent) => stateOf(answerTo(sent)));
      const count = (state: ShownState): number => states.filter((one) => one === state).length;
      return {
        pending: count("pending"),
        approved: count("approved"),
        rejected: count("rejected"),
        "taken-back": count("taken-back"),
      };
    },
    problems: (bucket) => uploads.flatMap((sent) => problemOf(sent, bucket.keys())),
  };
}

function stateOf(answer: APIMessage | undefined): ShownState | undefined {
  const { outcome } = en.upload;
  return STATES.find((state) => answer?.content.includes(`– ${outcome[state]}`));
}
