import type {
  APIApplicationCommandInteraction,
  APIAttachment,
  APIInteraction,
  APIMessage,
} from "discord-api-types/v10";
import { commandType, interactionType } from "../discord.ts";
import type { Names } from "./names.ts";

interface Known {
  names: Names;
  messages: readonly APIMessage[];
}

/** Who acts, and the last argument: where, and in which language. */
interface Actor {
  user: string;
  last: string[];
}

/** The command or press once more, and that it is answered as it was. */
export function replayInteraction(interaction: APIInteraction, { names, messages }: Known): string[] {
  const user = `playground.user(${names.user(interaction.member?.user ?? interaction.user)})`;
  const options = [names.where(interaction.channel?.id), localeOf(interaction)].filter(
    (option) => option !== "",
  );
  const last = options.length > 0 ? [`{ ${options.join(", ")} }`] : [];
  const answered = messages.find((message) => message.interaction_metadata?.id === interaction.id);
  return [...act(interaction, { user, last }), ...expectation(answered)];
}

function localeOf(interaction: APIInteraction): string {
  const locale = "locale" in interaction ? interaction.locale : "en-US";
  return locale === "en-US" ? "" : `locale: ${JSON.stringify(locale)}`;
}

function act(interaction: APIInteraction, actor: Actor): string[] {
  if (interaction.type === interactionType.command) return useCommand(interaction.data, actor);
  if (interaction.type !== interactionType.component) return ["// Nothing that a person does on the page."];
  const id = JSON.stringify(interaction.data.custom_id);
  return [
    `const shows = ${id};`,
    "const message = await playground.waitForMessage((one) => JSON.stringify(one).includes(shows));",
    `const answer = await ${actor.user}.press(message, shows).answer();`,
  ];
}

function useCommand(data: APIApplicationCommandInteraction["data"], { user, last }: Actor): string[] {
  const name = JSON.stringify(data.name);
  if (data.type === commandType.message) {
    const content = JSON.stringify(data.resolved.messages[data.target_id]?.content);
    return [
      `const message = await playground.waitForMessage(({ content }) => content === ${content});`,
      `const answer = await ${user}.messageCommand(${name}, message).answer();`,
    ];
  }
  if (data.type !== commandType.chatInput) return ["// The page has no such command."];
  const files = data.resolved?.attachments ?? {};
  const values = (data.options ?? []).map((option) => valueOf(option, files));
  const filled = values.length > 0 ? `{ ${values.join(", ")} }` : "{}";
  const given = values.length + last.length > 0 ? [filled, ...last] : [];
  return [
    ...(Object.keys(files).length > 0 ? ['const bytes = Buffer.from("the file");'] : []),
    `const answer = await ${user}.command(${[name, ...given].join(", ")}).answer();`,
  ];
}

function valueOf(option: { name: string; value?: unknown }, files: Record<string, APIAttachment>): string {
  const { name, value } = option;
  const file = typeof value === "string" ? files[value] : undefined;
  const key = /^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name);
  return `${key}: ${file ? `{ name: ${JSON.stringify(file.filename)}, bytes }` : JSON.stringify(value)}`;
}

function expectation(answered: APIMessage | undefined): string[] {
  if (answered === undefined) return ["expect(answer).toBeDefined();"];
  const { content, flags = 0 } = answered;
  const said = content === "" ? "" : `content: ${JSON.stringify(content)}, `;
  return [`expect(answer).toMatchObject({ ${said}flags: ${flags} });`];
}
