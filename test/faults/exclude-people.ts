import { setTimeout as wait } from "node:timers/promises";
import { ComponentType, REST, Routes, type APIMessage } from "discord.js";
import type { LocalDiscord } from "../../local-discord/src/start.ts";
import { encodeCustomId } from "../../src/jobs/custom-id.ts";
import { formatExclusionChoice } from "../../src/jobs/labelers.ts";
import { textOf } from "../worker/channel-project.ts";
import type { LoadProject } from "./projects.ts";
import { namesIn, recordsIn, type Bucket } from "./records.ts";

/** Time between two decisions; the rate limit is 30 per minute. */
const INTERVAL_MS = 2_500;
/** A bot answers within 3 s or not at all. */
const MODAL_OPTIONS = { timeout: 6_000 };

interface Decision {
  /** Id of the interaction that submitted the reason. */
  id: string;
  excluded: boolean;
  reason: string;
  /** The message that shows the result. */
  messageId: string;
}

/** A moderator who excludes a person from a project and takes it back, again and again. */
export interface ExcludingPeople {
  /** Stops after the current decision. */
  stop(): Promise<void>;
  decisions: readonly Decision[];
  /** What was lost, doubled or wrong. */
  problems(bucket: Bucket): string[];
}

/** Excludes relish, who answers images of the project all the time, until it is stopped. The lists are forged: no answer is a day old. */
export function startExcludingPeople(discord: LocalDiscord, project: LoadProject): ExcludingPeople {
  const moderator = discord.user("ketchup");
  const { labeler } = namesIn(project, discord.user("relish").id);
  const customId = encodeCustomId({ kind: "exclude", project: project.id, page: 0 });
  const rest = new REST({ api: discord.api }).setToken(discord.botToken);
  const decisions: Decision[] = [];
  const stopping = new AbortController();
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
    const { id } = moderator.submit(modal, { reason });
    decisions.push({ id, excluded, reason, messageId: list.id });
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
    problems(bucket) {
      const records = recordsIn(bucket);
      const shown = new Map(moderator.messages().map((message) => [message.id, textOf(message)]));
      return decisions.flatMap(({ id, excluded, reason, messageId }) => {
        const expected = `${project.prefix}exclusions/ ${labeler} ${excluded ? "yes" : "no"} ${reason}`;
        const found = records.get(id) ?? [];
        const isConfirmed = /\*\*(?:Excluded|Taken back):/.test(shown.get(messageId) ?? "");
        if (found.length === 0) return isConfirmed ? [`the confirmed decision of ${reason} is lost`] : [];
        return found.join() === expected ? [] : [`${id} is stored as ${found.join()}`];
      });
    },
  };
}
