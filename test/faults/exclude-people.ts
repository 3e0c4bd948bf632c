import { setTimeout as wait } from "node:timers/promises";
import { ComponentType, REST, Routes, type APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { formatExclusionChoice } from "../../src/jobs/labelers.ts";
import { shortPseudonym } from "../../src/labeling/short-pseudonym.ts";
import { en } from "../../src/texts/en.ts";
import { textOf } from "../worker/channel-project.ts";
import { changed } from "../worker/labeling-alone.ts";
import { choicesIn, choose, type LoadProject } from "./projects.ts";
import { namesIn, recordsIn } from "./records.ts";
import type { Evidence } from "./verify.ts";

/** Least time between two decisions; the rate limit is 30 per minute. */
const INTERVAL_MS = 2_500;
/** A bot or worker that has just started is slow. */
const ANSWER_OPTIONS = { timeout: 30_000 };
/** A bot answers within 3 s or not at all. */
const MODAL_OPTIONS = { timeout: 6_000 };
/** After this time without a result, the moderator decides again. */
const PATIENCE_OPTIONS = { timeout: 10_000 };
/** How long to wait for an answer: longer than any run. */
const TOLD_OPTIONS = { timeout: 1_800_000 };

interface Decision {
  /** Id of the interaction that submitted the reason. */
  id: string;
  excluded: boolean;
  reason: string;
  /** The message that shows the result. */
  messageId: string;
  /** The first text with which the bot or the worker answered. */
  told: string | undefined;
}

/** The results of all decisions. */
export interface ExclusionCounts {
  sent: number;
  accepted: number;
  confirmed: number;
  rows: number;
  /** What was lost, doubled or wrong. */
  problems: readonly string[];
}

/** A moderator who excludes a person from a project and takes it back, again and again. */
export interface ExcludingPeople {
  /** Stops after the current decision. */
  stop(): Promise<void>;
  decisions: readonly Decision[];
  count(evidence: Evidence): ExclusionCounts;
}

/**
 * Excludes a person who has answered one image of the project, until it is stopped. The list is forged: the answer is not a day old.
 * Resolves once that answer is saved, before the first decision.
 */
export async function startExcludingPeople(
  discord: LocalDiscord,
  project: LoadProject,
): Promise<ExcludingPeople> {
  const moderator = discord.user("ketchup");
  const excludedPerson = discord.visitor("Olive");
  const { labeler } = namesIn(project, excludedPerson.id);
  const customId = encodeCustomId({ kind: "exclude", project: project.id, page: 0 });
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  const decisions: Decision[] = [];
  const stopping = new AbortController();
  const [choice] = choicesIn(project);
  if (choice === undefined) throw new Error("there is nothing to choose");
  await choose(excludedPerson, project, choice).answer(ANSWER_OPTIONS);
  const stopped = decideAll();

  async function decideAll(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      // Nothing has been decided if the bot, or Discord, is away.
      await decide(turn % 2 === 0, `turn ${turn}`).catch(() => {});
      await wait(INTERVAL_MS);
    }
  }

  async function decide(excluded: boolean, reason: string): Promise<void> {
    const list = await postList(excluded);
    const value = formatExclusionChoice({ labeler, excluded });
    const modal = await moderator.select(list, customId, value).modal(MODAL_OPTIONS);
    const submitted = moderator.submit(modal, { reason });
    const decision: Decision = { id: submitted.id, excluded, reason, messageId: list.id, told: undefined };
    decisions.push(decision);
    const told = submitted.answer(TOLD_OPTIONS).then((message) => (decision.told = textOf(message)));
    await Promise.race([told, changed(moderator, list, PATIENCE_OPTIONS)]);
  }

  async function postList(excluded: boolean): Promise<APIMessage> {
    const value = formatExclusionChoice({ labeler, excluded });
    const select = {
      type: ComponentType.StringSelect,
      custom_id: customId,
      options: [{ label: "Olive", value }],
    };
    const body = { content: "people", components: [{ type: ComponentType.ActionRow, components: [select] }] };
    return (await rest.post(Routes.channelMessages(project.channelId), { body })) as APIMessage;
  }

  return {
    decisions,
    async stop() {
      stopping.abort();
      await stopped;
    },
    count({ bucket, queue, messages }) {
      const records = recordsIn(bucket);
      const shown = new Map(messages.map((message) => [message.id, textOf(message)]));
      const outcomes = decisions.map((decision) => ({
        ...decision,
        accepted: queue?.accepted.has(`exclude ${decision.id}`) === true,
        deadLetter: queue?.deadLetters.get(`exclude ${decision.id}`),
        isConfirmed: shown.get(decision.messageId)?.includes(noticeOf(decision, labeler)) === true,
        records: records.get(decision.id) ?? [],
        expected: `${project.prefix}exclusions/ ${labeler} ${decision.excluded ? "yes" : "no"} ${decision.reason}`,
      }));
      return {
        sent: decisions.length,
        accepted: outcomes.filter(({ accepted }) => accepted).length,
        confirmed: outcomes.filter(({ isConfirmed }) => isConfirmed).length,
        rows: outcomes.flatMap((outcome) => outcome.records).length,
        problems: outcomes.flatMap(problemsOf),
      };
    },
  };
}

/** What the list says once a decision is saved. */
function noticeOf({ excluded }: Decision, labeler: string): string {
  const name = shortPseudonym(labeler);
  return excluded ? en.labelers.excluded(name) : en.labelers.takenBack(name);
}

interface Outcome extends Decision {
  accepted: boolean;
  /** Why the job failed for good, if it did. */
  deadLetter: string | undefined;
  isConfirmed: boolean;
  records: readonly string[];
  expected: string;
}

/** A decision that is neither accepted nor confirmed may be lost: the moderator sees that nothing happened. */
function problemsOf(outcome: Outcome): string[] {
  const { id, told = "nothing", accepted, deadLetter, isConfirmed, records, expected } = outcome;
  const isStored = records.length > 0;
  const wrong = records.filter((record) => record !== expected);
  const problems = [
    [records.length > 1, `has ${records.length} rows`],
    [wrong.length > 0, `is stored as ${wrong.join()}`],
    [isConfirmed && !isStored, "was confirmed and is not stored"],
    [accepted && !isStored && deadLetter === undefined, `was accepted and is not stored; told: ${told}`],
    [!accepted && (isStored || isConfirmed), "was not accepted and is stored or confirmed"],
    [isStored && deadLetter !== undefined, `is stored and a dead letter: ${deadLetter}`],
  ] as const;
  return problems.filter(([isViolated]) => isViolated).map(([, problem]) => `exclude ${id} ${problem}`);
}
