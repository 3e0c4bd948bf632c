import type {
  APIApplicationCommandInteraction,
  APIAttachment,
  APIInteraction,
  APIMessage,
} from "discord-api-types/v10";
import type { TrafficEntry } from "../../src/client-protocol.ts";
import { commandType, interactionType, messageFlag } from "../discord.ts";
import type { IdNames } from "./id-names.ts";
import { DECLARE_BYTES, fileLiteral, propertyName } from "./literals.ts";
import { replayComponent } from "./replay-component.ts";
import { findOpener, replaySubmit } from "./replay-submit.ts";
import { replayPost } from "./replay-post.ts";

interface Known {
  names: IdNames;
  messages: readonly APIMessage[];
  traffic: readonly TrafficEntry[];
}

/** The expressions of the person, of the channel option and of the language option. */
interface Actor {
  user: string;
  where: string;
  locale: string;
}

/** Writes the lines that repeat a command, press, selection or submit and expect the same answer; null if that is impossible. */
export function replayInteraction(
  interaction: APIInteraction,
  { names, messages, traffic }: Known,
): string[] | null {
  const done = repeat(interaction, names, traffic);
  const answered = messages.find((message) => message.interaction_metadata?.id === interaction.id);
  return done && [...done, ...expectation(answered)];
}

/** Writes the lines that end with the answer to the interaction. The submit of a modal is preceded by what opened the modal. */
function repeat(
  interaction: APIInteraction,
  names: IdNames,
  traffic: readonly TrafficEntry[],
): string[] | null {
  if (interaction.type === interactionType.modalSubmit) {
    const opener = findOpener(interaction, traffic);
    const opening = opener ? repeat(opener, names, []) : null;
    return opening && replaySubmit(interaction, opening, names);
  }
  const user = names.person(interaction.member?.user ?? interaction.user);
  const locale = "locale" in interaction ? interaction.locale : "en-US";
  const actor = {
    user,
    where: names.where(interaction.channel?.id),
    locale: locale === "en-US" ? "" : `locale: ${JSON.stringify(locale)}`,
  };
  return act(interaction, actor, names);
}

function act(interaction: APIInteraction, actor: Actor, names: IdNames): string[] | null {
  if (interaction.type === interactionType.component) {
    return replayComponent(interaction, last(actor.locale), names);
  }
  if (interaction.type !== interactionType.command) return null;
  const { data } = interaction;
  if (data.type === commandType.message) return useMessageCommand(data, actor, names);
  if (data.type === commandType.user) return useUserCommand(data, actor, names);
  return data.type === commandType.chatInput ? useCommand(data, actor, names) : null;
}

type Data<Type> = Extract<APIApplicationCommandInteraction["data"], { type: Type }>;

/** Uses the command on a new message if a person posted the target, or else on a message of the bot with the same content. */
function useMessageCommand(
  { name, resolved, target_id }: Data<3>,
  { user, locale }: Actor,
  names: IdNames,
): string[] | null {
  const target = resolved.messages[target_id];
  if (target === undefined) return null;
  const { author, content } = target;
  const awaited = `const message = await discord.waitForMessage(({ content }) => content === ${names.text(content)});`;
  const found = author.bot && content !== "" ? [awaited] : replayPost(target, names, "const message = ");
  return (
    found && [
      ...found,
      `const answer = await ${user}.messageCommand(${[JSON.stringify(name), "message", ...last(locale)].join(", ")}).answer();`,
    ]
  );
}

function useUserCommand(
  { name, target_id }: Data<2>,
  { user, where, locale }: Actor,
  names: IdNames,
): string[] {
  const given = [JSON.stringify(name), names.text(target_id), ...last(where, locale)];
  return [`const answer = await ${user}.userCommand(${given.join(", ")}).answer();`];
}

type CommandOptions = NonNullable<Data<1>["options"]>;

/** Returns the full name of a subcommand, as in "project create", and its options. */
function invoked(name: string, options: CommandOptions): { name: string; options: CommandOptions } {
  const [first] = options;
  return first !== undefined && "options" in first
    ? invoked(`${name} ${first.name}`, first.options ?? [])
    : { name, options };
}

function useCommand(
  { resolved, ...data }: Data<1>,
  { user, where, locale }: Actor,
  names: IdNames,
): string[] {
  const { name, options } = invoked(data.name, data.options ?? []);
  const files = resolved?.attachments ?? {};
  const values = options.map((option) => valueOf(option, files, names));
  const how = last(where, locale);
  const given = values.length > 0 ? [`{ ${values.join(", ")} }`] : how.map(() => "{}");
  return [
    ...(Object.keys(files).length > 0 ? [DECLARE_BYTES] : []),
    `const answer = await ${user}.command(${[JSON.stringify(name), ...given, ...how].join(", ")}).answer();`,
  ];
}

function valueOf(
  { name, value }: { name: string; value?: unknown },
  files: Record<string, APIAttachment>,
  names: IdNames,
): string {
  const file = typeof value === "string" ? files[value] : undefined;
  const key = propertyName(name);
  if (file) return `${key}: ${fileLiteral(file.filename)}`;
  return `${key}: ${typeof value === "string" ? names.text(value) : JSON.stringify(value)}`;
}

/** Returns the last argument if it has any options. */
function last(...options: string[]): string[] {
  const given = options.filter((option) => option !== "");
  return given.length > 0 ? [`{ ${given.join(", ")} }`] : [];
}

/** Expects the content and flags of the answer, but no pending answer and no ids, which differ each time. */
function expectation(answered: APIMessage | undefined): string[] {
  const { content = "", flags = 0 } = answered ?? {};
  if (answered === undefined || (flags & messageFlag.loading) !== 0) return ["expect(answer).toBeDefined();"];
  const said = content === "" || /\d{15,20}/.test(content) ? "" : `content: ${JSON.stringify(content)}, `;
  return [`expect(answer).toMatchObject({ ${said}flags: ${flags} });`];
}
