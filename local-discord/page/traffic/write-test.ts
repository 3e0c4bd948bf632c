import type { APIMessage } from "discord-api-types/v10";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import type { Session } from "../state/state.ts";
import { eventOf } from "./event-of.ts";
import { literal, idNames, type IdNames } from "./id-names.ts";
import { replayInteraction } from "./replay-interaction.ts";
import { replayPost } from "./replay-post.ts";

/** The people, channels and messages of this window, which a test can refer to, and all traffic. */
export interface Known {
  session: Session;
  messages: readonly APIMessage[];
  traffic: readonly TrafficEntry[];
}

/**
 * Writes the source of a Vitest test that repeats a traffic entry, with a `discord` from `startLocalDiscord`. Returns null for
 * an entry that cannot be repeated: nobody caused it, or it needs an id of this local Discord.
 */
export function writeTest(entry: TrafficEntry, { session, messages, traffic }: Known): string | null {
  const names = idNames(session);
  const interaction = eventOf(entry, "INTERACTION_CREATE");
  const message = eventOf(entry, "MESSAGE_CREATE");
  const lines = interaction
    ? replayInteraction(interaction, { names, messages, traffic })
    : message
      ? // Without the intent MESSAGE_CONTENT, the entry lacks the content of the message.
        replayPost(messages.find(({ id }) => id === message.id) ?? message, names)
      : replayCall(entry, names);
  const body = lines?.flatMap((line) => line.split("\n")).map((line) => `  ${line}`) ?? [];
  if (body.length === 0 || /\d{15,20}/.test(body.join())) return null;
  const title = JSON.stringify(entry.title.replaceAll(/\d{15,20}/g, "…"));
  return [`it(${title}, async () => {`, ...body, "});", ""].join("\n");
}

/** Repeats an API request of the bot. */
function replayCall({ kind, title, status, request, files }: TrafficEntry, names: IdNames): string[] | null {
  const [method = "", path = ""] = title.split(" ");
  const lasting = status !== undefined && status !== 429;
  if (kind !== "rest" || !lasting || files || path.includes("[token]")) return null;
  const headers = ["authorization: `Bot ${discord.botToken}`"];
  const body: string[] = [];
  if (request !== undefined) {
    headers.push('"content-type": "application/json"');
    body.push(`  body: JSON.stringify(${literal(request, names).replaceAll("\n", "\n  ")}),`);
  }
  return [
    `const response = await fetch(discord.api + ${names.text(`/v10${path}`)}, {`,
    `  method: ${JSON.stringify(method)},`,
    `  headers: { ${headers.join(", ")} },`,
    ...body,
    "});",
    `expect(response.status).toBe(${status});`,
  ];
}
