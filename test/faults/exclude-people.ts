import { setTimeout as wait } from "node:timers/promises";
import { ComponentType, REST, Routes, type APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { formatExclusionChoice } from "../../src/jobs/labelers.ts";
import { shortPseudonym } from "../../src/labeling/short-pseudonym.ts";
import { en } from "../../src/texts/en.ts";
import { textOf } from "../worker/channel-project.ts";
import { changed } from "../worker/labeling-alone.ts";
import type { LoadProject } from "./projects.ts";
import { namesIn, recordsIn } from "./records.ts";
import type { Evidence } from "./verify.ts";
import { isFailure } from "./visible-state.ts";

/** Least time between two decisions; the rate limit is 30 per minute. */
const INTERVAL_MS = 2_500;
/** A bot answers within 3 s or not at all. */
const MODAL_OPTIONS = { timeout: 6_000 };
/** After this time without a result, the moderator decides again. */
const PATIENCE_OPTIONS = { timeout: 10_000 };
/** How long a moderator can be told that nothing was changed: longer than any run. */
const TOLD_OPTIONS = { timeout: 900_000 };

interface Decision {
  /** Id of the interaction that submitted the reason. */
  id: string;
  excluded: boolean;
  reason: string;
  /** The message that shows the result. */
  messageId: string;
  /** What the moderator is told below that message, if the decision was not carried out. */
  told: string | undefined;
}

/** What became of all decisions. */
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
 * Excludes relish, who answers images of the project all the time, until it is stopped. The lists are forged: no answer is a day old.
 * @param untilAnswered resolves when the person with this Discord id has an answer in the project
 */
export function startExcludingPeople(
  discord: LocalDiscord,
  project: LoadProject,
  untilAnswered: (userId: string) => Promise<void>,
): ExcludingPeople {
  const moderator = discord.user("ketchup");
  const { id: userId } = discord.user("relish");
  const { labeler } = namesIn(project, userId);
  const customId = encodeCustomId({ kind: "exclude", project: project.id, page: 0 });
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  const decisions: Decision[] = [];
  const stopping = new AbortController();
  const stopped = decideAll();

  async function decideAll(): Promise<void> {
    // Without decisions the suite fails.
    await untilAnswered(userId).catch(() => stopping.abort());
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
      options: [{ label: "relish", value }],
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
  isConfirmed: boolean;
  records: readonly string[];
  expected: string;
}

/** A decision that is neither accepted nor confirmed may be lost: the moderator sees that nothing happened. */
function problemsOf({ id, told, accepted, isConfirmed, records, expected }: Outcome): string[] {
  const isStored = records.length > 0;
  const isRefused = told === en.labelers.gone || (told !== undefined && isFailure(told));
  const wrong = records.filter((record) => record !== expected);
  const problems = [
    [records.length > 1, `has ${records.length} rows`],
    [wrong.length > 0, `is stored as ${wrong.join()}`],
    [isConfirmed && !isStored, "was confirmed and is not stored"],
    [accepted && !isStored && !isRefused, `was accepted and is not stored; told: ${told ?? "nothing"}`],
    [!accepted && (isStored || isConfirmed), "was not accepted and is stored or confirmed"],
    [isStored && isRefused, `is stored; told: ${told}`],
  ] as const;
  return problems.filter(([isViolated]) => isViolated).map(([, problem]) => `exclude ${id} ${problem}`);
}
