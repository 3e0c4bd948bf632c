import type { APIMessage } from "discord-api-types/v10";
import type { TrafficEntry } from "../../client-protocol.ts";
import type { Session } from "../state/state.ts";
import { eventIn } from "./events.ts";
import { literal, namesOf, type Names } from "./names.ts";
import { replayInteraction } from "./replay-interaction.ts";

/** What is known when a test is written: who is who, and the messages of this window. */
export interface Known {
  session: Session;
  messages: readonly APIMessage[];
}

/** A test for vitest that does again what the entry tells of, with a `playground` from `startPlayground`. */
export function asTest(entry: TrafficEntry, { session, messages }: Known): string {
  const names = namesOf(session);
  const interaction = eventIn(entry, "INTERACTION_CREATE");
  const told = eventIn(entry, "MESSAGE_CREATE");
  // Without the intent for it the bot is not told what a message says.
  const message = told && (messages.find(({ id }) => id === told.id) ?? told);
  const lines =
    (interaction && replayInteraction(interaction, { names, messages })) ??
    (message && replayMessage(message, names)) ??
    replayCall(entry, names);
  const body = lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
  return [`it(${JSON.stringify(entry.title)}, async () => {`, ...body, "});", ""].join("\n");
}

/** A message as a person posted it; a bot's own is waited for. */
function replayMessage({ author, attachments, channel_id, ...message }: APIMessage, names: Names): string[] {
  const content = JSON.stringify(message.content);
  if (author.bot) return [`await playground.waitForMessage(({ content }) => content === ${content});`];
  const files = attachments.map(({ filename }) => `{ name: ${JSON.stringify(filename)}, bytes }`);
  const where = names.where(channel_id);
  const more = [`[${files.join(", ")}]`, ...(where === "" ? [] : [`{ ${where} }`])];
  const rest = files.length === 0 && where === "" ? [] : more;
  return [
    ...(files.length > 0 ? ['const bytes = Buffer.from("the file");'] : []),
    `playground.user(${names.user(author)}).post(${[content, ...rest].join(", ")});`,
  ];
}

/** A call of the bot's, made once more; what only the bot can do is told instead. */
function replayCall({ kind, title, status = 200, ...entry }: TrafficEntry, names: Names): string[] {
  const [method = "", path = ""] = title.split(" ");
  if (kind !== "rest" || path.includes("[token]")) {
    const told = literal(kind === "gateway-out" ? entry.response : entry.request, names);
    const said =
      kind === "gateway-out" ? "This is what the bot was told:" : "This is what the bot itself said:";
    return [said, ...told.split("\n")].map((line) => `// ${line}`);
  }
  const headers = ["authorization: `Bot ${playground.botToken}`"];
  const body: string[] = [];
  if (entry.request !== undefined) {
    headers.push('"content-type": "application/json"');
    body.push(`  body: JSON.stringify(${literal(entry.request, names).replaceAll("\n", "\n  ")}),`);
  }
  return [
    `const response = await fetch(\`\${playground.api}/v10${names.inTemplate(path)}\`, {`,
    `  method: ${JSON.stringify(method)},`,
    `  headers: { ${headers.join(", ")} },`,
    ...body,
    "});",
    `expect(response.status).toBe(${status});`,
  ];
}
